// Choosing a row: arrows move, Enter opens (the row's link has the focus), the preview follows.
import { composing, typing, visible } from "./keyboard.js";

const LOOK_AFTER = 150; // held arrows must not ask the server for every row they pass
let waiting = 0;

const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")].filter(visible);
const link = (row) => row.querySelector("[data-row-link]");

function look(row) {
  const peek = document.getElementById("peek");
  if (!peek || !row.dataset.preview || !visible(peek) || !window.htmx) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    window.htmx.ajax("GET", row.dataset.preview, { source: peek, target: peek, swap: "innerHTML" });
  }, LOOK_AFTER);
}

function choose(row, { preview = true } = {}) {
  for (const other of document.querySelectorAll("[data-row].is-selected")) {
    if (other === row) return;
    other.classList.remove("is-selected");
    other.removeAttribute("aria-current");
  }
  row.classList.add("is-selected");
  row.setAttribute("aria-current", "true");
  if (preview) look(row);
}

function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || composing(event) || event.ctrlKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  const here = document.activeElement;
  if (typing(here) || here?.closest("[role=listbox], [type=radio], details[open]")) return;
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("is-selected"));
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  event.preventDefault();
  link(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  choose(next);
}

export function rowChoice() {
  if (!document.querySelector("[data-rows]")) return;
  const current = document.querySelector("[data-rows] [data-row][aria-current=true]");
  if (current) choose(current, { preview: false });
  document.addEventListener("keydown", step);
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-rows] [data-row]");
    if (row) choose(row);
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("[data-rows] [data-row]");
    if (row && !event.target.closest("a, button, input, label") && !getSelection().toString()) link(row)?.focus();
  });
  document.addEventListener("dblclick", (event) => {
    const row = event.target.closest?.("[data-rows] [data-row]");
    if (row) link(row)?.click();
  });
}
