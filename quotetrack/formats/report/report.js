"use strict";
(() => {
  const status = document.getElementById("status");
  const say = (words) => { status.textContent = words; };
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // One quote: its card opens, its pieces, cue and source stand out.
  const choose = (id, focus) => {
    const card = document.getElementById(id);
    if (!card) return;
    all(".on").forEach((node) => node.classList.remove("on"));
    all(".card > details[open]").forEach((open) => { if (open !== card) open.open = false; });
    all(`[data-quote="${id}"]`).forEach((node) => node.classList.add("on"));
    card.open = true;
    if (focus) {
      const summary = card.querySelector("summary");
      summary.focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest" });
    }
  };
  const release = () => {
    all(".on").forEach((node) => node.classList.remove("on"));
    const open = document.querySelector(".card > details[open]");
    if (!open) return false;
    open.open = false;
    const link = document.getElementById(`${open.id}-text`);
    if (link) link.focus();
    return true;
  };

  // One speaker: only theirs is marked and listed.
  const buttons = all("button.speaker");
  const show = (voice, name) => {
    const chosen = voice !== null;
    document.body.classList.toggle("filtered", chosen);
    buttons.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.voice === voice)));
    all("[data-voice]:not(button), [data-voices]").forEach((node) => {
      const voices = (node.dataset.voices ?? node.dataset.voice).split(" ");
      node.classList.toggle("theirs", chosen && voices.includes(voice));
    });
    const cards = all(".card.theirs");
    list(chosen ? cards : []);
    say(chosen ? `${name}: ${cards.length} ${cards.length === 1 ? "quote" : "quotes"}` : "All speakers");
  };
  const list = (cards) => {
    const place = document.getElementById("chosen");
    if (!place) return;
    place.replaceChildren();
    if (!cards.length) return;
    const items = document.createElement("ol");
    cards.forEach((card) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${card.querySelector("details").id}-text`;
      link.textContent = card.querySelector(".short").textContent;
      item.append(link);
      items.append(item);
    });
    place.append(items);
  };
  buttons.forEach((button) => button.addEventListener("click", () => {
    const off = button.getAttribute("aria-pressed") === "true";
    show(off ? null : button.dataset.voice, button.dataset.name);
  }));

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.ref, dd a");
    const mark = event.target.closest("mark");
    if (link) {
      event.preventDefault();
      choose(link.getAttribute("href").slice(1), true);
    } else if (mark && !event.target.closest("a") && !String(getSelection())) {
      choose(mark.dataset.quote, true);
    }
  });
  all(".card > details").forEach((card) => card.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    if (card.open) release(); else choose(card.id, false);
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!release() && document.body.classList.contains("filtered")) show(null, "");
  });

  // Tables: a click on a heading sorts; empty cells stay last.
  const value = (row, column, kind) => {
    const cell = row.cells[column];
    const raw = cell.dataset.value ?? cell.textContent.trim();
    if (kind === "text") return raw.toLocaleLowerCase();
    return raw === "" ? null : Number(raw);
  };
  const sort = (header, kind) => {
    const body = header.closest("table").tBodies[0];
    const column = header.cellIndex;
    const first = kind === "text" ? "ascending" : "descending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = header.getAttribute("aria-sort") === first ? other : first;
    const rows = [...body.rows].map((row) => [value(row, column, kind), row]);
    const empty = (v) => v === null || v === "" || v === "–";
    rows.sort(([a], [b]) => {
      if (empty(a) || empty(b)) return empty(a) - empty(b);
      const rising = kind === "text" ? a.localeCompare(b) : a - b;
      return order === "ascending" ? rising : -rising;
    });
    body.append(...rows.map(([, row]) => row));
    all("th", header.parentNode).forEach((th) => th.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", order);
    say(`Sorted by ${header.textContent}, ${order}`);
  };
  all("th[data-sort]").forEach((header) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sort(header, header.dataset.sort));
    header.replaceChildren(button);
  });

  // On paper every card is open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    opened.forEach((card) => { card.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((card) => { card.open = false; }));

  if (location.hash.length > 1) choose(decodeURIComponent(location.hash.slice(1)), false);
})();
