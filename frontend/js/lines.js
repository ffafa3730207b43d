// Adding a line to a table of papers, and Enter as "next field" so that it never sends half a form.
import { composing, visible } from "./keyboard.js";
import { looksScanned } from "./scan.js";

const TEXT = "input:not([type=hidden]):not([type=submit]):not([type=checkbox]):not([type=radio]):not([type=file]), select";

function add(button) {
  const table = button.closest("[data-lines]");
  const prefix = table.dataset.lines;
  const form = button.form ?? button.closest("form") ?? document;
  const total = form.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const limit = Number(form.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`)?.value ?? 1000);
  const number = Number(total.value);
  if (number >= limit) return;
  const template = document.querySelector(`[data-line-template="${prefix}"]`);
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(number));
  const line = holder.content.querySelector("tr");
  table.tBodies[0].append(line);
  total.value = String(number + 1);
  window.htmx?.process(line);
  line.querySelector(`input[type=checkbox], ${TEXT}`)?.focus();
}

function nextField(field) {
  const all = [...field.form.querySelectorAll(`${TEXT}, textarea, input[type=checkbox], input[type=radio]:checked, button[data-key]`)];
  const usable = all.filter((one) => visible(one) && !one.disabled && one.tabIndex >= 0);
  usable[usable.indexOf(field) + 1]?.focus();
}

export function paperLines() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-add-row]");
    if (!button) return;
    event.preventDefault();
    add(button);
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || composing(event) || event.ctrlKey || event.defaultPrevented) return;
    if (!field.matches?.(TEXT) || !field.form?.querySelector("[data-lines]")) return;
    if (field.dataset.enter === "send") return; // a search field: Enter asks the server
    event.preventDefault();
    if (!looksScanned(field.value)) nextField(field);
  });
}
