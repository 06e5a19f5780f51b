// Search within a long filter: of its values only those stay that hold what is typed, whatever their accents and capitals.
const template = document.getElementById("zoek-in-filter");
const said = document.getElementById("melding");
const FIELD = ".facet__find input";
const typed = new Map(); // key of the filter → what was typed: the list may be fetched anew
let silence = null;

const folded = (text) => text.normalize("NFD").replace(/\p{Mark}/gu, "").toLowerCase();

// Returns how many are left, in words.
function narrow(facet, words) {
  const parts = folded(words).split(/\s+/);
  const values = [...facet.querySelectorAll(".facet__value")];
  for (const value of values) {
    const name = folded(value.querySelector(".facet__name").textContent);
    value.hidden = !parts.every((part) => name.includes(part));
  }
  const left = values.filter((value) => !value.hidden).length;
  return template.dataset.left.replace("{left}", left).replace("{total}", values.length);
}

function addField(facet) {
  const list = facet.querySelector("[data-found]");
  if (!list) return;
  const field = template.content.cloneNode(true);
  const input = field.querySelector("input");
  input.id = `zoek-${facet.dataset.find}`;
  input.setAttribute("aria-label", facet.dataset.label);
  input.value = typed.get(facet.dataset.find) || "";
  list.before(field);
  if (input.value) narrow(facet, input.value);
}

function addFields() {
  for (const facet of document.querySelectorAll("[data-find]")) addField(facet);
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches(FIELD)) return;
  const facet = target.closest("[data-find]");
  typed.set(facet.dataset.find, target.value);
  const words = narrow(facet, target.value);
  clearTimeout(silence);
  silence = setTimeout(() => (said.textContent = words), 400);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(FIELD)) event.preventDefault(); // no search of the letters
});

// Who opens a long list comes to search in it.
document.addEventListener("click", ({ target }) => {
  const fold = target.closest(".facet__more > summary")?.parentElement;
  const input = fold?.querySelector(FIELD);
  if (input && !fold.open) setTimeout(() => input.focus());
});

document.addEventListener("htmx:afterSwap", addFields);
addFields();
