/* Before anything is painted: whoever switched the marks in letters off (static/letter.js) sees none, not even for a moment. */
try {
  if (localStorage.getItem("markeringen") === "uit") document.documentElement.classList.add("unmarked");
} catch (error) { /* a browser that keeps nothing */ }
