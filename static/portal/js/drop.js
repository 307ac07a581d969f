// Files dropped on an editor's form: each becomes a row of the panel above, and what was read of
// it is shown as soon as the worker has read it. Without this script the chooser does the same.
(function () {
  "use strict";
  const WAIT = 1500;
  const TRIES = 80;

  function each(zone) {
    const relation = zone.dataset.drop;
    const picker = zone.querySelector("input[type=file]");
    const told = zone.querySelector("[data-told]");
    const form = zone.closest("form");
    let inside = 0;

    function tell(text, bad) {
      const line = document.createElement("p");
      line.textContent = text;
      if (bad) line.className = "help-block help-critical";
      told.append(line);
      return line;
    }

    function row(file) {
      document.getElementById(`id_${relation}-ADD`).click();
      const total = document.getElementById(`id_${relation}-TOTAL_FORMS`);
      const name = `id_${relation}-${Number(total.value) - 1}-document`;
      document.getElementById(`${name}-chooser`).widget.setStateFromModalData(file);
    }

    function fill(name, value) {
      const field = form.querySelector(`[name="${name}"]`);
      if (!field) return;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function show(line, html) {
      const place = document.createElement("div");
      place.innerHTML = html;
      line.replaceWith(place);
      place.querySelectorAll("[data-fill]").forEach((button) => {
        button.addEventListener("click", () => fill(button.dataset.fill, button.value));
      });
      const abstract = place.querySelector("[data-fill=abstract]");
      const field = form.querySelector("[name=abstract]");
      if (abstract && field && !field.value.trim()) {
        fill("abstract", abstract.value);
        const note = place.querySelector("[data-filled]");
        if (note) note.hidden = false;
      }
    }

    async function follow(file, line, left) {
      const asked = `${file.state_url}${relation === "files" ? "?de-xuat=1" : ""}`;
      const answer = await fetch(asked, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (answer.status === 202 && left) {
        setTimeout(() => follow(file, line, left - 1).catch(() => undefined), WAIT);
      } else if (answer.ok) {
        show(line, await answer.text());
      }
    }

    async function send(file) {
      const body = new FormData();
      body.append("file", file);
      body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      const line = tell(`${file.name}: ${zone.dataset.busy}`);
      try {
        const answer = await fetch(zone.dataset.url, { method: "POST", body });
        const kept = await answer.json();
        if (kept.error) throw new Error(kept.error);
        row(kept);
        line.textContent = `${kept.title}: ${zone.dataset.reading}`;
        // It has arrived: a line that drops from here on costs only what would have been told.
        follow(kept, line, TRIES).catch(() => undefined);
      } catch (error) {
        line.remove();
        const known = !(error instanceof TypeError || error instanceof SyntaxError);
        tell(`${file.name}: ${known ? error.message : zone.dataset.lost}`, true);
      }
    }

    async function take(files) {
      for (const file of Array.from(files)) await send(file);
    }

    function carriesFiles(event) {
      return event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
    }

    zone.hidden = false;
    picker.addEventListener("change", () => {
      take(picker.files).then(() => (picker.value = ""));
    });
    form.addEventListener("dragenter", (event) => {
      if (!carriesFiles(event)) return;
      inside += 1;
      zone.classList.add("w-bg-surface-field-inactive");
    });
    form.addEventListener("dragleave", () => {
      inside = Math.max(inside - 1, 0);
      if (!inside) zone.classList.remove("w-bg-surface-field-inactive");
    });
    form.addEventListener("dragover", (event) => {
      if (carriesFiles(event)) event.preventDefault();
    });
    form.addEventListener("drop", (event) => {
      if (!carriesFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      inside = 0;
      zone.classList.remove("w-bg-surface-field-inactive");
      take(event.dataTransfer.files);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-drop]").forEach(each);
  });
})();
