// After a part of the page was swapped, the cursor goes where the server says work goes on.
// (htmx alone would put it back where it was.)
export function refocus() {
  document.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt;
    if (!swapped?.querySelector) return;
    const next = swapped.querySelector("[autofocus]");
    if (next) next.focus();
  });
}
