// Comforts of the Reader: n and p go from statement to statement (Enter opens the card, as of any link), all
// pieces of a statement light up with its card, and an address with #s_… finds it in whatever part it stands.
"use strict";
(() => {
  const reading = document.querySelector(".reading");
  if (!reading) return;
  const typing = (at) => at.closest("input, textarea, select, [contenteditable]") !== null;
  const jumps = () => [...reading.querySelectorAll("a.jump")];
  const numberOf = (at) => {
    if (!at || !at.closest) return null;
    const card = at.closest("[data-number]");
    if (card) return card.dataset.number;
    const jump = at.closest("a.jump");
    if (jump) return jump.dataset.n;
    const piece = at.closest("[data-of]");
    return piece ? piece.dataset.of.split(" ").pop() : null;
  };
  const light = (number) => {
    for (const one of reading.querySelectorAll(".lit")) one.classList.remove("lit");
    if (number === null) return;
    for (const one of reading.querySelectorAll("[data-of]")) {
      if (one.dataset.of.split(" ").includes(number)) one.classList.add("lit");
    }
    const card = reading.querySelector(`[data-number="${CSS.escape(number)}"]`);
    if (card) card.classList.add("lit");
  };
  let here = null; // number of the statement that was gone to last
  const step = (by) => {
    const all = jumps();
    if (all.length === 0) return;
    const now = numberOf(document.activeElement) ?? here;
    const index = all.findIndex((one) => one.dataset.n === now);
    const next = all[index < 0 ? 0 : Math.min(Math.max(index + by, 0), all.length - 1)];
    here = next.dataset.n;
    next.focus();
    next.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "n" || event.key === "p") step(event.key === "n" ? 1 : -1);
  });
  document.addEventListener("focusin", (event) => light(numberOf(event.target)));
  reading.addEventListener("pointerover", (event) => light(numberOf(event.target) ?? numberOf(document.activeElement)));
  const arrive = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const there = wanted ? document.getElementById(wanted) : null;
    if (there && reading.contains(there)) {
      here = numberOf(there);
      light(here);
      if (there.matches("[data-number], a.jump")) there.focus({ preventScroll: true });
    } else if (/^(card-)?s_[0-9a-f]+$/.test(wanted) && !there) {
      const query = new URLSearchParams(location.search);
      const id = wanted.replace("card-", "");
      if (query.get("statement") === id) return;
      for (const name of ["part", "at", "to"]) query.delete(name);
      query.set("statement", id);
      location.replace(`${location.pathname}?${query}#${wanted}`);
    }
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
