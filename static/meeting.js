/* Before, after or both: the links of the switch do it without a new page, and what was being read stays where it is. */
(function () {
  "use strict";

  var meeting = document.querySelector(".meeting");
  var choices = Array.prototype.slice.call(document.querySelectorAll(".switch__choice"));

  /* The last one that begins in the upper part of the window. */
  function inSight() {
    var begun = Array.prototype.filter.call(meeting.querySelectorAll(".pair"), function (pair) {
      return pair.getBoundingClientRect().top < window.innerHeight * 0.4;
    });
    return begun[begun.length - 1];
  }

  function show(choice) {
    var pair = inSight();
    var top = pair && pair.getBoundingClientRect().top;
    meeting.dataset.shown = choice.dataset.side;
    meeting.dataset.switched = ""; // on a wide screen too the switch stays under the hand that used it
    choices.forEach(function (one) {
      if (one === choice) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    });
    if (pair && top < 0) pair.scrollIntoView({ behavior: "instant" });
    else if (pair) window.scrollBy({ top: pair.getBoundingClientRect().top - top, behavior: "instant" });
  }

  choices.forEach(function (choice) {
    choice.addEventListener("click", function (event) {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(choice);
      history.replaceState(history.state, "", choice.href);
    });
  });
})();
