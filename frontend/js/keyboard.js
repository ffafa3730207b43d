// Reading keys safely: nothing happens while Telex or VNI composes, and a letter alone is never a command.

const NAMES = { Escape: "Esc", ArrowUp: "Up", ArrowDown: "Down", Control: "Ctrl" };
const ALONE = /^(F\d{1,2}|Enter|Esc|Up|Down)$/;

/** Whether this key belongs to a word being composed. */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** The key as `data-key` writes it ("F9", "Ctrl Enter", "Alt Down"); "" for what is never a command. */
export function chord(event) {
  if (composing(event) || event.metaKey || event.getModifierState?.("AltGraph")) return "";
  const key = NAMES[event.key] ?? event.key;
  const held = [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift"].filter(Boolean);
  if (!held.length && !ALONE.test(key)) return "";
  if (held.length === 1 && held[0] === "Shift") return "";
  return [...held, key.length === 1 ? key.toUpperCase() : key].join(" ");
}

/** Whether the keys typed here belong to the field, not to the page. */
export const typing = (element) =>
  Boolean(element?.closest?.("input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]"));

export const visible = (element) => element.getClientRects().length > 0 && !element.closest("[inert]");
