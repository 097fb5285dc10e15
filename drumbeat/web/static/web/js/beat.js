// One stop of the Tab key for a whole beat; the arrow keys walk along its marks.
const prepare = () => {
  for (const beat of document.querySelectorAll("[data-beat]:not([data-ready])")) {
    beat.dataset.ready = "yes";
    const marks = [...beat.querySelectorAll("a")];
    marks.forEach((mark, at) => mark.setAttribute("tabindex", at ? "-1" : "0"));
    beat.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const here = marks.indexOf(document.activeElement);
      const next = event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : here + (way ?? NaN);
      if (!marks[next]) return;
      event.preventDefault();
      marks[here]?.setAttribute("tabindex", "-1");
      marks[next].setAttribute("tabindex", "0");
      marks[next].focus();
    });
  }
};
prepare();
document.addEventListener("htmx:load", prepare);
