"""The portal in a real Chromium: 320 px and 1280 px, axe, no JavaScript, the keyboard alone.

With ``VIDAN_SCREENSHOTS=folder`` every page looked at is also kept as a picture.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.sites.portal_visit import *  # noqa: F403 - fixtures
from tests.sites.portal_visit import on

import vidan
from vidan.authorities.models import Unit
from vidan.dossiers.models import Dossier

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BUILT = Path(vidan.__file__).parent / "built"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = os.environ.get("VIDAN_SCREENSHOTS", "")
WIDTHS = (320, 1280)


@pytest.fixture
def visitor(browser: Any, live_server: Any) -> Any:
    """A browser that speaks Vietnamese and, unless told otherwise, runs no scripts of the page."""
    contexts = []

    def come(*, scripts: bool = False) -> Any:
        context = browser.new_context(
            locale="vi-VN",
            base_url=live_server.url.replace("[::1]", "localhost"),
            java_script_enabled=scripts,
        )
        contexts.append(context)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()


def look(page: Any, name: str) -> None:
    """No sideways scrolling, nothing for axe to find, at both widths."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.fonts.ready.then(() => true)")
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/portal_{name}_{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.evaluate((BUILT / "test" / "axe.min.js").read_text("utf-8"))
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        problems = [(one["id"], [n["html"] for n in one["nodes"]]) for one in found["violations"]]
        assert problems == [], name


def test_every_page_is_sound_at_both_widths(
    visitor: Any, received: Callable[..., Dossier], move: Callable[..., Dossier]
) -> None:
    dossier = move(received(on(23, 8)), "start", at=on(23, 9))
    page = visitor(scripts=True)
    pages = {
        "home": "/",
        "units": "/don-vi/",
        "procedures": "/thu-tuc/?q=photo",
        "not-found": "/thu-tuc/?q=xyz",
        "procedure": "/thu-tuc/2.000815/?trang=12&ban=2",
        "wrong-counts": "/thu-tuc/2.000815/?trang=0&ban=x",
        "form": "/theo-doi/",
        "wrong-pair": f"/theo-doi/?ma={dossier.code}&khoa=AAAAAA",
        "tracked": f"/theo-doi/?ma={dossier.code}&khoa={dossier.secret}",
        "hours": "/lich-lam-viec/",
    }

    for name, address in pages.items():
        page.goto(address)
        look(page, name)


def test_the_keyboard_alone_opens_a_dossier_without_javascript(
    visitor: Any, received: Callable[..., Dossier]
) -> None:
    dossier = received(on(23, 8))
    page = visitor()
    page.goto("/")

    for _each in range(30):
        page.keyboard.press("Tab")
        if page.locator("input[name=ma]:focus").count():
            break
    page.keyboard.type(dossier.code.lower())
    page.keyboard.press("Tab")
    page.keyboard.type(dossier.secret.lower())
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator("h1").inner_text() == "Đã nhận hồ sơ"


def test_the_price_is_worked_out_without_javascript(visitor: Any, open_counter: Unit) -> None:
    page = visitor()
    page.goto("/thu-tuc/2.000815/")

    page.get_by_label("Số trang").fill("12")
    page.get_by_label("Số bản cần").fill("2")
    with page.expect_navigation():
        page.get_by_role("button", name="Tính tiền").click()

    assert (
        page.locator(".money tfoot td").inner_text().replace("\N{NO-BREAK SPACE}", " ")
        == "28.000 đ"
    )


def test_a_page_that_sends_no_referrer_can_still_change_its_language(
    visitor: Any, received: Callable[..., Dossier]
) -> None:
    dossier = received(on(23, 8))
    page = visitor()
    page.goto(f"/theo-doi/?ma={dossier.code}&khoa={dossier.secret}")

    with page.expect_navigation():
        page.get_by_role("button", name="English").first.click()

    assert page.locator("html").get_attribute("lang") == "en"
    assert dossier.code in page.content()


def test_after_a_wrong_pair_from_a_qr_code_the_form_still_works(
    visitor: Any, received: Callable[..., Dossier]
) -> None:
    dossier = received(on(23, 8))
    page = visitor()
    page.goto(f"/theo-doi/?ma={dossier.code}&khoa=AAAAAA")

    page.get_by_label("6 ký tự in dưới mã").fill(dossier.secret)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator("h1").inner_text() == "Đã nhận hồ sơ"
