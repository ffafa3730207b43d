// data-key="F9" on a button or link: the key does what a click does.
import { answer, asking } from "./confirm.js";
import { chord, typing, visible } from "./keyboard.js";

const NATIVE = new Set(["A", "BUTTON", "SUMMARY"]); // Enter already works on these

function target(keys) {
  const named = [...document.querySelectorAll(`[data-key="${keys}"]`)];
  return named.find((element) => visible(element) && !element.matches("[disabled], [aria-disabled=true]"));
}

function belongsElsewhere(keys, focused) {
  if (keys === "Enter") return typing(focused) || NATIVE.has(focused?.tagName);
  return keys === "Up" || keys === "Down";
}

/** Esc leaves a page only when nothing typed would be lost; from a field it first leaves the field. */
function leaving(keys) {
  if (keys !== "Esc") return false;
  if (typing(document.activeElement)) {
    document.activeElement.blur();
    return true;
  }
  return false;
}

const dirty = () =>
  [...document.querySelectorAll("form[method=post] :is(input, textarea, select)")].some((field) => {
    if (field.type === "hidden" || field.type === "submit") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected && field.selectedIndex > 0);
    return field.value !== field.defaultValue;
  });

function pressed(event) {
  const keys = chord(event);
  if (!keys || event.defaultPrevented) return;
  if (asking()) {
    if (keys === "Esc") answer(false);
    if (/^F\d/.test(keys) || keys === "Esc") event.preventDefault();
    return;
  }
  if (belongsElsewhere(keys, document.activeElement)) return;
  if (leaving(keys)) return;
  const element = target(keys);
  if (!element) return;
  event.preventDefault();
  if (event.repeat) return;
  if (keys === "Esc" && !element.matches("button")) {
    if (dirty()) element.dataset.confirm = document.body.dataset.unsaved ?? "";
    else delete element.dataset.confirm;
  }
  if (element.tagName === "A") element.focus();
  element.click();
}

export function pageKeys() {
  document.addEventListener("keydown", pressed);
}
