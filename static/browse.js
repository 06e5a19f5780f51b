// The lists, without loading the whole page anew. HTMX fetches the same page that a link or the form leads to and takes
// #weergave from it; here is what a reader needs around that: focus, scroll, folds, announcements, errors, the back button.
const frame = document.getElementById("kader");
const said = document.getElementById("melding");
const failed = document.getElementById("fout");
const OF_VIEW = "link[rel=canonical], link[rel=alternate], meta[name=description]";

let before = null; // what stood where, just before the swap
let waiting = false; // a choice was made that no request has asked for yet
let returning = ""; // the address that the back or forward button went to
const scrolled = new Map(); // address → how far it was scrolled when it was left

const byId = (id) => document.getElementById(id);
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
const scroll = (options) => window.scrollTo({ behavior: "instant", ...options });

// Empty first: the same words as before are announced too.
function announce(words) {
  said.textContent = "";
  setTimeout(() => (said.textContent = words), 50);
}

function remember(source) {
  const view = byId("weergave");
  const active = document.activeElement;
  const inside = view.contains(active);
  return {
    folds: [...view.querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]),
    inside,
    id: inside ? active.id : "",
    typed: inside && active.matches("input:not([type=checkbox])") ? active.value : null,
    top: active.getBoundingClientRect().top,
    paged: Boolean(source.closest(".utrecht-pagination")),
  };
}

// A fold stays as the reader left it, and the control that was used stays under the finger.
function putBack({ folds, inside, id, typed, top, paged }) {
  for (const [fold, open] of folds) {
    if (byId(fold)) byId(fold).open = open;
  }
  const again = id && byId(id);
  if (again) {
    if (typed !== null) again.value = typed;
    again.focus({ preventScroll: true });
    scroll({ top: scrollY + again.getBoundingClientRect().top - top });
  } else if (inside) {
    byId("resultaten").focus({ preventScroll: true });
  }
  if (paged) byId("resultaten").scrollIntoView({ behavior: "instant" });
}

// What stands in the head belongs to the view too: its address, its description, its feed.
function replaceHead(html) {
  for (const old of document.head.querySelectorAll(OF_VIEW)) old.remove();
  document.head.append(...parsed(html).head.querySelectorAll(OF_VIEW));
}

// The site's own pages of errors say what is wrong and what to do.
function wordsOfPage(html) {
  const main = parsed(html).querySelector("main.page");
  if (!main) return [];
  for (const link of main.querySelectorAll(".utrecht-alert a")) link.remove();
  const found = main.querySelectorAll("h1, .utrecht-alert li, .utrecht-alert p, h1 + .lead, .lead + p");
  return [...found].map((one) => one.textContent.replace(/\s+/g, " ").trim());
}

function showError(words, address) {
  const content = document.createElement("div");
  const again = document.createElement("a");
  content.className = "utrecht-alert__content";
  again.href = address;
  again.textContent = failed.dataset.again;
  for (const one of [...words, again]) {
    const line = document.createElement("p");
    line.append(one);
    content.append(line);
  }
  failed.replaceChildren(content);
  failed.hidden = false;
  failed.scrollIntoView({ block: "nearest", behavior: "instant" });
}

frame.addEventListener("change", (event) => {
  if (event.target.matches(".filters input[type=checkbox]")) waiting = true;
});

// The form asks for the address as the site spells it, so that nothing needs to be redirected: keys sorted, none empty.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches("form.filters")) return;
  waiting = false;
  const pairs = [...new FormData(detail.elt)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(pairs.sort((one, other) => (one.join("\0") < other.join("\0") ? -1 : 1)));
  for (const key of Object.keys(detail.parameters)) delete detail.parameters[key];
  detail.path = detail.elt.getAttribute("action") + (pairs.length ? `?${query}` : "");
});

document.addEventListener("htmx:beforeRequest", () => (failed.hidden = true));

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.shouldSwap) return;
  if (waiting) {
    detail.shouldSwap = false; // the next answer holds this choice and the new one
  } else if (!detail.serverResponse.includes('id="weergave"')) {
    detail.shouldSwap = false; // none of our lists: the browser shows what it is
    location.assign(detail.xhr.responseURL);
  } else {
    before = remember(detail.requestConfig.elt);
  }
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  replaceHead(detail.xhr.responseText);
  putBack(before);
  if (returning) scroll({ top: scrolled.get(returning) || 0 });
  returning = "";
  announce(byId("aantal").textContent);
});

document.addEventListener("htmx:responseError", ({ detail }) => {
  const words = wordsOfPage(detail.xhr.responseText);
  const status = failed.dataset.status.replace("{status}", detail.xhr.status);
  showError(words.length ? words : [status], detail.pathInfo.finalRequestPath);
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => showError([failed.dataset.offline], detail.pathInfo.finalRequestPath));
}

// Back and forward ask the site again, as a link does: nothing is kept that could be older than the letters.
document.addEventListener("htmx:beforeHistorySave", ({ detail }) => scrolled.set(detail.path, scrollY));
document.addEventListener("htmx:historyCacheMiss", (event) => {
  event.preventDefault();
  returning = event.detail.path;
  waiting = false;
  const where = { source: frame, target: "#weergave", select: "#weergave", swap: "outerHTML", push: "false" };
  htmx.ajax("GET", returning, where).catch(() => {}); // an error was shown already
});

// On a phone the filters cover the results: this leads there, and folds them.
frame.addEventListener("click", (event) => {
  if (!event.target.closest(".filters__done")) return;
  event.preventDefault();
  byId("filters").open = false;
  byId("resultaten").scrollIntoView({ behavior: "instant" });
  byId("resultaten").focus({ preventScroll: true });
});
