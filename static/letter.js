/* The page of a letter: its contents follow where one reads, marks in the text can be switched off, and a position and its
   sentence point at each other. */
(function () {
  "use strict";

  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  /* Contents: the section in the upper part of the window is the current one */

  function followReading() {
    const nav = document.querySelector(".contents");
    // Beside the text it stands open (navo.css), and says so: what is folded counts as hidden.
    const beside = matchMedia("(min-width: 56.25em)");
    const unfold = () => { nav.querySelector("details").open = beside.matches; };
    unfold();
    beside.addEventListener("change", unfold);
    const links = new Map();
    nav.querySelectorAll("a[href^='#']").forEach((link) => {
      const target = document.getElementById(link.hash.slice(1));
      if (target) links.set(target.closest("section") || target, link);
    });
    const sections = [...links.keys()];
    const within = new Set();
    let current = null;
    let chosen = null; // by a click or an address: it stays the current one where the page ends before it reaches the top

    function mark(section) {
      if (section === current) return;
      if (current) links.get(current).removeAttribute("aria-current");
      current = section;
      const link = links.get(section);
      link.setAttribute("aria-current", "location");
      keepInView(link);
    }

    function keepInView(link) {
      const item = link.getBoundingClientRect();
      const frame = nav.getBoundingClientRect();
      if (nav.scrollHeight <= nav.clientHeight || (item.top >= frame.top + 40 && item.bottom <= frame.bottom - 40)) return;
      nav.scrollTo({
        top: nav.scrollTop + item.top - frame.top - (nav.clientHeight - item.height) / 2,
        behavior: calm.matches ? "auto" : "smooth",
      });
    }

    function lastBegun(part) { // in this part of the window, or above it
      const begun = sections.filter((section) => section.getBoundingClientRect().top < innerHeight * part);
      return begun[begun.length - 1];
    }

    const observer = new IntersectionObserver((entries) => {
      entries.forEach((entry) => {
        if (entry.isIntersecting) within.add(entry.target);
        else within.delete(entry.target);
      });
      if (chosen) return;
      const here = sections.filter((section) => within.has(section));
      mark(here[0] || lastBegun(0.3) || sections[0]); // none: above the text, or between two
    }, { rootMargin: "-15% 0px -70% 0px" });
    sections.forEach((section) => observer.observe(section));

    // Where the page ends, what stands in the upper half of the window counts: its last sections come no higher.
    const end = document.querySelector(".site-footer");
    if (end) {
      new IntersectionObserver(([entry]) => {
        if (!entry.isIntersecting || chosen) return;
        mark(lastBegun(0.5) || sections[0]);
      }, { threshold: [0, 0.5, 1] }).observe(end);
    }

    function arrive() { // at a paragraph: a browser may show its sentence in the middle of the window
      const target = document.getElementById(location.hash.slice(1)) || document.querySelector(".paragraph--hit");
      const section = target && sections.filter((one) => one.contains(target)).pop();
      if (!section) return;
      chosen = section;
      mark(section);
    }
    arrive();
    addEventListener("hashchange", arrive);

    nav.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      const section = link && sections.find((one) => links.get(one) === link);
      if (!section) return;
      chosen = section;
      mark(section);
    });
    ["wheel", "touchmove", "keydown", "pointerdown"].forEach((kind) => {
      addEventListener(kind, () => { chosen = null; }, { passive: true, capture: true });
    });
  }

  /* Marks: one choice for positions and for the words that were searched for, kept in this browser */

  function switchMarks() {
    const root = document.documentElement;
    const letter = document.querySelector(".letter");
    const button = document.querySelector(".marks-switch");
    if (!button) return;

    function show() {
      const off = root.classList.contains("unmarked") || letter.classList.contains("letter--unmarked");
      button.setAttribute("aria-pressed", String(!off));
      return off;
    }

    function forgetInAddresses(name) { // also in those that lead on: on the next page the choice holds too
      const without = (address) => {
        const url = new URL(address);
        url.searchParams.delete(name);
        return url.href;
      };
      if (new URLSearchParams(location.search).has(name)) history.replaceState(history.state, "", without(location.href));
      document.querySelectorAll("a[href*='" + name + "=']:not(.marks-link)").forEach((link) => { link.href = without(link.href); });
    }

    show();
    button.addEventListener("click", () => {
      const off = !show();
      root.classList.toggle("unmarked", off);
      letter.classList.remove("letter--unmarked");
      show();
      forgetInAddresses(button.dataset.parameter);
      try { localStorage.setItem("markeringen", off ? "uit" : "aan"); } catch (error) { /* it holds for this page */ }
    });
  }

  /* A position beside the text and its sentence in it */

  function pointAtEachOther() {
    const text = document.querySelector(".letter__text");
    let pointed = [];

    function point(event) {
      const chip = event.target.closest && event.target.closest(".margin-positions > li");
      const link = chip && chip.querySelector("a.stance");
      let found = [];
      if (link) {
        const first = document.getElementById(link.hash.slice(1));
        if (first) found = [chip, ...pieces(first)];
      } else {
        for (let one = event.target; one && one !== text; one = one.parentElement) {
          if (one.classList.contains("position")) found.push(...both(one));
        }
      }
      show(found);
    }

    function show(found) {
      pointed.filter((one) => !found.includes(one)).forEach((one) => one.classList.remove("is-pointed-at"));
      found.forEach((one) => one.classList.add("is-pointed-at"));
      pointed = found;
    }

    function pieces(first) { // of a sentence that a footnote or another position cuts
      return [first, ...document.querySelectorAll("[data-of='" + first.id + "']")];
    }

    function both(piece) {
      const first = piece.id ? piece : document.getElementById(piece.dataset.of);
      if (!first) return [piece];
      const link = first.closest(".paragraph").querySelector("a.stance[href='#" + first.id + "']");
      return link ? [link.closest("li"), ...pieces(first)] : pieces(first);
    }

    ["pointerover", "focusin"].forEach((kind) => text.addEventListener(kind, point, { passive: true }));
    ["pointerleave", "focusout"].forEach((kind) => text.addEventListener(kind, () => show([])));
  }

  followReading();
  switchMarks();
  pointAtEachOther();
})();
