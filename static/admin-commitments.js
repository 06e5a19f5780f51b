// Each button of the page has a key; they can be switched off (WCAG 2.1.4), which this browser remembers, for the checking desk too.
const KEYS = "nakijken-toetsen";
const choice = document.getElementById("toetsen-aan");

if (choice) {
  choice.checked = localStorage.getItem(KEYS) !== "uit";
  choice.addEventListener("change", () => localStorage.setItem(KEYS, choice.checked ? "aan" : "uit"));
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (!choice.checked || isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const pressed = document.querySelector(`[data-key="${CSS.escape(event.key.toUpperCase())}"]`);
    if (pressed) {
      event.preventDefault();
      pressed.click();
    }
  });
}
