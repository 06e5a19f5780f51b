/* /bewaard/: the list of what this browser keeps, with what is new; counts that the server left open; export and import. */
(function () {
  "use strict";

  var saved = window.navoSaved;
  var AT_ONCE = 3; // questions to the server
  var LOCALE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang; // days before months

  function each(nodes, action) { Array.prototype.forEach.call(nodes, action); }
  function all(selector, action) { each(document.querySelectorAll(selector), action); }

  /* How many results a view has, asked when its row comes into sight, a few at a time. */

  var waiting = [];
  var asking = 0;

  function next() {
    if (asking >= AT_ONCE || !waiting.length) return;
    asking += 1;
    var row = waiting.shift();
    ask(row).then(null, function () { failed(row); }).then(function () {
      asking -= 1;
      next();
    });
    next();
  }

  function listOf(row) { return row.closest("[data-count-url]"); }

  /* Whoever renames or removes a view has the list drawn anew: what was asked for a row of before is for nobody. */
  function ask(row) {
    if (!row.isConnected) return Promise.resolve();
    var question = "?weergave=" + encodeURIComponent(row.getAttribute("data-address")) +
      "&sinds=" + encodeURIComponent(row.getAttribute("data-since"));
    return fetch(listOf(row).getAttribute("data-count-url") + question).then(function (response) {
      if (!response.ok && response.status !== 400) throw new Error(response.status);
      return response.json();
    }).then(function (answer) { if (row.isConnected) (answer.detail ? gone : counted)(row, answer); });
  }

  function counted(row, answer) {
    var texts = listOf(row).dataset;
    var count = row.querySelector(".saved__count");
    count.textContent = answer.results;
    if (texts.new) {
      var fresh = document.createElement("span");
      fresh.className = answer.new ? "saved__new" : "saved__new saved__new--none";
      fresh.textContent = answer.new ? answer.new + " " + texts.new : texts.nothingNew;
      count.append(" ", fresh);
    }
    row.querySelector(".saved__words").textContent = answer.words;
    var former = row.querySelector(".saved__former[hidden]");
    if (former && answer.former.length) {
      former.textContent = answer.former.join(" ");
      former.hidden = false;
    }
  }

  function gone(row, answer) {
    var link = row.querySelector(".saved__name a");
    link.replaceWith.apply(link, Array.prototype.slice.call(link.childNodes));
    var words = row.querySelector(".saved__words");
    words.className = "saved__wrong";
    words.textContent = listOf(row).dataset.gone + " " + answer.detail;
  }

  function failed(row) {
    if (row.isConnected) row.querySelector(".saved__count").textContent = listOf(row).dataset.failed;
  }

  var sight = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      sight.unobserve(entry.target);
      waiting.push(entry.target);
    });
    next();
  }, { rootMargin: "200px" });

  all(".saved__item[data-address]", function (row) { sight.observe(row); });

  /* Whose browser this is. */

  saved.noteAccount(Boolean(document.querySelector("[data-account]")));
  var views = saved.views();

  if (!views) all("[data-blocked]", function (warning) { warning.hidden = false; });
  if (views && document.querySelector("[data-moved]")) saved.keep(views = []);

  var move = document.querySelector("[data-move]");
  if (move && views && views.length) {
    move.elements.inhoud.value = saved.written(views);
    move.hidden = false;
  }

  var add = document.querySelector("[data-add]");
  if (add && views) {
    add.hidden = false;
    var before = saved.find(views, add.dataset.add);
    if (before) add.elements.name.value = before.name;
    add.addEventListener("submit", function (event) {
      event.preventDefault();
      if (saved.keep(saved.added(saved.views(), add.elements.name.value, add.dataset.add))) window.location.assign(add.dataset.list);
      else add.querySelector("[role=status]").textContent = add.dataset.full;
    });
  }

  /* The list. */

  var list = document.querySelector("[data-saved-list]");
  if (!list || !views) return;
  var texts = list.dataset;
  var rows = list.querySelector(".saved");
  var template = list.querySelector("template");
  list.hidden = false;

  function say(words) { list.querySelector("[role=status]").textContent = words; }

  function draw() {
    views = saved.views();
    rows.textContent = "";
    views.forEach(function (view) { rows.append(drawn(view)); });
    rows.hidden = !views.length;
    list.querySelector("[data-nothing]").hidden = Boolean(views.length);
    list.querySelector("[data-export]").hidden = !views.length;
  }

  function drawn(view) {
    var row = template.content.firstElementChild.cloneNode(true);
    var link = row.querySelector(".saved__name a");
    link.textContent = view.name;
    link.href = view.address;
    ["click", "auxclick"].forEach(function (way) {
      link.addEventListener(way, function () { saved.opened(view.address); });
    });
    row.setAttribute("data-address", view.address);
    row.setAttribute("data-since", moment(view.opened).toISOString());
    row.querySelector("[data-when]").textContent = texts.opened + " " +
      new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeStyle: "short" }).format(moment(view.opened));
    row.querySelector("[data-name]").textContent = " “" + view.name + "”";
    var form = row.querySelector("form");
    form.elements.name.value = view.name;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      rename(view.address, form.elements.name.value.trim());
    });
    row.querySelector("[data-remove]").addEventListener("click", function () { remove(view.address); });
    sight.observe(row);
    return row;
  }

  /* Now for what is no moment, or still to come. */
  function moment(text) {
    var read = new Date(text);
    return isNaN(read) || read > new Date() ? new Date() : read;
  }

  function rename(address, name) {
    if (!name) return;
    var now = saved.views();
    saved.find(now, address).name = name.slice(0, saved.MAX_NAME);
    say(saved.keep(now) ? texts.renamed + " “" + name + "”." : texts.full);
    draw();
    focusOn(address);
  }

  function remove(address) {
    var now = saved.views();
    var name = saved.find(now, address).name;
    var row = now.map(function (view) { return view.address; }).indexOf(address);
    saved.keep(saved.without(now, address));
    say(texts.removed + " “" + name + "”.");
    draw();
    focusOn((views[row] || views[row - 1] || {}).address);
  }

  /* Where the keyboard was is gone: on with the row itself, or what took its place. */
  function focusOn(address) {
    var row = Array.prototype.filter.call(rows.children, function (one) { return one.getAttribute("data-address") === address; })[0];
    (row ? row.querySelector("a") : list.querySelector("[data-nothing] a")).focus();
  }

  list.querySelector("[data-export] button").addEventListener("click", function () {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([saved.written(saved.views())], { type: "application/json" }));
    link.download = "navo-brieven-bewaard.json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  });

  var file = list.querySelector("[type=file]");
  file.addEventListener("change", function () {
    if (!file.files.length) return;
    file.files[0].text().then(function (content) { say(imported(content)); });
    file.value = "";
  });

  /* Add what a file holds; what is here already stays as it is. Returns what to say. */
  function imported(content) {
    var read;
    try { read = JSON.parse(content); } catch (error) { return texts.notOurs; }
    if (!read || read.format !== saved.FORMAT) return texts.notOurs;
    if (read.version !== saved.VERSION) return texts.newer;
    if (!Array.isArray(read.views) || !read.views.every(saved.isView)) return texts.damaged;
    var now = saved.views();
    var fresh = [];
    read.views.forEach(function (view) {
      if (saved.find(now, view.address) || saved.find(fresh, view.address)) return;
      fresh.push({
        name: view.name.trim().slice(0, saved.MAX_NAME), address: view.address,
        saved: moment(view.saved).toISOString(), opened: moment(view.opened).toISOString()
      });
    });
    if (!saved.keep(fresh.concat(now))) return texts.full;
    draw();
    var known = read.views.length - fresh.length;
    return texts.imported + " " + fresh.length + (known ? ", " + texts.known + " " + known : "") + ".";
  }

  draw();
  window.addEventListener("storage", draw);
})();
