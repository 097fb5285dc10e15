// Files dragged onto the field join those chosen before; each can be taken off the list again.
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

const prepare = (drop) => {
  if (drop.dataset.ready) return;
  drop.dataset.ready = "yes";
  const input = drop.querySelector("input[type=file]");
  const list = drop.querySelector(".drop-files");
  let kept = [];

  const show = () => {
    list.replaceChildren(...kept.map((file) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = `${file.name}, ${size(file.size)}`;
      const off = document.createElement("button");
      off.type = "button";
      off.className = "link quiet";
      off.textContent = "Take off";
      off.setAttribute("aria-label", `Take off ${file.name}`);
      off.addEventListener("click", () => keep(kept.filter((one) => one !== file)));
      line.append(name, off);
      return line;
    }));
  };
  const keep = (files) => {
    kept = files;
    const transfer = new DataTransfer();
    for (const file of kept) transfer.items.add(file);
    input.files = transfer.files;
    show();
    drop.dispatchEvent(new CustomEvent("drop:changed", { bubbles: true }));
  };
  const join = (files) => {
    const fresh = [...files].filter((file) => !kept.some((one) => one.name === file.name && one.size === file.size));
    keep(input.multiple ? [...kept, ...fresh] : fresh.slice(0, 1).length ? fresh.slice(0, 1) : kept);
  };

  input.addEventListener("change", () => join(input.files));
  // Coming back to the page, the browser may still hold what was chosen.
  if (input.files.length) join(input.files);
  let depth = 0;
  drop.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; drop.classList.add("over"); });
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) drop.classList.remove("over"); });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    drop.classList.remove("over");
    join(event.dataTransfer.files);
  });
};

const prepareAll = () => document.querySelectorAll("[data-drop]").forEach(prepare);
prepareAll();
document.addEventListener("htmx:load", prepareAll);
