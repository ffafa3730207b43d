// A scanned identity card is recognised by its shape, in whatever field it lands, and moved to the
// field that asks for it: number|old number|name|birth date|sex|address|issue date.

const CARD = /^(\d{12})\|(\d{9}|)\|([^|]+)\|(\d{8})\|(Nam|Nữ)\|([^|]*)\|(\d{8})(?:\|.*)?$/u;
const SETTLED = 120; // a scanner types all of it within this pause
const before = new WeakMap();
let timer = 0;

export const looksScanned = (text) => CARD.test(text.trim().normalize("NFC"));

function recognised(field) {
  const text = field.value.trim().normalize("NFC");
  const parts = CARD.exec(text);
  const target = document.querySelector("[data-scan-target]");
  if (!parts || !target) return;
  if (field !== target) field.value = before.get(field) ?? "";
  // A field that is asked for only after a choice: the card makes the choice.
  const by = target.closest("[data-by]")?.dataset.by;
  if (by) document.querySelector(`input[type=radio][value="${by}"]`)?.click();
  target.value = text;
  target.focus();
  target.dispatchEvent(new Event("change", { bubbles: true }));
  target.dispatchEvent(new CustomEvent("scan", { bubbles: true, detail: { number: parts[1], name: parts[3] } }));
}

export function scans() {
  if (!document.querySelector("[data-scan-target]")) return;
  document.addEventListener("focusin", (event) => {
    if (typeof event.target.value === "string") before.set(event.target, event.target.value);
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (event.isComposing || typeof field.value !== "string" || !field.value.includes("|")) return;
    clearTimeout(timer);
    timer = setTimeout(() => recognised(field), SETTLED);
  });
  // Most scanners end with Enter: it must not send the form before the text is understood.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || typeof event.target.value !== "string" || !looksScanned(event.target.value)) return;
    event.preventDefault();
    clearTimeout(timer);
    recognised(event.target);
  }, true);
}
