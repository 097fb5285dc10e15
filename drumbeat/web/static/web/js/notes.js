// Notes save themselves a moment after the last key. What could not be sent yet is kept in the browser and
// sent again under the same number, so that it is neither lost nor there twice.

const MOMENT = 600; // milliseconds after the last key
const PATIENCE = 10_000; // milliseconds for an answer
const SLOWEST = 15_000;
const PREFIX = "drumbeat note ";

const freshClient = () => [...crypto.getRandomValues(new Uint8Array(9))].map((each) => each.toString(16).padStart(2, "0")).join("");

// In rooms whose texts are sealed a draft ends with the tab.
const storeFor = (room) => {
  try {
    const store = room.dataset.confidential === "false" ? localStorage : sessionStorage;
    store.getItem("");
    return store;
  } catch {
    return null;
  }
};

export const keepNotes = ({ room, token, said, refresh }) => {
  const store = storeFor(room);
  const person = room.dataset.person ?? "";
  const client = freshClient();
  const notes = new Map();

  const field = (form, name) => form.elements.namedItem(name);
  const formOf = (note) => document.querySelector(`form[data-note][action="${CSS.escape(note.action)}"]`) ?? note.form;
  const textOf = (note) => field(formOf(note), "text");
  const isUnsent = (note) => note.dirty || note.sending !== null;
  const count = () => [...notes.values()].filter((note) => note.failed && isUnsent(note)).length;
  const tellState = () => said.waiting(count());

  const draftOf = (note) => ({
    text: textOf(note).value,
    number: field(formOf(note), "number").value,
    client: note.client,
    sequence: note.sequence,
    sent: note.sent,
  });
  const keep = (note) => {
    try { store?.setItem(PREFIX + person + note.action, JSON.stringify(draftOf(note))); } catch { /* full: the page still has it */ }
  };
  const forget = (note) => store?.removeItem(PREFIX + person + note.action);

  const prepare = () => {
    for (const form of document.querySelectorAll("form[data-note]")) {
      const action = form.getAttribute("action");
      if (!notes.has(action)) {
        const note = { action, form, client, sequence: 0, dirty: false, sending: null, failed: false, pause: 1_000, timer: 0, sent: null };
        notes.set(action, note);
        takeUp(note, form);
      }
      notes.get(action).form = form;
      for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
    }
  };

  // A draft that an earlier page could not send.
  const takeUp = (note, form) => {
    let draft = null;
    try { draft = JSON.parse(store?.getItem(PREFIX + person + note.action) ?? "null"); } catch { /* not ours */ }
    if (!draft) return;
    const area = field(form, "text");
    if (draft.text === area.value) {
      forget(note);
      return;
    }
    // What was on its way goes again as the same change; the page that wrote it may live on in another tab,
    // so anything else goes as this page's own.
    if (draft.sent === draft.text) Object.assign(note, { client: draft.client, sequence: draft.sequence, sent: draft.sent });
    note.dirty = true;
    field(form, "number").value = draft.number;
    area.value = draft.text;
    soon(note, 0);
  };

  const soon = (note, wait) => {
    clearTimeout(note.timer);
    note.timer = setTimeout(() => save(note), wait);
  };

  const save = async (note, { leaving = false } = {}) => {
    if (note.sending !== null && !leaving) return;
    if (!note.dirty) return;
    clearTimeout(note.timer);
    const form = formOf(note);
    const text = textOf(note).value;
    // A text whose answer was lost goes again under its own number; another text under the next.
    if (note.sent !== text) {
      if (note.client !== client) Object.assign(note, { client, sequence: 0 });
      note.sequence += 1;
      note.sent = text;
    }
    note.sending = text;
    keep(note);
    const body = new FormData(form);
    body.set("text", text);
    body.set("client", note.client);
    body.set("sequence", note.sequence);
    const give = new AbortController();
    const timer = setTimeout(() => give.abort(), PATIENCE);
    let answer = null;
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": token };
      answer = await fetch(note.action, { method: "POST", body, headers, signal: give.signal, keepalive: leaving && text.length < 20_000 });
      if (answer.status >= 500) answer = null;
      else await settle(note, answer, text);
    } catch {
      answer = null;
    }
    clearTimeout(timer);
    note.sending = null;
    if (answer === null) {
      note.failed = true;
      soon(note, note.pause);
      note.pause = Math.min(note.pause * 2, SLOWEST);
    } else if (note.dirty && !note.refused) {
      soon(note, MOMENT);
    }
    tellState();
  };

  const settle = async (note, answer, text) => {
    const kind = answer.headers.get("Content-Type") ?? "";
    if (answer.redirected || !answer.ok || !kind.includes("json")) {
      note.refused = true;
      const sentence = kind.includes("json") ? (await answer.json()).error : "";
      said.sentence(sentence || (answer.redirected ? "Sign in again in another tab; what you wrote is kept here." : "This could not be saved. What you wrote is kept here."));
      return;
    }
    const { number, kept_beside: beside } = await answer.json();
    note.refused = false;
    note.failed = false;
    note.pause = 1_000;
    said.sentence("");
    field(formOf(note), "number").value = number;
    const area = textOf(note);
    if (area.value !== text) {
      keep(note);
      return;
    }
    note.dirty = false;
    area.defaultValue = text;
    forget(note);
    if (beside) showBoth(note);
  };

  // The other text stands there too: this field goes back to it as soon as nobody writes in it.
  const showBoth = (note) => {
    const part = formOf(note).closest("[data-part]")?.dataset.part;
    if (!part) return;
    said.sentence("Somebody wrote here at the same time: both texts are kept.");
    setTimeout(() => said.sentence(""), 8_000);
    refresh(part);
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-note]");
    const note = form && notes.get(form.getAttribute("action"));
    if (!note || event.target.name !== "text") return;
    note.form = form;
    note.dirty = true;
    note.refused = false;
    keep(note);
    soon(note, MOMENT);
  });
  document.addEventListener("submit", (event) => {
    const note = event.target.matches?.("form[data-note]") && notes.get(event.target.getAttribute("action"));
    if (note) {
      event.preventDefault();
      save(note);
    }
  });
  addEventListener("beforeunload", (event) => {
    sendAll({ leaving: true });
    // What is only about to be sent goes with the page; what could not be sent is worth a question.
    if ([...notes.values()].some((note) => isUnsent(note) && (note.failed || note.refused || !navigator.onLine))) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) sendAll(); });

  const sendAll = (how) => {
    for (const note of notes.values()) if (note.dirty && !note.refused) save(note, how);
  };

  // A form with unsent text is left alone, whatever the others wrote.
  const isHeld = (element) => {
    if (!(element instanceof HTMLFormElement) || !element.matches("[data-note]")) return false;
    const note = notes.get(element.getAttribute("action"));
    return Boolean(note && isUnsent(note));
  };

  return { prepare, sendAll, isHeld };
};
