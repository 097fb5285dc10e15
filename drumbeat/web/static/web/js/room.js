// A room, live: what changes is told by the stream and laid into the page without disturbing who writes.
import { lay, rememberOpen } from "./lay.js";
import { keepNotes } from "./notes.js";

const SILENT = 40_000; // milliseconds without a sign of life: the stream is lost
const QUIET = 5_000; // so long a lost stream is nobody's concern
const room = document.querySelector("[data-room]");

const begin = () => {
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  const said = saying();
  const notes = keepNotes({ room, token, said, refresh: (part) => fetchPart(part) });
  let stream = null;
  let last = "";
  let heardAt = Date.now();
  let lostAt = 0;
  let pause = 5_000;
  const underWay = new Map();

  const section = (part) => document.getElementById(`part-${part}`);

  const show = (part, html) => {
    const old = section(part);
    if (!old) return;
    const body = new DOMParser().parseFromString(html, "text/html").body;
    let fresh = body.querySelector(`#${CSS.escape(old.id)}`);
    if (!fresh) {
      fresh = old.cloneNode(false);
      fresh.append(...body.childNodes);
    }
    giveToken(fresh);
    lay(old, document.importNode(fresh, true), notes.isHeld);
    window.htmx?.process(old);
    rememberOpen(room);
    notes.prepare();
    old.dispatchEvent(new CustomEvent("room:changed", { bubbles: true, detail: { part } }));
  };

  // HTML that is the same for everyone carries nobody's token against forgery; each page puts in its own.
  const giveToken = (within) => {
    for (const form of within.querySelectorAll("form[method=post i]")) {
      let field = form.querySelector("input[name=csrfmiddlewaretoken]");
      if (!field) {
        field = Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken" });
        form.prepend(field);
      }
      field.setAttribute("value", token);
    }
  };

  // One request a part at a time; a change meanwhile asks once more.
  const fetchPart = async (part) => {
    if (underWay.has(part)) {
      underWay.set(part, true);
      return;
    }
    underWay.set(part, false);
    try {
      const headers = { "HX-Request": "true", "HX-Target": `part-${part}` };
      const answer = await fetch(`${room.dataset.parts}${encodeURIComponent(part)}/`, { headers });
      if (answer.ok && !answer.redirected) show(part, await answer.text());
      else if (answer.status >= 500) later(part);
    } catch {
      later(part);
    }
    const again = underWay.get(part);
    underWay.delete(part);
    if (again) fetchPart(part);
  };
  const later = (part) => setTimeout(() => fetchPart(part), 3_000);

  const fetchAll = () => {
    for (const each of document.querySelectorAll("[data-part]")) fetchPart(each.dataset.part);
  };

  const hear = (event) => {
    heardAt = Date.now();
    last = event.lastEventId || last;
    const { part, html } = JSON.parse(event.data);
    if (part === "*") fetchAll();
    else if (html !== undefined) show(part, html);
    else fetchPart(part);
  };

  const open = () => {
    stream?.close();
    const address = new URL(room.dataset.live, location.href);
    if (last) address.searchParams.set("after", last);
    stream = new EventSource(address);
    heardAt = Date.now();
    stream.onmessage = hear;
    stream.addEventListener("ping", () => { heardAt = Date.now(); });
    stream.onopen = () => {
      heardAt = Date.now();
      pause = 5_000;
      lostAt = 0;
      said.connected(true);
      notes.sendAll();
    };
    stream.onerror = () => {
      lostAt ||= Date.now();
      // The browser comes again by itself, unless the server said no.
      if (stream.readyState === EventSource.CLOSED) {
        const mine = stream;
        setTimeout(() => { if (stream === mine) open(); }, pause);
        pause = Math.min(pause * 2, 60_000);
      }
    };
  };

  setInterval(() => {
    if (lostAt && Date.now() - lostAt > QUIET) said.connected(false);
    if (stream.readyState === EventSource.OPEN && Date.now() - heardAt > SILENT) {
      lostAt = Date.now();
      open();
    }
  }, 1_000);
  addEventListener("online", () => { open(); notes.sendAll(); });
  addEventListener("offline", () => { lostAt ||= Date.now(); });
  // Back by the browser's own memory of the page: what was missed meanwhile is fetched.
  addEventListener("pageshow", (event) => { if (event.persisted) { open(); fetchAll(); } });
  addEventListener("pagehide", () => { notes.sendAll({ leaving: true }); stream.close(); });

  notes.prepare();
  rememberOpen(room);
  document.addEventListener("htmx:load", () => rememberOpen(room));
  open();
};

// One quiet line for what is not as it should be; empty otherwise.
const saying = () => {
  const line = document.createElement("p");
  line.className = "room-state";
  line.setAttribute("role", "status");
  room.prepend(line);
  const states = { connected: true, waiting: 0, sentence: "" };
  const show = () => {
    let words = states.sentence;
    if (!words && states.waiting) words = "Kept here, will be sent.";
    else if (!words && !states.connected) words = "Not connected. What you write is kept here and will be sent.";
    if (line.textContent !== words) line.textContent = words;
  };
  return {
    connected: (yes) => { states.connected = yes; show(); },
    waiting: (count) => { states.waiting = count; show(); },
    sentence: (words) => { states.sentence = words; show(); },
  };
};

if (room) begin();
