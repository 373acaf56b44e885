// The keys of the queue: each does what a control of the page does, and nothing
// else. Without this file the page works the same.
"use strict";
(() => {
  const items = [...document.querySelectorAll(".item")];
  const keep = document.querySelector("form.keep");
  let at = Math.max(0, items.findIndex(i => i.classList.contains("here")));
  const show = n => {
    if (!items.length) return;
    items[at].classList.remove("here");
    items[at].tabIndex = -1;
    at = Math.max(0, Math.min(n, items.length - 1));
    const i = items[at];
    i.classList.add("here");
    i.tabIndex = 0;
    i.focus({ preventScroll: true });
    i.scrollIntoView({ block: "nearest" });
  };
  const open = (form, field) => {
    const i = items[at] || document;
    const f = i.querySelector(form);
    if (!f) return;
    const d = f.closest("details");
    if (d) d.open = true;
    const x = field && f.querySelector(field);
    if (x) x.focus(); else f.requestSubmit();
  };
  const keys = {
    j: () => show(at + 1), ArrowDown: () => show(at + 1), k: () => show(at - 1), ArrowUp: () => show(at - 1),
    Enter: () => { const d = items[at] && items[at].querySelector("details"); if (d) d.open = !d.open; },
    a: () => open("form.accept"), c: () => open("form.correct", "input[name=value]"), e: () => open("form.correct", "input[name=value]"), x: () => open("form.reject"),
    m: () => open("form.merge", "input:not([type=hidden])"), s: () => open("form.split-off", "input[type=checkbox]"),
    u: () => { const f = document.querySelector("form.undo"); if (f) f.requestSubmit(); },
    "?": () => { const h = document.getElementById("keys"); if (h) h.hidden = !h.hidden; },
  };
  if (keep) {
    keys.y = () => keep.requestSubmit();
    keys.n = () => document.querySelector("a.leave").click();
  }
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const t = e.target;
    if (e.key === "Escape" && items.length) { show(at); return; }
    if (t.matches("input:not([type=checkbox]), textarea, select")) return;
    if (e.key === "Enter" && t.matches("a, button, summary, input")) return;
    if (!Object.hasOwn(keys, e.key)) return;
    e.preventDefault();
    keys[e.key]();
  });
  if (items.length) show(at);
})();
