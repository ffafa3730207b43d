// Open menus close with Esc or a click elsewhere; a broken connection is said in the page.

export function menus() {
  const open = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.preventDefault();
    }
  }, true);
}

export function connection() {
  const strip = document.getElementById("no-network");
  const refused = document.getElementById("server-refused");
  if (!strip || !refused) return;
  document.addEventListener("htmx:responseError", () => { refused.hidden = false; });
  document.addEventListener("htmx:sendError", () => { strip.hidden = false; });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    strip.hidden = true;
    if (event.detail.successful) refused.hidden = true;
  });
  addEventListener("offline", () => { strip.hidden = false; });
  addEventListener("online", () => { strip.hidden = true; });
}
