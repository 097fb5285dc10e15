// Makes an element like a fresh one from the server, changing only what differs: the focus, the caret, what
// somebody has typed and not sent, and what stands open stay as they are.

// By what an element is known among its neighbours: empty for most.
const keyOf = (node) => {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const own = node.id || node.dataset.key || node.getAttribute("action");
  if (own || !node.name) return own || "";
  return ["checkbox", "radio", "submit"].includes(node.type) ? `${node.name}=${node.value}` : node.name;
};
const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

const isField = (node) => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;
const isTouched = (field) => {
  if (field instanceof HTMLSelectElement) return field === document.activeElement || [...field.options].some((one) => one.selected !== one.defaultSelected);
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "hidden") return false;
  return field.value !== field.defaultValue;
};

// Puts another text into a field; the caret stays at what it stood before.
export const setText = (field, text) => {
  if (field.value === text) {
    field.defaultValue = text;
    return;
  }
  const before = field.value;
  let { selectionStart: start, selectionEnd: end } = field;
  let same = 0;
  while (same < before.length && before[same] === text[same]) same += 1;
  const shift = text.length - before.length;
  const move = (at) => (at <= same ? at : Math.max(same, at + shift));
  field.defaultValue = text;
  field.value = text;
  if (field === document.activeElement && start !== null) field.setSelectionRange(move(start), move(end));
};

// Whether the server had something open the last time; what the viewer opened or closed since then stays so.
const wasOpen = new WeakMap();
export const rememberOpen = (within) => {
  for (const each of within.querySelectorAll("details")) if (!wasOpen.has(each)) wasOpen.set(each, each.hasAttribute("open"));
};
const keepsOpen = (old, fresh) => {
  if (old instanceof HTMLDialogElement) return true;
  if (!(old instanceof HTMLDetailsElement)) return false;
  const before = wasOpen.get(old);
  wasOpen.set(old, fresh.open);
  return before === undefined || before === fresh.open;
};

const layAttributes = (old, fresh) => {
  const kept = new Set(keepsOpen(old, fresh) ? ["open"] : []);
  if (isField(old)) ["value", "checked"].forEach((name) => kept.add(name));
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!kept.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
};

const layField = (old, fresh) => {
  if (isTouched(old)) return;
  if (old instanceof HTMLSelectElement) old.replaceChildren(...fresh.childNodes);
  else if (old.type === "checkbox" || old.type === "radio") old.defaultChecked = old.checked = fresh.defaultChecked;
  else if (old instanceof HTMLTextAreaElement || !["hidden", "submit", "button"].includes(old.type)) setText(old, fresh.defaultValue);
  else old.setAttribute("value", fresh.getAttribute("value") ?? "");
};

// Where among the old nodes, from ``at`` on, the wanted one stands: by its name, or as the next of its kind.
const find = (at, wanted) => {
  if (wanted.nodeType !== Node.ELEMENT_NODE) return at && alike(at, wanted) ? at : null;
  const named = keyOf(wanted) !== "";
  for (let node = at; node; node = node.nextSibling) {
    if (alike(node, wanted)) return node;
    if (!named && keyOf(node)) return null;
  }
  return null;
};

// ``isHeld`` says which elements must not be touched at all.
export const lay = (old, fresh, isHeld = () => false) => {
  if (isHeld(old)) return;
  layAttributes(old, fresh);
  if (isField(old)) {
    layField(old, fresh);
    return;
  }
  let at = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const found = find(at, wanted);
    if (!found) {
      // What is held may have been passed by already.
      const passed = keyOf(wanted) && [...old.children].find((each) => alike(each, wanted));
      if (!passed) old.insertBefore(wanted, at);
      continue;
    }
    while (at !== found) at = drop(at, isHeld);
    if (found.nodeType === Node.ELEMENT_NODE) lay(found, wanted, isHeld);
    else if (found.data !== wanted.data) found.data = wanted.data;
    at = found.nextSibling;
  }
  while (at) at = drop(at, isHeld);
};

const drop = (node, isHeld) => {
  const next = node.nextSibling;
  const held = node.nodeType === Node.ELEMENT_NODE && [node, ...node.querySelectorAll("*")].some((each) => isHeld(each));
  if (!held) node.remove();
  return next;
};
