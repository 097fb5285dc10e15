// Light, dark, or as the machine has it. The choice is a cookie, so that the server draws the page right at once.
const root = document.documentElement;

const choices = document.querySelectorAll("[data-theme-choice] button");
const show = () => {
  for (const button of choices) button.setAttribute("aria-pressed", String(button.dataset.theme === (root.dataset.theme ?? "")));
};

for (const button of choices) {
  button.addEventListener("click", () => {
    const theme = button.dataset.theme;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    document.cookie = `theme=${theme}; path=/; samesite=lax; max-age=${theme ? 31536000 : 0}`;
    show();
  });
}
for (const group of document.querySelectorAll("[data-theme-choice]")) group.hidden = false;
show();
