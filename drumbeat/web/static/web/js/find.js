// Ctrl+K (or Cmd+K) opens Find; the arrow keys walk through what was found.
const dialog = document.getElementById("find");

document.addEventListener("keydown", (event) => {
  if (dialog && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
  }
});

dialog?.addEventListener("keydown", (event) => {
  // A search field keeps the first Escape for itself, to be emptied; here it means away.
  if (event.key === "Escape") {
    event.preventDefault();
    dialog.close();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [dialog.querySelector("input"), ...dialog.querySelectorAll(".find-hits a")];
  const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  if (next < 0 || next >= stops.length) return;
  event.preventDefault();
  stops[next].focus();
});
