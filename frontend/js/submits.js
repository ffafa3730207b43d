// A form goes out once, however often the key is pressed. The server checks again, by version.

const AGAIN_AFTER = 8000; // a form whose answer is a download leaves its page standing

export function guardSubmits() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => free(form), AGAIN_AFTER);
  });
  // Coming back by the browser's button shows the page as it was left: let it be used again.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
}

function free(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}
