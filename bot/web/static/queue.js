"use strict";
// Keys for trained hands, and a countdown. Each key presses what stands on the page anyway; without this file all of it
// works with mouse, touch and Tab. Single keys can be switched off (WCAG 2.1.4); the choice stays in this browser.
(() => {
  const one = (selector) => document.querySelector(selector);
  const help = one("[data-help]");
  const bar = one("[data-keys-bar]");
  const voice = one("[data-announce]");
  const KEPT = "uppsikt-keys";

  const kept = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
  const keep = (value) => { try { localStorage.setItem(KEPT, value); } catch { /* this page alone, then */ } };
  let on = kept() !== "off";
  let left = false; // a page is on its way: further presses belong to the next one

  const announce = (words) => { if (voice) { voice.textContent = words; } };

  const isTyping = (target) =>
    target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])") !== null;

  const go = (link) => { if (link) { left = true; link.click(); } };

  const move = (by) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    const here = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
    const there = here < 0 ? 0 : here + by;
    if (there >= rows.length) { go(one("[data-more]")); } else if (there >= 0) { go(rows[there]); }
  };

  const press = (element) => {
    if (element.tagName === "DETAILS") {
      element.open = !element.open;
      if (!element.open) { element.querySelector("summary").focus(); return; }
      const field = element.querySelector("input:not([type=hidden]), textarea, .said");
      if (field) { field.focus({ preventScroll: false }); }
    } else if (element.tagName === "A") {
      go(element);
    } else {
      element.form.requestSubmit(element);
    }
  };

  const mark = (digit) => {
    const box = one(`[data-digit="${digit}"]`);
    if (box) { box.click(); box.focus(); }
    return box !== null;
  };

  const act = (key) => {
    if (key === "j") { move(1); return true; }
    if (key === "k") { move(-1); return true; }
    if (key === "?") { help.showModal(); return true; }
    if (/^[1-9]$/.test(key)) { return mark(key); }
    const element = /^[a-z]$/.test(key) ? one(`[data-key="${key}"]`) : null;
    if (element) { press(element); }
    return element !== null;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !help.open) {
      const inside = event.target.closest("details[open]");
      if (inside) { inside.open = false; inside.querySelector("summary").focus(); }
      return;
    }
    if (!on || left || help.open || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    if (event.repeat || isTyping(event.target)) { return; }
    if (act(event.key)) { event.preventDefault(); }
  });

  // One press, one form: a second click while the first is on its way would only be told that it was late.
  document.addEventListener("submit", (event) => {
    if (event.target.method === "dialog") { return; }
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "yes";
    left = true;
  });
  window.addEventListener("pageshow", (event) => {
    left = false;
    if (event.persisted) { document.querySelectorAll("form").forEach((form) => { delete form.dataset.sent; }); }
  });

  const knob = one("[data-keys-switch]");
  const show = () => { knob.checked = on; };
  bar.hidden = false;
  show();
  knob.addEventListener("change", () => { on = knob.checked; keep(on ? "on" : "off"); show(); });
  one("[data-help-open]").addEventListener("click", () => help.showModal());

  const notice = one("[data-notice]");
  const undo = one("[data-undo]");
  if (notice) {
    const words = notice.dataset.notice + (undo && on ? ` ${undo.dataset.undoHint}` : "");
    setTimeout(() => announce(words), 100); // a region that is filled while the page loads is not read aloud
  }
  if (undo) {
    const until = performance.now() + 1000 * Number(undo.dataset.undo);
    const clock = setInterval(() => {
      const seconds = Math.ceil((until - performance.now()) / 1000);
      if (seconds > 0) { undo.querySelector("[data-left]").textContent = `${seconds} s`; return; }
      clearInterval(clock);
      announce(undo.dataset.undoOver);
      undo.remove();
    }, 250);
  }
  const opened = one("#case");
  const current = one("[data-row][aria-current]");
  if (current) { // within the list alone: the page stays where it is
    const pile = current.closest(".pile");
    pile.scrollTop += current.getBoundingClientRect().top - pile.getBoundingClientRect().top - pile.clientHeight / 3;
  }
  if (opened && location.hash === "#case") { opened.focus(); }
})();
