// What was said quietly goes after ten seconds, unless somebody is just about to use it.
const SECONDS = 10;

const wait = (toast) => {
  if (toast.dataset.waiting) return;
  toast.dataset.waiting = "yes";
  const timer = setInterval(() => {
    if (toast.matches(":hover, :focus-within")) return;
    clearInterval(timer);
    toast.remove();
  }, SECONDS * 1000);
};

const waitAll = () => document.querySelectorAll("[data-toast]").forEach(wait);
waitAll();
document.addEventListener("htmx:load", waitAll);
document.addEventListener("htmx:oobAfterSwap", waitAll);
