// A part that all screens share is drawn for nobody in particular; what does not concern the viewer is hidden.
// <main data-me="12"> … <form data-not-for="12"> … <form data-only-for="12 15" hidden>
const room = document.querySelector("[data-me]");

function hide() {
  for (const each of room.querySelectorAll("[data-not-for]")) {
    const away = each.dataset.notFor === room.dataset.me;
    if (each.hidden !== away) each.hidden = away;
  }
  for (const each of room.querySelectorAll("[data-only-for]")) {
    const away = !each.dataset.onlyFor.split(" ").includes(room.dataset.me);
    if (each.hidden !== away) each.hidden = away;
  }
}

// A line whose answer stands elsewhere is empty again once it is sent.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches?.("form[data-clears]")) event.target.reset();
});

if (room) {
  hide();
  new MutationObserver(hide).observe(room, { childList: true, subtree: true });
}
