// Notes save themselves a moment after the last key. What could not be sent yet is kept in the browser and
// sent again under the same number, so that it is neither lost nor there twice.

const MOMENT = 600; // milliseconds after the last key
const PATIENCE = 10_000; // milliseconds for an answer
const SLOWEST = 15_000;
const PREFIX = "drumbeat note ";
const WAITING = "Kept here, will be sent.";
const BOTH = "Somebody wrote here at the same time: both texts are kept.";
const REFUSED = "This could not be saved. What you wrote is kept here.";
const AT_THE_DOOR = "Sign in again in another tab; what you wrote is kept here.";

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
  const person = room.dataset.me ?? "";
  const client = freshClient();
  const notes = new Map();

  const field = (note, name) => note.form.elements.namedItem(name);
  const noteOf = (form) => (form instanceof HTMLFormElement && form.matches("[data-note]") ? notes.get(form.getAttribute("action")) : undefined);
  const isUnsent = (note) => note.dirty || note.sending !== null;
  const name = (note) => PREFIX + person + note.action;
  const forget = (note) => store?.removeItem(name(note));
  const keep = ({ text, number, sent, client: by, sequence, ...note }) => {
    try { store?.setItem(name(note), JSON.stringify({ text, number, sent, client: by, sequence })); } catch { /* full: the page still has it */ }
  };

  // Beside the field where it has a place for words, else on the page's own line.
  const say = (note, words) => {
    const place = note.form.querySelector("[data-note-said]");
    if (place) place.textContent = words;
    else said.sentence(words);
  };
  const tellState = () => {
    let waiting = 0;
    for (const note of notes.values()) {
      const stuck = note.failed && isUnsent(note);
      if (note.form.querySelector("[data-note-said]")) {
        if (stuck !== note.stuck) say(note, stuck ? WAITING : "");
      } else if (stuck) waiting += 1;
      note.stuck = stuck;
    }
    said.waiting(waiting);
  };

  // Called again whenever a form may have been drawn anew.
  const prepare = () => {
    for (const form of document.querySelectorAll("form[data-note]")) {
      const action = form.getAttribute("action");
      let note = notes.get(action);
      if (!note) {
        note = {
          action, form, client, sequence: 0, sent: null, text: "", number: "", dirty: false, sending: null,
          failed: false, refused: false, stuck: false, pause: 1_000, timer: 0,
        };
        notes.set(action, note);
        takeUp(note);
      } else if (note.form !== form) {
        note.form = form;
        if (isUnsent(note)) putBack(note);
      }
      for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
    }
  };

  const putBack = (note) => {
    field(note, "text").value = note.text;
    field(note, "number").value = note.number;
  };

  // A draft that an earlier page could not send.
  const takeUp = (note) => {
    let draft = null;
    try { draft = JSON.parse(store?.getItem(name(note)) ?? "null"); } catch { /* not ours */ }
    if (!draft) return;
    if (draft.text === field(note, "text").value) {
      forget(note);
      return;
    }
    // What was on its way goes again as the same change; the page that wrote it may live on in another tab,
    // so anything else goes as this page's own.
    if (draft.sent === draft.text) Object.assign(note, { client: draft.client, sequence: draft.sequence, sent: draft.sent });
    Object.assign(note, { text: draft.text, number: draft.number, dirty: true });
    putBack(note);
    soon(note, 0);
  };

  const soon = (note, wait) => {
    clearTimeout(note.timer);
    note.timer = setTimeout(() => save(note), wait);
  };

  const save = async (note, { leaving = false } = {}) => {
    if (!note.dirty || (note.sending !== null && !leaving)) return;
    clearTimeout(note.timer);
    const text = note.text;
    // A text whose answer was lost goes again under its own number; another text under the next.
    if (note.sent !== text) {
      if (note.client !== client) Object.assign(note, { client, sequence: 0 });
      note.sequence += 1;
      note.sent = text;
    }
    note.sending = text;
    keep(note);
    const body = new FormData(note.form);
    for (const each of ["text", "number", "client", "sequence"]) body.set(each, note[each]);
    const give = new AbortController();
    const timer = setTimeout(() => give.abort(), PATIENCE);
    let answered = false;
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": token };
      const answer = await fetch(note.action, { method: "POST", body, headers, signal: give.signal, keepalive: leaving && text.length < 20_000 });
      if (answer.status < 500) {
        await settle(note, answer, text);
        answered = true;
      }
    } catch { /* no network, or no answer in time: it goes again */ }
    clearTimeout(timer);
    note.sending = null;
    if (!answered) {
      note.failed = true;
      soon(note, note.pause);
      note.pause = Math.min(note.pause * 2, SLOWEST);
    } else if (note.dirty && !note.refused) {
      soon(note, MOMENT);
    }
    tellState();
  };

  const settle = async (note, answer, text) => {
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    if (answer.redirected || !answer.ok || !isJson) {
      note.refused = true;
      const sentence = isJson ? (await answer.json()).refused : "";
      say(note, sentence || (answer.redirected ? AT_THE_DOOR : REFUSED));
      return;
    }
    const { number, kept_beside: beside } = await answer.json();
    if (note.refused) say(note, "");
    Object.assign(note, { refused: false, failed: false, pause: 1_000, number });
    field(note, "number").value = number;
    if (note.text !== text) {
      keep(note);
      return;
    }
    note.dirty = false;
    field(note, "text").defaultValue = text;
    forget(note);
    if (beside) showBoth(note);
  };

  // The other text stands there too: the field goes back to it, ours stands below.
  const showBoth = (note) => {
    const part = note.form.closest("[data-part]")?.dataset.part;
    if (!part) return;
    say(note, BOTH);
    setTimeout(() => say(note, ""), 8_000);
    refresh(part);
  };

  document.addEventListener("input", (event) => {
    const note = noteOf(event.target.form);
    if (!note || event.target.name !== "text") return;
    // While it is unsent, the field is at the change that its writer saw when the writing began.
    if (!isUnsent(note)) note.number = field(note, "number").value;
    Object.assign(note, { text: event.target.value, dirty: true, refused: false });
    keep(note);
    soon(note, MOMENT);
  });
  document.addEventListener("submit", (event) => {
    const note = noteOf(event.target);
    if (!note) return;
    event.preventDefault();
    save(note);
  });
  addEventListener("beforeunload", (event) => {
    sendAll({ leaving: true });
    // What is only about to be sent goes with the page; what could not be sent is worth a question.
    if ([...notes.values()].some((note) => isUnsent(note) && (note.failed || note.refused || !navigator.onLine))) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) sendAll(); });
  document.addEventListener("htmx:load", prepare);

  const sendAll = (how) => {
    for (const note of notes.values()) if (note.dirty && !note.refused) save(note, how);
  };

  // A form with unsent text is left alone, whatever the others wrote.
  const isHeld = (element) => {
    const note = noteOf(element);
    return Boolean(note && isUnsent(note));
  };

  return { prepare, sendAll, isHeld };
};
