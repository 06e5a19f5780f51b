/* A menu that folds out over the page, such as the downloads, closes as menus do: by Escape, by a click elsewhere, when the
   keyboard leaves it, and once something was chosen. Listens at the document: HTMX replaces what stands in it. */
(function () {
  "use strict";

  function menus() { return document.querySelectorAll("details.downloads[open]"); }

  document.addEventListener("click", function (event) {
    menus().forEach(function (menu) {
      if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
    });
  });

  document.addEventListener("focusin", function (event) {
    menus().forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menus().forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
