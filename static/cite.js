/* Copies words with their citation, a permanent link, or both; and a selection in a letter with a link to just those words.
   Without script each citation and link stand in <details> (letters/templatetags/pieces.py), which become buttons here. */
(function () {
  "use strict";

  const labels = document.currentScript.dataset;
  const KINDS = ["words", "link", "both"];
  const WORDS = ".quotation__text, .passage__text, .paragraph__text, h1";
  const POSITIONS = ".margin-positions > li[data-at]"; // beside a paragraph, whose citation and link are theirs
  const NOT_WORDS = ".footnote-mark, .paragraph__label, .visually-hidden, .cite, .cite-bar";
  const LONGEST_EXACT = 80; // characters: longer words are found by how they begin and end
  const WORD = /[\p{L}\p{N}_]/u;

  /* What is copied */

  function wordsOf(node) {
    const copy = node.cloneNode(true);
    copy.querySelectorAll(NOT_WORDS).forEach((mark) => mark.remove());
    return copy.textContent;
  }

  function citedBy(details, around) {
    const words = details.dataset.words || wordsOf(around.querySelector(WORDS)).trim();
    return {
      quotation: "title" in details.dataset ? words : "“" + words + "”",
      citation: details.dataset.cite,
      url: details.querySelector("a").href,
    };
  }

  function escaped(text) {
    const holder = document.createElement("p");
    holder.textContent = text;
    return holder.innerHTML.replace(/"/g, "&quot;").replace(/\n/g, "<br>");
  }

  function texts(kind, cited) {
    const link = (text) => '<a href="' + escaped(cited.url) + '">' + escaped(text) + "</a>";
    const words = {
      plain: cited.quotation + " (" + cited.citation + ")",
      html: escaped(cited.quotation) + " (" + link(cited.citation) + ")",
    };
    if (kind === "words") return words;
    if (kind === "link") return { plain: cited.url, html: link(cited.url) };
    return { plain: words.plain + "\n" + cited.url, html: words.html + "<br>" + link(cited.url) };
  }

  /* Copying, and what is said of it */

  let status = null;

  function say(text) {
    if (!status) {
      status = document.createElement("p");
      status.className = "cite-status";
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = text; });
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { status.textContent = ""; }, 6000);
  }

  function copyOldWay(copied) {
    let done = false;
    function put(event) {
      event.clipboardData.setData("text/plain", copied.plain);
      event.clipboardData.setData("text/html", copied.html);
      event.preventDefault();
      event.stopImmediatePropagation();
      done = true;
    }
    document.addEventListener("copy", put, true);
    try { document.execCommand("copy"); } catch (error) { done = false; }
    document.removeEventListener("copy", put, true);
    return done;
  }

  async function put(copied) {
    try {
      const blob = (type, text) => new Blob([text], { type: type });
      await navigator.clipboard.write([new ClipboardItem({
        "text/plain": blob("text/plain", copied.plain),
        "text/html": blob("text/html", copied.html),
      })]);
      return true;
    } catch (refused) { // by the browser, or it knows no clipboard here (a site without TLS)
      return copyOldWay(copied);
    }
  }

  async function copy(kind, cited, bar) {
    const copied = texts(kind, cited);
    if (await put(copied)) say(labels[kind + "Done"]);
    else offer(copied.plain, bar);
  }

  function offer(text, bar) {
    const before = bar.parentNode.querySelector(".cite-offer");
    if (before) before.remove();
    const box = document.createElement("div");
    const area = document.createElement("textarea");
    const close = button(labels.close);
    box.className = "cite-offer";
    area.readOnly = true;
    area.rows = 4;
    area.value = text;
    area.setAttribute("aria-label", labels.copy);
    close.addEventListener("click", () => { box.remove(); bar.querySelector("button").focus(); });
    box.append(area, close);
    bar.after(box);
    area.focus();
    area.select();
    say(labels.refused);
  }

  /* Buttons: a toolbar is one stop for the Tab key, arrows go from button to button */

  function button(text) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    return made;
  }

  function toolbar(name, label, cited) {
    const bar = document.createElement("div");
    bar.className = "cite-bar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", name);
    const shown = document.createElement("span");
    shown.textContent = label + ":";
    shown.setAttribute("aria-hidden", "true");
    bar.append(shown);
    KINDS.forEach((kind, place) => {
      const made = button(labels[kind]);
      made.dataset.kind = kind;
      made.tabIndex = place ? -1 : 0;
      made.addEventListener("click", () => copy(kind, cited(), bar));
      bar.append(made);
    });
    bar.addEventListener("keydown", walk);
    return bar;
  }

  function walk(event) {
    const buttons = [...this.querySelectorAll("button")];
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    if (!(event.key in steps)) return;
    const next = (buttons.indexOf(document.activeElement) + steps[event.key] + buttons.length) % buttons.length;
    buttons.forEach((one, place) => { one.tabIndex = place === next ? 0 : -1; });
    buttons[next].focus();
    event.preventDefault();
  }

  // A long letter has hundreds: each gets its buttons when it comes near the window.
  const nearby = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      nearby.unobserve(entry.target);
      enhance(entry.target);
    });
  }, { rootMargin: "600px 0px" });

  function enhance(found) {
    if (found.matches(POSITIONS)) return found.append(toolbarOf(found));
    const around = found.closest("[data-cited]");
    const name = labels.copy + found.querySelector("summary span").textContent;
    const hasFocus = found.contains(document.activeElement);
    const bar = toolbar(name, found.dataset.label || labels.copy, () => citedBy(found, around));
    around.cite = sourceIn(found);
    found.replaceWith(bar);
    if (hasFocus) bar.querySelector("button").focus();
  }

  function toolbarOf(position) {
    const list = position.parentNode.dataset;
    return toolbar(labels.copy + " " + list.name, list.label, () => {
      const words = position.dataset.words || wordsAt(position.dataset.at);
      return { quotation: "“" + words + "”", ...sourceOf(position.closest("[data-cited]")) };
    });
  }

  function wordsAt(id) { // of a position in its paragraph, which footnotes and other positions may cut
    const pieces = document.querySelectorAll("#" + id + ", [data-of='" + id + "']");
    return [...pieces].map(wordsOf).join("").trim();
  }

  function enhanceWithin(root) {
    root.querySelectorAll("details.cite, " + POSITIONS).forEach((found) => nearby.observe(found));
  }

  function sourceIn(details) {
    return { citation: details.dataset.cite, url: details.querySelector("a").href };
  }

  function sourceOf(cited) {
    return cited.cite || sourceIn(cited.querySelector("details.cite"));
  }

  /* A link to just these words: a text fragment, https://wicg.github.io/scroll-to-text-fragment */

  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const encoded = (text) => encodeURIComponent(text).replace(/-/g, "%2D"); // a hyphen is syntax there
  const first = (text, count) => text.split(" ").slice(0, count).join(" ");
  const last = (text, count) => text.split(" ").slice(-count).join(" ");

  function textIn(node, range, edge) {
    const side = document.createRange();
    side.selectNodeContents(node);
    if (edge === "before") side.setEnd(range.startContainer, range.startOffset);
    else side.setStart(range.endContainer, range.endOffset);
    return side.toString();
  }

  function isAmbiguous(text) {
    const page = plain(document.querySelector("main").textContent).toLowerCase();
    const sought = text.toLowerCase();
    return page.indexOf(sought) !== page.lastIndexOf(sought);
  }

  function fragment(range, from, until) {
    let before = textIn(from, range, "before");
    let after = textIn(until, range, "after");
    let text = range.toString();
    while (before && WORD.test(before.slice(-1)) && WORD.test(text[0])) { // whole words are found only
      text = before.slice(-1) + text;
      before = before.slice(0, -1);
    }
    while (after && WORD.test(after[0]) && WORD.test(text.slice(-1))) {
      text += after[0];
      after = after.slice(1);
    }
    text = plain(text);
    const exact = from === until && text.length <= LONGEST_EXACT;
    const sought = exact ? [text] : [first(text, 5), last(text, 5)];
    let parts = sought.map(encoded);
    if (isAmbiguous(sought[0])) {
      const prefix = last(plain(before), 4);
      const suffix = first(plain(after), 4);
      if (prefix) parts.unshift(encoded(prefix) + "-");
      if (suffix) parts.push("-" + encoded(suffix));
    }
    return ":~:text=" + parts.join(",");
  }

  /* A selection in a letter */

  let selected = null; // its toolbar

  function paragraphsIn(range) {
    const found = [...document.querySelectorAll(".letter__text .paragraph__text")];
    return found.filter((one) => range.intersectsNode(one));
  }

  function within(range, node) {
    const part = range.cloneRange();
    if (!node.contains(range.startContainer)) part.setStart(node, 0);
    if (!node.contains(range.endContainer)) part.setEnd(node, node.childNodes.length);
    return part;
  }

  function citedBySelection(range, paragraphs) {
    const parts = paragraphs.map((one) => within(range, one)).filter((one) => plain(one.toString()));
    const sources = paragraphs.map((one) => sourceOf(one.closest("[data-cited]")));
    const [start, end] = [sources[0], sources[sources.length - 1]];
    const sameKind = last(start.citation, 2).split(" ")[0] === last(end.citation, 2).split(" ")[0];
    const citation = start.citation === end.citation || !sameKind
      ? start.citation : start.citation + "–" + last(end.citation, 1);
    const whole = parts[0].cloneRange();
    const ending = parts[parts.length - 1];
    whole.setEnd(ending.endContainer, ending.endOffset);
    return {
      quotation: "“" + parts.map((part) => wordsOf(part.cloneContents()).trim()).join("\n\n") + "”",
      citation: citation,
      url: start.url + (start.url.includes("#") ? "" : "#") + fragment(whole, paragraphs[0], paragraphs[paragraphs.length - 1]),
    };
  }

  function followSelection() {
    const selection = document.getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const paragraphs = range ? paragraphsIn(range).filter((one) => plain(within(range, one).toString())) : [];
    if (!paragraphs.length) {
      if (selected && !selected.contains(document.activeElement)) drop();
      return;
    }
    const cited = citedBySelection(range, paragraphs);
    drop();
    selected = toolbar(labels.selection, labels.copy, () => cited);
    selected.classList.add("cite-bar--selection");
    selected.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    paragraphs[paragraphs.length - 1].after(selected);
  }

  function drop() {
    if (selected) selected.remove();
    selected = null;
  }

  function start() {
    enhanceWithin(document);
    document.addEventListener("htmx:load", (event) => enhanceWithin(event.target));
    if (!document.querySelector(".letter__text")) return;
    let waiting;
    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(followSelection, 150);
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") drop(); });
  }

  start();
})();
