// Search within a long filter: of its values only those stay that hold what is typed, whatever their accents and capitals.
// Of a very long one the page has the first values; a page of that filter has all, and is fetched when one comes to search.
const template = document.getElementById("zoek-in-filter");
const said = document.getElementById("melding");
const FIELD = ".facet__find input";
const typed = new Map(); // key of the filter → what was typed: the list may be fetched anew
let silence = null;

const folded = (text) => text.normalize("NFD").replace(/\p{Mark}/gu, "").toLowerCase();
const inWords = (number) => number.toLocaleString(document.documentElement.lang);
const valueOf = (item) => item.querySelector("input").value;

function say(words) {
  clearTimeout(silence);
  silence = setTimeout(() => (said.textContent = words), 400);
}

// Returns how many are left, in words.
function narrow(facet, words) {
  const parts = folded(words).split(/\s+/);
  const values = [...facet.querySelectorAll(".facet__value")];
  for (const value of values) {
    const name = folded(value.querySelector(".facet__name").textContent);
    value.hidden = !parts.every((part) => name.includes(part));
  }
  const left = values.filter((value) => !value.hidden).length;
  return template.dataset.left.replace("{left}", inWords(left)).replace("{total}", inWords(values.length));
}

// Puts each value that the page lacks in its place in the fold. Those that it has stay as they are, checked meanwhile or not.
function complete(facet, all) {
  const list = facet.querySelector("[data-found]");
  const present = new Map([...facet.querySelectorAll(".facet__value")].map((item) => [valueOf(item), item]));
  let last = null;
  for (const fetched of all) {
    const item = present.get(valueOf(fetched)) || fetched;
    if (item === fetched) last ? last.after(item) : list.prepend(item);
    if (item.parentElement === list) last = item;
  }
}

async function fetchRest(facet) {
  const rest = facet.querySelector(".facet__rest");
  if (!rest || rest.dataset.asked) return;
  rest.dataset.asked = "yes";
  const input = facet.querySelector(FIELD);
  try {
    const answer = await fetch(rest.querySelector("a").href, { credentials: "omit", signal: AbortSignal.timeout(20000) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const all = page.querySelectorAll("#waarden > li");
    if (!answer.ok || !all.length) throw new Error(answer.status);
    complete(facet, all);
    rest.remove();
    const words = narrow(facet, input.value);
    if (input.value) say(words);
  } catch {
    const failure = rest.firstElementChild;
    failure.hidden = false;
    say(failure.textContent);
    delete rest.dataset.asked;
  }
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
  if (!input.value) return;
  narrow(facet, input.value);
  fetchRest(facet);
}

function addFields() {
  for (const facet of document.querySelectorAll("[data-find]")) addField(facet);
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches(FIELD)) fetchRest(target.closest("[data-find]"));
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches(FIELD)) return;
  const facet = target.closest("[data-find]");
  typed.set(facet.dataset.find, target.value);
  say(narrow(facet, target.value));
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
