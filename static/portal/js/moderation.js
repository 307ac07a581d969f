// Keys for the moderators' queue: J and K walk, X ticks, A approves, R refuses.
// Everything works by the buttons alone; this only presses them.
(function () {
  "use strict";
  const form = document.querySelector("[data-moderation]");
  if (!form) return;
  const rows = Array.from(form.querySelectorAll("[data-row]"));
  const hint = document.querySelector("[data-keys]");
  if (hint) hint.hidden = false;
  let at = -1;

  function walk(step) {
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[at].focus();
    rows[at].scrollIntoView({ block: "nearest" });
  }

  function press(selector) {
    const button = at >= 0 && rows[at].querySelector(selector);
    if (button) button.click();
  }

  const keys = {
    j: () => walk(1),
    k: () => walk(-1),
    a: () => press("[data-approve]"),
    r: () => press("[data-refuse]"),
    x: () => press("input[type=checkbox]"),
  };

  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) at = rows.indexOf(row);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
