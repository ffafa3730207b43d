// File fields: the chosen names in our words, and a size check before anything is sent.

const field = (input) => input.closest("[data-file]");

function show(input) {
  const name = field(input).querySelector(".file__name");
  const files = [...input.files];
  if (files.length > 1) {
    name.textContent = `${files.length} ${name.dataset.many}: ${files.map((file) => file.name).join(", ")}`;
  } else {
    name.textContent = files.length ? files[0].name : name.dataset.none;
  }
}

function complain(input, text) {
  const group = input.closest(".govuk-form-group");
  const id = `${input.id}_size`;
  document.getElementById(id)?.remove();
  const described = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (text) {
    const message = document.createElement("p");
    message.className = "govuk-error-message";
    message.id = id;
    message.setAttribute("role", "alert");
    message.textContent = text;
    field(input).before(message);
    described.push(id);
  }
  group?.classList.toggle("govuk-form-group--error", Boolean(text));
  if (described.length) input.setAttribute("aria-describedby", described.join(" "));
  else input.removeAttribute("aria-describedby");
}

function changed(input) {
  const limit = Number(input.dataset.maxBytes ?? 0);
  const tooBig = limit ? [...input.files].filter((file) => file.size > limit) : [];
  if (tooBig.length) {
    complain(input, `${tooBig.map((file) => file.name).join(", ")}: ${input.dataset.tooBig}`);
    input.value = "";
  } else {
    complain(input, "");
  }
  show(input);
}

export function fileFields() {
  const inputs = () => document.querySelectorAll("[data-file] input[type=file]");
  inputs().forEach(show);
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-file] input[type=file]")) changed(event.target);
  });
  document.addEventListener("reset", () => setTimeout(() => inputs().forEach(show)));
}
