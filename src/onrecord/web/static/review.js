// Keys of the review queue. Each does what the button or link that shows it does.
"use strict";
(() => {
  const typing = (at) => at.closest("input, textarea, select, [contenteditable]") !== null;
  let sent = false; // one decision at a time: the next page brings its own
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || sent || typing(event.target)) return;
    if (!/^[a-z]$/.test(event.key)) return;
    const meant = document.querySelector(`[data-key~="${event.key}"]`);
    if (!meant) return;
    event.preventDefault();
    sent = true;
    meant.click();
  });
  window.addEventListener("pageshow", () => { sent = false; });
})();
