"use strict";
// The slider: what would have been stands in a table that came once, so that it answers at once; plots and the form to
// propose come from the page itself when the slider has stood still for a moment.
(() => {
  const slide = document.querySelector("[data-live]");
  if (!slide) return;
  const KEYS = ["limit", "flags", "minutes", "precision", "caught", "unread", "lost"];
  const STILL = 500; // milliseconds
  const slider = slide.querySelector("input");
  const shown = slide.querySelector("output");
  const typed = document.getElementById("threshold");
  const live = document.getElementById("live");
  let rows = null;
  let waiting = 0;
  let asking = null;

  const row = () => rows[Math.round(slider.valueAsNumber * 100)];

  function show() {
    const told = row();
    shown.textContent = typed.value = told[0];
    const flags = document.querySelector('tr:has([data-then="flags"]) th');
    slider.setAttribute("aria-valuetext", `${told[0]}. ${flags ? flags.textContent : ""}: ${told[1]}`);
    KEYS.forEach((key, at) => {
      const cell = document.querySelector(`#weighed [data-then="${key}"]`);
      if (cell) cell.textContent = told[at];
    });
    document.getElementById("weighed").setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    waiting = setTimeout(fetchPage, STILL);
  }

  async function fetchPage() {
    if (asking) asking.abort();
    asking = new AbortController();
    const fields = new URLSearchParams(new FormData(slide.closest("form")));
    const place = `${slide.dataset.page}?${fields}`;
    try {
      const answer = await fetch(place, { signal: asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
      history.replaceState(null, "", place);
    } catch (problem) {
      if (problem.name !== "AbortError") live.textContent = slide.dataset.failed;
    }
  }

  function swap(page) {
    const now = document.getElementById("weighed");
    const then = page.getElementById("weighed");
    if (!then) throw new Error("another page");
    const why = now.querySelector("textarea");
    const writing = why !== null && why === document.activeElement;
    const open = [...now.querySelectorAll("details")].map((each) => each.open);
    now.replaceWith(then);
    const field = then.querySelector("textarea");
    if (why && field) field.value = why.value;
    if (writing && field) field.focus();
    then.querySelectorAll("details").forEach((each, at) => { each.open = Boolean(open[at]); });
  }

  fetch(slide.dataset.live).then((answer) => answer.json()).then((found) => {
    if (!found.rows) return;
    rows = found.rows;
    slide.hidden = false;
    slider.addEventListener("input", show);
  }).catch(() => { live.textContent = slide.dataset.failed; });
})();
