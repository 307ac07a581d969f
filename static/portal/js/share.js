// Makes printing and copying quicker; without it the links of the page do the same.
(() => {
  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  const copy = document.querySelector("[data-copy]");
  const address = document.querySelector("[data-address]");
  const said = document.querySelector("[data-said]");
  if (copy && address && said && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", () => {
      navigator.clipboard.writeText(address.href).then(() => {
        said.textContent = copy.dataset.done;
      });
    });
  }
})();
