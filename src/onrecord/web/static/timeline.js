// Comforts of drawings of time: keys move and zoom by the links that are there, pointing tells what a mark says.
"use strict";
(() => {
  for (const figure of document.querySelectorAll("[data-zoom]")) {
    const told = figure.querySelector("[data-told]");
    const hint = told.textContent;
    const tell = (event) => {
      const mark = event.target.closest("a[aria-label]");
      told.textContent = mark === null ? hint : mark.getAttribute("aria-label");
      told.classList.toggle("now", mark !== null);
    };
    figure.addEventListener("pointerover", tell);
    figure.addEventListener("focusin", tell);
    figure.addEventListener("pointerleave", tell);
    figure.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key === "=" ? "+" : event.key;
      const to = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
      if (to === null) return;
      event.preventDefault();
      sessionStorage.setItem("zoomed", "yes");
      to.click();
    });
    // The next key goes on from where the last one led.
    if (sessionStorage.getItem("zoomed") !== null) {
      sessionStorage.removeItem("zoomed");
      figure.focus({ preventScroll: false });
    }
  }
})();
