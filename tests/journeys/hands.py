"""Hands and eyes at a screen: with a mouse, with the keyboard alone; what the eye must see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# What a sighted person at the keyboard needs after every Tab: the ring, and that nothing hides it.
LOOK = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return "";
  const ring = (node, part) => {
    const style = getComputedStyle(node, part);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined || style.boxShadow.includes("245, 184, 28");
  };
  const labels = [...(here.labels ?? [])];
  const around = [here.closest("[data-row]"), here.closest("form[data-command]"),
                  here.closest("[data-command]")?.firstElementChild, here.parentElement];
  const seen = [here, ...labels, ...around].filter(Boolean);
  const said = here.outerHTML.slice(0, 160);
  if (!seen.some((node) => ring(node) || ring(node, "::before"))) return "no ring: " + said;
  if (here.tabIndex > 0) return "tabindex above 0: " + said;
  const box = [here, ...labels].map((node) => node.getBoundingClientRect())
    .find((rect) => rect.width > 3 && rect.height > 3);
  if (!box) return "nothing to see: " + said;
  const part = (node) => node.closest("main, header, footer, form");
  const inside = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && [here, ...labels].some((node) =>
      node.contains(top) || (top.contains(node) && part(top) !== null && part(top) === part(node)));
  });
  return inside ? "" : "hidden behind something: " + said;
}"""
MOST_TABS = 90


class Eye:
    """Looks at the page after each step: keeps a picture, and checks what must always hold."""

    def __init__(self, page: Page, name: str, folder: str) -> None:
        self.page, self.name, self.folder = page, name, folder
        self.count = 0

    def look(self, step: str) -> None:
        """Nothing sticks out sideways; with a folder, the picture is kept there."""
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, step
        if self.folder:
            self.count += 1
            self.page.wait_for_function("document.fonts.status === 'loaded'")
            path = Path(self.folder) / f"{self.name}-{self.count:02}-{step}.png"
            self.page.screenshot(path=path, full_page=True, caret="initial")


class Mouse:
    """Points and clicks; writes where it clicked."""

    key_only = False

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator, key: str = "") -> None:
        """Click it. ``key`` is what somebody without a mouse would use."""
        what.click()

    def write(self, field: Locator, text: str) -> None:
        field.click()
        field.fill(text)

    def tick(self, box: Locator) -> None:
        box.check(force=True)  # govuk's box is drawn by its label

    def send(self, button: Locator) -> None:
        """After writing: send what was written."""
        button.click()


class Keyboard:
    """No mouse at all. Every Tab must leave a visible focus, and no field may be out of reach."""

    key_only = True

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def key(self, name: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(name)

    def go_to(self, target: Locator) -> None:
        """Tab until the focus is there, looking at every stop on the way."""
        target.wait_for(state="attached")
        for _stop in range(MOST_TABS):
            if target.evaluate("node => node === document.activeElement"):
                trouble = self.page.evaluate(LOOK)
                assert trouble == "", trouble
                return
            self.key("Tab")
            trouble = self.page.evaluate(LOOK)
            assert trouble == "", trouble
        raise AssertionError(f"out of reach of Tab: {target}")

    def press(self, what: Locator, key: str = "") -> None:
        if key:
            what.wait_for()
            self.key(key)
            return
        self.go_to(what)
        self.key("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.go_to(field)
        self.page.keyboard.type(text)

    def tick(self, box: Locator) -> None:
        self.go_to(box)
        self.key("Space")

    def send(self, button: Locator) -> None:
        self.key("Enter")


Hands = Mouse | Keyboard
MakeHands = Callable[["Page"], Hands]
