// The command bar: Ctrl K, type, arrows, Enter. A combobox over a list the server draws.
import { composing } from "./keyboard.js";

const ASK_AFTER = 150;

export function commandBar() {
  const form = document.querySelector("[data-command]");
  if (!form) return;
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector(".command__list");
  const say = form.querySelector("[data-command-say]");
  let request = null;
  let timer = 0;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.removeAttribute("aria-controls");
  }

  function mark(option) {
    active()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  async function ask() {
    const text = input.value.trim();
    request?.abort();
    if (text.length < 2) return close();
    request = new AbortController();
    try {
      const address = new URL(form.dataset.command, location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { signal: request.signal, headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return close();
      list.innerHTML = await answer.text();
    } catch (problem) {
      if (problem.name !== "AbortError") close(); // without the network Enter still asks the server
      return;
    }
    list.hidden = false;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", "true");
    if (list.querySelector("#command-options")) input.setAttribute("aria-controls", "command-options");
    say.textContent = `${options().length} ${say.dataset.results}`;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, ASK_AFTER);
  }

  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
  input.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (!list.hidden) return close();
      input.value = "";
      return input.blur();
    }
    if (list.hidden) return;
    const all = options();
    const at = all.indexOf(active());
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length) {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      mark(all[(at + by + all.length) % all.length] ?? all[0]);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      all[at].click();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (composing(event) || !event.ctrlKey || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
}
