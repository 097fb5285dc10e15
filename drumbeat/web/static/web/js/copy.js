// A button that copies its text and says so. It is hidden until it can work.
const reveal = () => {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
};

const write = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https the clipboard is closed to pages; selecting and copying still works.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await write(button.dataset.copy);
  const said = button.innerHTML;
  button.textContent = "Copied";
  button.setAttribute("aria-live", "polite");
  button.focus();
  setTimeout(() => { button.innerHTML = said; }, 2000);
});
reveal();
document.addEventListener("htmx:load", reveal);
