// An irreversible step says one sentence and waits for Enter. The harmless is never confirmed.

let open = null;

export const asking = () => open !== null;

export function answer(yes) {
  if (!open) return; // a second click on a box that was just answered
  const { box, trigger } = open;
  open = null;
  box.remove();
  trigger.focus();
  if (!yes) return;
  trigger.dataset.confirmed = "1";
  trigger.click();
  delete trigger.dataset.confirmed;
}

function ask(trigger) {
  const template = document.getElementById("confirm-box");
  const box = template.content.firstElementChild.cloneNode(true);
  box.querySelector("[data-say]").textContent = trigger.dataset.confirm;
  trigger.before(box);
  open = { box, trigger };
  box.querySelector("[data-yes]").addEventListener("click", () => answer(true));
  box.querySelector("[data-no]").addEventListener("click", () => answer(false));
  box.querySelector("[data-yes]").focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
}

export function confirmations() {
  document.addEventListener("click", (event) => {
    const trigger = event.target.closest?.("[data-confirm]");
    if (!trigger || trigger.dataset.confirmed || !trigger.dataset.confirm) return;
    event.preventDefault();
    event.stopPropagation();
    if (open) return;
    ask(trigger);
  }, true);
}
