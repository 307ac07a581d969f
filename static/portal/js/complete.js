// Completion below the search box: the box stays a plain form field without this script.
(() => {
  "use strict";
  const box = document.getElementById("tim");
  if (!box || !box.form || !window.fetch) return;
  const WAIT = 250;
  const kept = new Map();
  const list = document.createElement("ul");
  let timer = 0, asked = null, chosen = -1;
  list.id = "tim-goi-y";
  list.className = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels.length ? box.labels[0].textContent : "");
  list.hidden = true;
  box.form.append(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const go = (item) => {
    if (item.dataset.url) {
      window.location.assign(item.dataset.url);
    } else {
      box.value = item.textContent;
      box.form.submit();
    }
  };
  const show = (items) => {
    list.replaceChildren(...items.map((item, place) => {
      const line = document.createElement("li");
      line.id = `tim-goi-y-${place}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.textContent = item.text;
      if (item.url) line.dataset.url = item.url;
      line.addEventListener("mousedown", (event) => { event.preventDefault(); go(line); });
      return line;
    }));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = !items.length;
    box.setAttribute("aria-expanded", String(items.length > 0));
  };
  const ask = async () => {
    const typed = box.value.trim();
    if (asked) asked.abort();
    if (typed.length < 2) return close();
    if (kept.has(typed)) return show(kept.get(typed));
    asked = new AbortController();
    try {
      const address = `/tim-kiem/goi-y.json?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return close();
      const items = (await answer.json()).suggestions;
      kept.set(typed, items);
      if (typed === box.value.trim() && document.activeElement === box) show(items);
    } catch { /* a newer question took its place, or the line is down: the form still works */ }
  };
  const move = (step) => {
    const lines = list.children;
    if (chosen >= 0) lines[chosen].setAttribute("aria-selected", "false");
    chosen = (chosen + step + lines.length + 1) % (lines.length + 1);
    if (chosen === lines.length) chosen = -1;
    if (chosen < 0) return box.removeAttribute("aria-activedescendant");
    lines[chosen].setAttribute("aria-selected", "true");
    lines[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", lines[chosen].id);
  };

  box.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (list.hidden || !list.children.length) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      go(list.children[chosen]);
    }
  });
  box.addEventListener("blur", close);
})();
