"""What every page must be: axe finds nothing, nothing sticks out, it speaks one language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import vidan

AXE = (Path(vidan.__file__).parent / "built" / "test" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 320)

# Words that libraries bring along, and what Python or JavaScript say when nobody spoke for them.
ENGLISH = re.compile(
    r"(?<![=\w])(choose|file|files|browse|submit|search|save|cancel|delete|remove|edit|close|open|next"
    r"|previous|back|required|optional|username|password|log ?in|log ?out|sign ?in|sign ?out"
    r"|error|errors|invalid|please|loading|warning|success|page not found|this field|enter a"
    r"|yes|none|true|false|undefined|null|nan|object|selected|january|november|monday|today"
    r"|worker|django|traceback|exception)\b",
    re.IGNORECASE,
)
# All that is read or heard: text, and what stands in attributes; not what is marked as English,
# nor the names on the keys.
WORDS = """() => {
  const foreign = "[lang]:not(html):not([lang=vi]), kbd, code, script, style, noscript, template";
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement?.closest(foreign) && node.data.trim()) found.push(node.data.trim());
  }
  for (const node of document.querySelectorAll("[aria-label],[placeholder],[title],[alt]")) {
    if (node.closest(foreign)) continue;
    for (const name of ["aria-label", "placeholder", "title", "alt"])
      if (node.getAttribute(name)) found.push(node.getAttribute(name));
  }
  return found;
}"""


def inspect(page: Any, name: str) -> list[str]:
    """Everything wrong with the page as it stands, at both widths."""
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.evaluate(AXE)
    wrong = []
    if page.evaluate("document.documentElement.lang") != "vi":
        wrong.append(f"{name}: lang")
    wrong += [f"{name}: {text!r}" for text in page.evaluate(WORDS) if ENGLISH.search(text)]
    height = page.viewport_size["height"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.vidan_eye.look(f"{name}-{width}")
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        wrong += [
            f"{name} {width}: {one['id']}: {[node['html'][:200] for node in one['nodes']][:4]}"
            for one in found["violations"]
        ]
    page.set_viewport_size({"width": WIDTHS[0], "height": height})
    return wrong
