// A form with data-keep is saved while somebody types; its button is the same, without script.
// The answer names the version that was kept, so that another window's change is noticed, not overwritten.
const PAUSE = 800, AGAIN = 4000;

const keep = (form) => {
  const field = form.querySelector("textarea"), seen = form.elements.seen, words = form.querySelector("[data-kept]");
  let timer = 0, kept = field.value, sending = false, stopped = false;
  const say = (text) => { if (words) words.textContent = text; };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(send, wait); };

  const send = async () => {
    if (sending || stopped || field.value === kept || !form.isConnected) return;
    const text = field.value;
    sending = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error",
        keepalive: document.hidden && text.length < 20_000,
      });
      const told = await answer.json();
      say(told.words);
      if (answer.ok) { kept = text; seen.value = told.seen; } else if (answer.status === 409) stopped = true;
    } catch {
      say("Not saved yet; trying again.");
      later(AGAIN);
    }
    sending = false;
    if (!stopped && field.value !== text) later(PAUSE);
  };

  field.addEventListener("input", () => { if (!stopped) { say(""); later(PAUSE); } });
  form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
};

for (const form of document.querySelectorAll("form[data-keep]")) keep(form);
