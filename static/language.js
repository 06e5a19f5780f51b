/* The switch of languages leads to the view as it is now: lists change without the page being loaded, and what stands after
   "#" no server knows. Only the path differs between the languages; the server gives that. */
(function () {
  "use strict";

  function follow(event) {
    var link = event.target.closest && event.target.closest("a[data-keeps-view]");
    if (!link) return;
    link.search = window.location.search;
    link.hash = window.location.hash;
  }

  ["pointerover", "focusin", "click"].forEach(function (way) { document.addEventListener(way, follow, true); });
})();
