// The huddle's clock: counts on from the server's figure, calmly, without blinking.
// <span data-clock data-since="2026-11-23T09:00:00+01:00" data-minutes="6">2 of 6 minutes</span>
const MINUTE = 60_000;
// What the server wrote against this machine's clock, so that a wrong clock here does no harm.
const starts = new WeakMap();

function begin(clock) {
  const shown = Number.parseInt(clock.textContent, 10) || 0;
  const gone = Date.now() - Date.parse(clock.dataset.since);
  const near = gone >= shown * MINUTE && gone < (shown + 1) * MINUTE;
  return near ? Date.now() - gone : Date.now() - shown * MINUTE;
}

function show() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    if (!starts.has(clock)) starts.set(clock, begin(clock));
    const seconds = Math.max(0, Math.floor((Date.now() - starts.get(clock)) / 1000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    clock.textContent = `${time} of ${clock.dataset.minutes}:00`;
    clock.toggleAttribute("data-over", seconds > Number(clock.dataset.minutes) * 60);
  }
}

show();
setInterval(show, 1000);
