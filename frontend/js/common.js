// What every page has. Each piece adds comfort; every page works without it.
import { Checkboxes, ErrorSummary, Radios, SkipLink } from "govuk-frontend";
import { copyCodes } from "./copy.js";
import { fileFields } from "./files.js";
import { guardSubmits } from "./submits.js";

function behaviours(scope) {
  for (const [name, Behaviour] of [["error-summary", ErrorSummary], ["radios", Radios], ["checkboxes", Checkboxes], ["skip-link", SkipLink]]) {
    for (const element of scope.querySelectorAll(`[data-module="govuk-${name}"]:not([data-govuk-${name}-init])`)) {
      try {
        new Behaviour(element);
      } catch (problem) {
        console.warn(problem);
      }
    }
  }
}

export function start() {
  document.documentElement.classList.add("js");
  document.body.classList.add("govuk-frontend-supported", "js-enabled");
  behaviours(document);
  fileFields();
  guardSubmits();
  copyCodes();
  document.addEventListener("htmx:load", (event) => behaviours(event.target));
}
