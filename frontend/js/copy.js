// Codes are copied whole, also where a table drops the unit's prefix.

async function toClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea"); // plain http has no clipboard of its own
  field.value = text;
  field.className = "govuk-visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

export function copyCodes() {
  document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  document.addEventListener("htmx:load", (event) => {
    event.target.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    await toClipboard(button.dataset.copy);
    const say = button.parentElement.querySelector("[data-copied]");
    if (say) say.textContent = say.dataset.copied;
    button.focus();
  });
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    const short = selection.anchorNode?.parentElement?.closest("[data-full-code]");
    if (!short || selection.toString().trim() !== short.textContent.trim()) return;
    event.clipboardData.setData("text/plain", short.dataset.fullCode);
    event.preventDefault();
  });
}
