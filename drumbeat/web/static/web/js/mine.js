// A part that all screens share is drawn for nobody in particular; what does not concern the viewer is hidden.
// <main data-me="12"> … <form data-not-for="12">
const room = document.querySelector("[data-me]");

function hide() {
  for (const each of room.querySelectorAll("[data-not-for]")) {
    const away = each.dataset.notFor === room.dataset.me;
    if (each.hidden !== away) each.hidden = away;
  }
}

if (room) {
  hide();
  new MutationObserver(hide).observe(room, { childList: true, subtree: true });
}
