// A form with data-autosubmit is sent as soon as something in it changes; its button is for who has no script.
const tidy = () => {
  for (const button of document.querySelectorAll("form[data-autosubmit] [data-without-script]")) button.hidden = true;
};
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-autosubmit]");
  if (form) form.requestSubmit();
});
tidy();
document.addEventListener("htmx:load", tidy);
