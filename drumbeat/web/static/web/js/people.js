// Offers names in a field with data-people: after an @, or, with data-whole, for all that is typed.
let list, field, start, asked;

const away = () => {
  list?.remove();
  list = null;
  field?.setAttribute("aria-expanded", "false");
  field?.removeAttribute("aria-activedescendant");
};

const wanted = (input) => {
  const before = input.value.slice(0, input.selectionStart);
  if ("whole" in input.dataset) return [0, before];
  const found = before.match(/(^|\s)@([^@]{1,60})$/);
  return found ? [before.length - found[2].length, found[2]] : null;
};

const choose = (option) => {
  const caret = start + option.dataset.write.length + 1;
  const after = field.value.slice(field.selectionStart).replace(/^\s+/, "");
  field.value = `${field.value.slice(0, start)}${option.dataset.write} ${after}`;
  field.setSelectionRange(caret, caret);
  away();
};

const mark = (option) => {
  for (const each of list.children) each.setAttribute("aria-selected", String(each === option));
  field.setAttribute("aria-activedescendant", option.id);
};

const show = (people) => {
  away();
  if (!people.length) return;
  list = document.createElement("ul");
  list.className = "offered";
  list.id = "offered-people";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People");
  people.forEach((person, number) => {
    const option = document.createElement("li");
    option.id = `offered-${number}`;
    option.setAttribute("role", "option");
    option.dataset.write = person.write;
    option.textContent = person.write;
    list.append(option);
  });
  field.parentElement.append(list);
  list.style.top = `${field.offsetTop + field.offsetHeight + 4}px`;
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "true"]]) {
    field.setAttribute(name, value);
  }
  mark(list.firstElementChild);
};

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Until the answer for what was typed last is here, of the names shown only those stay that still fit.
const narrow = (now) => {
  if (!list) return;
  for (const each of [...list.children]) {
    if (!` ${folded(each.dataset.write)}`.includes(` ${folded(now[1])}`)) each.remove();
  }
  if (!list.children.length) return away();
  start = now[0];
  if (!list.querySelector("[aria-selected=true]")) mark(list.firstElementChild);
};

document.addEventListener("input", async (event) => {
  if (!event.target.matches?.("input[data-people]")) return;
  field = event.target;
  const now = wanted(field);
  asked = now?.[1];
  if (!now || !now[1].trim()) return away();
  narrow(now);
  const typed = field.value;
  try {
    const answer = await fetch(`${field.dataset.people}?q=${encodeURIComponent(now[1])}`, { headers: { Accept: "application/json" } });
    const { people } = answer.ok ? await answer.json() : { people: [] };
    // Somebody who typed on has asked for others meanwhile.
    if (asked === now[1] && field.value === typed && document.activeElement === field) {
      start = now[0];
      show(people);
    }
  } catch {
    away();
  }
});

document.addEventListener("keydown", (event) => {
  if (!list || event.target !== field) return;
  const at = [...list.children].findIndex((each) => each.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const count = list.children.length;
    mark(list.children[(at + (event.key === "ArrowDown" ? 1 : count - 1)) % count]);
  } else if (event.key === "Enter" || event.key === "Tab") choose(list.children[at]);
  else if (event.key === "Escape") away();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.("#offered-people li");
  if (option) {
    event.preventDefault();
    choose(option);
  } else if (list && event.target !== field) away();
});
document.addEventListener("focusout", (event) => { if (list && event.target === field) away(); });
