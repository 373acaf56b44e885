// A range of the timeline is chosen by dragging over its pictures; it goes into
// the fields From and To, and the page is asked for again. Without this file the
// fields, the bars and the links beside them do the same.
"use strict";
(() => {
  const form = document.querySelector("form.facets");
  if (!form) return;
  const hour = 36e5, day = 24 * hour;
  const pad = n => String(n).padStart(2, "0");
  const dayOf = t => { const d = new Date(t); return d.getUTCFullYear().toString().padStart(4, "0") + "-" + pad(d.getUTCMonth() + 1) + "-" + pad(d.getUTCDate()); };
  const hourOf = t => { const d = new Date(t); return dayOf(t) + "T" + pad(d.getUTCHours()) + ":" + pad(d.getUTCMinutes()); };

  // choose puts a range into the fields: whole hours where it is short, else days.
  const choose = (a, b) => {
    const short = b - a < 3 * day;
    const unit = short ? hour : day;
    const from = Math.floor(a / unit) * unit, to = Math.max(Math.ceil(b / unit) * unit, from + unit);
    for (const [name, at] of [["from", from], ["to", short ? to : to - day]]) {
      const f = form.elements[name];
      f.type = short ? "datetime-local" : "date";
      f.value = short ? hourOf(at) : dayOf(at);
    }
  };

  for (const svg of document.querySelectorAll("svg[data-from]")) {
    const from = Date.parse(svg.dataset.from), to = Date.parse(svg.dataset.to), x0 = +svg.dataset.x0, x1 = +svg.dataset.x1;
    const height = svg.viewBox.baseVal.height;
    let start = null, box = null, moved = false, was = null;
    const place = e => {
      const x = new DOMPoint(e.clientX, 0).matrixTransform(svg.getScreenCTM().inverse()).x;
      return Math.min(x1, Math.max(x0, x));
    };
    const time = x => from + (to - from) * (x - x0) / (x1 - x0);
    const end = () => {
      if (box) box.remove();
      start = box = null;
    };
    svg.classList.add("brushed");
    svg.addEventListener("dragstart", e => e.preventDefault());
    svg.addEventListener("pointerdown", e => {
      if (e.button || e.pointerType === "touch" || e.ctrlKey || e.metaKey || e.shiftKey) return; // a finger moves the page
      start = place(e);
      moved = false;
      was = ["from", "to"].map(n => [form.elements[n].type, form.elements[n].value]);
    });
    window.addEventListener("pointermove", e => {
      if (start === null) return;
      const x = place(e);
      if (!moved && Math.abs(x - start) < 5) return;
      if (!moved) {
        moved = true;
        box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        box.setAttribute("class", "brush");
        box.setAttribute("y", 0);
        box.setAttribute("height", height);
        svg.append(box);
      }
      box.setAttribute("x", Math.min(x, start));
      box.setAttribute("width", Math.abs(x - start));
      choose(time(Math.min(x, start)), time(Math.max(x, start)));
    });
    window.addEventListener("pointerup", e => {
      if (start === null) return;
      end();
      if (moved) form.requestSubmit();
    });
    svg.addEventListener("click", e => { // the end of dragging is no click on what lies there
      if (!moved) return;
      e.preventDefault();
      e.stopPropagation();
      moved = false;
    }, true);
    window.addEventListener("keydown", e => {
      if (e.key !== "Escape" || start === null) return;
      end();
      ["from", "to"].forEach((n, i) => { [form.elements[n].type, form.elements[n].value] = was[i]; });
    });
  }

  // What is not asked for does not stand in the address.
  form.addEventListener("submit", () => {
    for (const f of form.elements) if (f.name && !f.value) f.disabled = true;
  });
})();
