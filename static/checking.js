// The checking desk: one card at a time beside its sentence, keys, selecting a sentence, and decisions that are sent
// without leaving the page. Everything that is decided lives on the server; here is only where the clerk is.
const desk = document.getElementById("desk");
const queue = desk.querySelector(".desk__queue");
const dialog = document.getElementById("toetsen");
const picked = document.getElementById("gekozen");
const status = document.getElementById("gezegd");
const keysSwitch = document.getElementById("toetsen-aan");
const sideBySide = matchMedia("(min-width: 64em)");
const KEYS = "nakijken-toetsen";
const PEEK = 40; // px of the card above that stay in sight
const SPOKEN = 5000; // ms that a message stays on screen
const READING = 1000; // ms after a refusal in which a key was meant for the card that one just left
const SKIPPED = `nakijken-overgeslagen-${desk.dataset.letter}`;

const skipped = new Set(JSON.parse(sessionStorage.getItem(SKIPPED) || "[]"));
let current = null;
let selection = null; // { paragraph, start, end, quote } in characters of the letter
let sending = Promise.resolve(); // decisions go one by one, in the order in which they were taken
let waiting = 0;
let silence = null;
let reading = false; // a refusal was shown just now

// ------------------------------------------------------------------------------------------------ where the clerk is
const byId = (id) => document.getElementById(id);
const cards = () => [...queue.querySelectorAll(".card, .end")].filter((card) => card.id !== "toevoegen");
const isOpen = (card) => card.hasAttribute("data-open");
const marksOf = (card) => [...desk.querySelectorAll(`.spot[data-of~="${card.dataset.position}"]`)];

function say(words, { stays = false } = {}) {
  clearTimeout(silence);
  status.textContent = words;
  if (!stays) silence = setTimeout(() => (status.textContent = ""), SPOKEN);
}

function light(card) {
  desk.querySelectorAll(".is-current").forEach((one) => one.classList.remove("is-current"));
  current = card;
  const marks = card.dataset.position ? marksOf(card) : [];
  for (const one of [card, ...marks]) one.classList.add("is-current");
  return marks;
}

function show(card, { focus = true } = {}) {
  if (!card) return;
  const marks = light(card);
  history.replaceState(null, "", `#${card.id}`);
  if (focus) card.focus({ preventScroll: true });
  if (sideBySide.matches) {
    marks[0]?.scrollIntoView({ block: "center", behavior: "instant" });
    queue.scrollTo({ top: card.offsetTop - PEEK, behavior: "instant" });
  } else if (focus) {
    card.scrollIntoView({ block: "start", behavior: "instant" });
  }
  offerPlaces();
}

function beside(step) {
  const all = cards();
  const place = all.indexOf(current);
  return all[Math.min(Math.max(place + step, 0), all.length - 1)];
}

const progress = () => desk.querySelector(".bar label").textContent.trim().replace(/\s+/g, " ");

// The next card that needs a decision: first those not skipped, from here on and then from the top; else the end.
function nextOpen(from) {
  const all = cards();
  const place = all.indexOf(from);
  const following = [...all.slice(place + 1), ...all.slice(0, Math.max(place, 0))];
  return following.find((card) => isOpen(card) && !skipped.has(card.id)) || byId("klaar");
}

function keepSkipped() {
  sessionStorage.setItem(SKIPPED, JSON.stringify([...skipped]));
  for (const card of cards()) card.classList.toggle("is-skipped", skipped.has(card.id) && isOpen(card));
  const count = queue.querySelectorAll(".is-skipped").length;
  const told = desk.querySelector(".bar__skipped");
  told.textContent = count ? `${count} ${told.dataset.one}` : "";
}

function skip() {
  if (!current || !isOpen(current)) return;
  skipped.add(current.id);
  keepSkipped();
  say(desk.dataset.skipped);
  show(nextOpen(current));
}

function again(link) {
  skipped.clear();
  keepSkipped();
  if (byId(link.hash.slice(1))) return show(nextOpen(null));
  location.hash = link.hash;
  location.reload(); // it came after this page did
}

// --------------------------------------------------------------------------------------------- deciding, by the server
function tell(card, words) {
  const told = card?.querySelector(".card__told");
  if (told) told.textContent = words;
}

// `order` has the ids of the whole queue; a colleague's additions may not be on this page.
function swap({ pieces = [], order }) {
  for (const piece of pieces) {
    const template = document.createElement("template");
    template.innerHTML = piece.html.trim();
    const fresh = template.content.querySelector(`[id="${piece.id}"]`);
    const old = byId(piece.id);
    const hadFocus = old && old === document.activeElement;
    if (old === current) current = fresh;
    if (old) old.replaceWith(fresh);
    else if (order.includes(piece.id)) byId(order.slice(order.indexOf(piece.id)).find(byId)).before(fresh);
    if (current === fresh) fresh.classList.add("is-current"); // what is not cannot have the focus
    if (hadFocus) fresh.focus({ preventScroll: true });
  }
  for (const card of order ? cards() : []) if (!order.includes(card.id)) card.remove();
}

function isBusy(more) {
  waiting += more;
  desk.setAttribute("aria-busy", String(waiting > 0));
}

// What the clerk decides on is what the card says now, whenever its turn to be sent comes.
function filled(form, button, where = {}) {
  const values = new FormData(form);
  for (const [name, value] of Object.entries(where)) values.set(name, value);
  if (button?.name) values.set(button.name, button.value);
  values.set("answer", "pieces");
  return { address: form.action, values };
}

async function post({ address, values }) {
  const answer = await fetch(address, { method: "POST", body: values, credentials: "same-origin", keepalive: true });
  const isOurs = !answer.redirected && answer.headers.get("Content-Type")?.startsWith("application/json");
  return isOurs ? answer.json() : { said: desk.dataset.ended, refused: true };
}

async function answered(decision) {
  const answer = await post(decision).catch(() => ({ said: desk.dataset.stopped, refused: true }));
  swap(answer);
  return answer;
}

// Go back to what was refused. Who is typing elsewhere is left there; and a key that follows at once is not for this card.
async function comeBack(card, words) {
  const stays = !card || (typing(document.activeElement) && !card.contains(document.activeElement));
  if (card) tell(card, words);
  if (stays) say(words, { stays });
  if (!stays) show(card);
  else if (!current.isConnected) show(nextOpen(null));
  reading = !stays;
  await new Promise((read) => setTimeout(read, stays ? 0 : READING));
  reading = false;
}

// Send a form. With `then` the clerk goes on at once, and comes back when the server refuses.
function send(form, button, { then, where } = {}) {
  const card = form.closest(".card");
  const wasOpen = card && isOpen(card);
  const decision = filled(form, button, where);
  const run = async () => {
    const answer = await answered(decision);
    if (answer.refused) {
      if (!answer.pieces && wasOpen) card.setAttribute("data-open", "");
      await comeBack(byId(answer.at || card?.id), answer.said);
    } else {
      if (!then) show(byId(answer.at) || nextOpen(null));
      else if (!current.isConnected) show(nextOpen(null));
      else light(current);
      say(`${answer.said} ${progress()}`);
    }
    keepSkipped();
    isBusy(-1);
  };
  isBusy(1);
  sending = sending.then(run, run);
  if (then) {
    card.removeAttribute("data-open");
    skipped.delete(card.id);
    then();
  }
}

const onwards = { then: () => show(nextOpen(current)) };

function decide(button) {
  const form = button.form;
  if (!form.reportValidity()) return;
  if (button.value === "reopen") send(form, button);
  else send(form, button, onwards);
}

const undo = () => send(byId("ongedaan"), null);

const buttonOf = (value) => current?.querySelector(`button[value="${value}"]`);

function accept() {
  if (current?.dataset.kind === "question") current.querySelector("input[name=resolution]")?.focus();
  else if (current?.dataset.kind === "add") buttonOf("add").click();
  else if (buttonOf("check")) decide(buttonOf("check"));
}

function chooseStance(number) {
  const select = current?.querySelector(".card__field--stance select");
  const option = select && [...select.options].filter((one) => one.value)[number - 1];
  if (!option) return;
  select.value = option.value;
  say(option.textContent);
}

// ------------------------------------------------------------------------------------------- a sentence that was missed
const characters = (text) => [...text].length; // the server counts characters, a browser counts halves of some

// The part of a selection that lies in one paragraph; a drag or a triple click may begin or end just outside it.
function within(text, range) {
  const part = document.createRange();
  part.selectNodeContents(text);
  const before = part.cloneRange();
  if (text.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
  if (text.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
  before.setEnd(part.startContainer, part.startOffset);
  const [start, quote] = [characters(before.toString()), part.toString()];
  return { paragraph: text.dataset.paragraph, start, end: start + characters(quote), quote };
}

function selected() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed) return null;
  const texts = [...desk.querySelectorAll("[data-paragraph]")].filter((text) => range.intersectsNode(text));
  const found = texts.map((text) => within(text, range)).filter((one) => one.quote.trim());
  return found.length === 1 ? found[0] : null;
}

function offerPlaces() {
  picked.hidden = !selection;
  if (!selection) return;
  picked.querySelector(".picked__words").textContent = selection.quote.trim();
  picked.querySelector("[data-does=place]").hidden = current?.dataset.kind !== "orphan";
}

async function add() {
  const card = byId("toevoegen");
  if (!card) return;
  const form = card.querySelector("form");
  if (current === card && !selection) return;
  if (!selection) leaveAdding();
  else {
    const found = await answered({ ...filled(form, null, selection), address: desk.dataset.sentence });
    if (found.refused) return say(found.said, { stays: true });
    leaveAdding();
    for (const name of ["paragraph", "start", "end", "quote"]) form.elements[name].value = found[name];
    const quote = card.querySelector("blockquote");
    quote.hidden = false;
    quote.firstElementChild.textContent = found.quote;
    card.querySelector("[data-quote]").hidden = true;
    const held = card.querySelector(".card__asked");
    held.hidden = !found.held.length;
    held.textContent = found.held.join("; ");
  }
  if (current !== card) card.dataset.back = current.id;
  show(card);
  if (!form.elements.paragraph.value) form.elements.quote.focus();
  getSelection().removeAllRanges();
}

function leaveAdding() {
  const card = byId("toevoegen");
  card.querySelector("form").reset();
  for (const name of ["paragraph", "start", "end"]) card.querySelector("form").elements[name].value = "";
  card.querySelector("blockquote").hidden = true;
  card.querySelector(".card__asked").hidden = true;
  card.querySelector("[data-quote]").hidden = false;
  tell(card, "");
}

function place() {
  const form = current?.querySelector("[data-place]");
  if (!form) return;
  if (!form.elements.quote.value && !selection) {
    form.elements.quote.focus();
    return say(desk.dataset.choose);
  }
  send(form, null, { ...onwards, where: form.elements.quote.value ? {} : selection });
  getSelection().removeAllRanges();
}

async function sendAdded(form, button) {
  if (!form.reportValidity()) return;
  const { back } = form.closest(".card").dataset;
  const decision = filled(form, button);
  button.disabled = true; // once is enough
  await sending;
  const answer = await answered(decision);
  button.disabled = false;
  keepSkipped();
  if (answer.refused) return tell(byId("toevoegen"), answer.said);
  say(answer.said);
  leaveAdding();
  show(byId(back) || nextOpen(null));
}

// ------------------------------------------------------------------------------------------------ buttons, links, keys
const DOES = {
  previous: () => show(beside(-1)),
  next: () => show(beside(1)),
  skip,
  again,
  add,
  place,
  help: () => dialog.showModal(),
  open: (link) => show(link.closest(".card")),
  show: (link) => byId(link.hash.slice(1))?.scrollIntoView({ block: "center" }),
  leave: () => {
    leaveAdding();
    show(byId(byId("toevoegen").dataset.back) || nextOpen(null));
  },
};

const KEY_DOES = {
  j: () => show(beside(1)),
  k: () => show(beside(-1)),
  a: accept,
  Enter: accept,
  x: () => buttonOf("reject") && decide(buttonOf("reject")),
  s: skip,
  u: undo,
  e: () => current?.querySelector("input[name$=verb]")?.select(),
  n: add,
  p: place,
  "?": () => dialog.showModal(),
};

function typing(element) {
  return Boolean(element?.closest?.("input, select, textarea, [contenteditable]"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || dialog.open || reading) return;
  if (event.key === "Escape" && current) {
    if (current.dataset.kind === "add") DOES.leave();
    else current.focus({ preventScroll: true });
    return;
  }
  if (!keysSwitch.checked || typing(event.target) || (event.shiftKey && event.key !== "?")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (event.repeat && !"jk".includes(event.key)) return;
  if (/^[1-9]$/.test(event.key)) chooseStance(Number(event.key));
  else if (KEY_DOES[event.key]) KEY_DOES[event.key]();
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-does]");
  const spot = event.target.closest(".spot");
  if (control && desk.contains(control)) {
    event.preventDefault();
    DOES[control.dataset.does](control);
  } else if (spot && getSelection().isCollapsed) {
    event.preventDefault();
    const link = event.target.closest(".spot__to");
    show(byId(link ? link.hash.slice(1) : `standpunt-${spot.dataset.of.split(" ")[0]}`));
  }
});

desk.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.id === "ongedaan") undo();
  else if (form.id === "add-position") sendAdded(form, event.submitter);
  else if (form.matches("[data-place]")) place();
  else decide(event.submitter || form.querySelector("button[name=decision]"));
});

queue.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (card && card !== current && event.target !== card && !event.target.matches(".card__line")) show(card, { focus: false });
});

document.addEventListener("selectionchange", () => {
  const found = selected();
  if (!found && typing(document.activeElement)) return;
  selection = found;
  offerPlaces();
});

addEventListener("hashchange", () => show(byId(location.hash.slice(1))?.closest(".card, .end"), { focus: true }));

keysSwitch.checked = localStorage.getItem(KEYS) !== "uit";
keysSwitch.addEventListener("change", () => localStorage.setItem(KEYS, keysSwitch.checked ? "aan" : "uit"));

desk.classList.add("desk--live");
keepSkipped();
const asked = byId(location.hash.slice(1))?.closest(".card, .end");
current = queue.querySelector(".is-current");
if (asked || skipped.size) show(asked || nextOpen(null));
else addEventListener("load", () => show(current, { focus: false })); // the address is ours by then: the browser does not go there
