/* What a visitor saved, in their own browser, and the star that saves a view (pieces/_star.html).

   Kept is what letters/views/bookmark_files.py describes as a file. Whoever is logged in saves on the server: the pages under
   /bewaard/ leave a note that this browser is theirs, and the star is then the link that it is without script. */
(function () {
  "use strict";

  var KEY = "navo-bewaard";
  var ACCOUNT = "navo-bewaard-account";
  var FORMAT = "navo-brieven-bewaard";
  var VERSION = 1;
  var MAX_NAME = 200;

  /* The browser's storage, or null where it may not be used: then even naming it is an error. */
  function storage() {
    try {
      window.localStorage.getItem(KEY);
      return window.localStorage;
    } catch (error) {
      return null;
    }
  }

  /* The views that were saved, the latest first; null when nothing can be kept here, or a newer version of the site did. */
  function views() {
    var kept = storage();
    if (!kept) return null;
    try {
      var read = JSON.parse(kept.getItem(KEY));
      if (read && read.version > VERSION) return null;
      return read && Array.isArray(read.views) ? read.views.filter(isView) : [];
    } catch (error) {
      return []; // what no version of the site wrote
    }
  }

  /* "/zoeken/?onderwerp=china", and nothing that leads elsewhere: a link is made of it. */
  function isView(view) {
    return Boolean(view) && typeof view.name === "string" && view.name.trim() !== "" &&
      typeof view.address === "string" && /^\/[a-z]+\/[^\s\\]*$/.test(view.address) && view.address.length <= 2000;
  }

  /* Whether they are kept now. */
  function keep(list) {
    try {
      storage().setItem(KEY, written(list));
      return true;
    } catch (error) {
      return false; // full
    }
  }

  function written(list) {
    return JSON.stringify({ format: FORMAT, version: VERSION, views: list }, null, 1);
  }

  function find(list, address) {
    return list.filter(function (view) { return view.address === address; })[0];
  }

  function without(list, address) {
    return list.filter(function (view) { return view.address !== address; });
  }

  function now() {
    return new Date().toISOString();
  }

  function added(list, name, address) {
    var moment = now();
    return [{ name: name.trim().slice(0, MAX_NAME), address: address, saved: moment, opened: moment }].concat(without(list, address));
  }

  function opened(address) {
    var list = views();
    var view = list && find(list, address);
    if (!view) return;
    view.opened = now();
    keep(list);
  }

  function hasAccount() {
    var kept = storage();
    return Boolean(kept && kept.getItem(ACCOUNT));
  }

  function noteAccount(here) {
    var kept = storage();
    if (!kept) return;
    try {
      if (here) kept.setItem(ACCOUNT, "1");
      else kept.removeItem(ACCOUNT);
    } catch (error) { /* full: the star then saves in the browser, from where it can be moved */ }
  }

  window.navoSaved = {
    FORMAT: FORMAT, VERSION: VERSION, MAX_NAME: MAX_NAME, views: views, isView: isView, keep: keep, written: written,
    find: find, without: without, added: added, opened: opened, now: now, noteAccount: noteAccount
  };

  var shown = {}; // addresses that this page showed: being shown is being opened, once

  function paint() {
    var list = views();
    if (!list || hasAccount()) return;
    Array.prototype.forEach.call(document.querySelectorAll("[data-star]"), function (star) {
      var address = star.getAttribute("data-star");
      var saved = Boolean(find(list, address));
      star.setAttribute("role", "button");
      star.setAttribute("aria-pressed", String(saved));
      if (saved && !shown[address]) opened(address);
      shown[address] = true;
    });
  }

  function toggle(star) {
    var list = views();
    var address = star.getAttribute("data-star");
    var saved = Boolean(find(list, address));
    var next = saved ? without(list, address) : added(list, star.getAttribute("data-name"), address);
    var said = keep(next) ? (saved ? "removed" : "saved") : "full";
    paint();
    star.parentNode.querySelector("[role=status]").textContent = star.getAttribute("data-" + said);
  }

  function starOf(event) {
    return event.target.closest ? event.target.closest("[data-star][role=button]") : null;
  }

  document.addEventListener("click", function (event) {
    var star = starOf(event);
    if (!star || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !views() || hasAccount()) return;
    event.preventDefault();
    toggle(star);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== " " || !starOf(event)) return;
    event.preventDefault(); // a button answers the space bar, and a link does not
    starOf(event).click();
  });

  paint();
  ["htmx:afterSettle", "htmx:historyRestore"].forEach(function (moment) { document.addEventListener(moment, paint); });
  window.addEventListener("pageshow", paint);
  window.addEventListener("storage", paint);
})();
