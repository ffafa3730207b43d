"""The face in a real Chromium: nothing overflows, axe is content, the keys do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import vidan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BUILT = Path(vidan.__file__).parent / "built"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CARD = "066087004127|240000001|H’Len Êban|14031987|Nữ|Buôn Phê, xã Ea Phê, tỉnh Đắk Lắk|01062021"


@pytest.fixture
def opened(browser: Browser, design_site: str) -> Iterator[Any]:
    """Opens a page of the design site at a width; what the console complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(path: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            locale="vi-VN", viewport={"width": width, "height": 900}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: complaints.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto(f"{design_site}{path}")
        page.wait_for_function("document.fonts.status === 'loaded'")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def desk(opened: Any) -> Page:
    page: Page = opened("/docs/design/desk")
    page.evaluate("document.activeElement.blur()")
    return page


def selected(page: Page) -> str:
    return page.locator("[data-row].is-selected .cell-name").first.inner_text()


@pytest.mark.parametrize("path", ["/docs/design", "/docs/design/desk", "/khong-co", "/breaks"])
def test_nothing_scrolls_sideways(browser: Browser, design_site: str, path: str) -> None:
    page = browser.new_page(locale="vi-VN")
    page.goto(f"{design_site}{path}")
    for width in (256, 320, 360, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/docs/design", "/docs/design/desk"])
def test_axe_finds_nothing(opened: Any, path: str, width: int) -> None:
    page = opened(path, width)
    page.evaluate((BUILT / "test" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found["violations"]] == []


def test_arrows_choose_a_row_and_the_preview_follows(desk: Page) -> None:
    assert selected(desk) == "Nguyễn Thị Hồng Thắm"
    desk.keyboard.press("ArrowDown")

    assert selected(desk) == "Hoàng A Páo"
    desk.locator("#peek").get_by_text("Hoàng A Páo").wait_for()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowUp")
    assert selected(desk) == "Lý Thị Mẩy"
    desk.keyboard.press("Enter")
    assert desk.url.endswith("#dossier")


def test_letters_alone_are_never_commands(desk: Page) -> None:
    before = desk.url
    desk.keyboard.type("fsrxjkn9")

    assert desk.url == before
    assert desk.locator(".confirm").count() == 0


def test_f9_on_an_irreversible_step_asks_once_and_needs_enter(desk: Page) -> None:
    desk.evaluate(
        "document.querySelector('#peek [data-confirm]').addEventListener('click',"
        " () => { window.done = (window.done || 0) + 1 })"
    )
    desk.keyboard.press("F9")
    assert desk.locator(".confirm").inner_text().startswith("Trình lãnh đạo ký hồ sơ này?")
    desk.keyboard.press("F9")
    assert desk.evaluate("window.done") is None

    desk.keyboard.press("Escape")
    assert desk.locator(".confirm").count() == 0
    desk.keyboard.press("F9")
    desk.keyboard.press("Enter")
    assert desk.evaluate("window.done") == 1


def test_nothing_happens_while_telex_composes(desk: Page) -> None:
    desk.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'F9', isComposing: true, bubbles: true}));"
        "document.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'F9', keyCode: 229, bubbles: true}))"
    )

    assert desk.locator(".confirm").count() == 0


def test_ctrl_k_searches_and_enter_opens(desk: Page) -> None:
    desk.keyboard.press("Control+k")
    desk.locator("#command:focus").wait_for()
    desk.keyboard.type("hlen")
    options = desk.locator("#command-list [role=option]")
    options.first.wait_for()
    desk.keyboard.press("ArrowDown")

    assert desk.locator("#command").get_attribute("aria-activedescendant") == "command-1-1"
    desk.keyboard.press("Enter")
    assert desk.url.endswith("#command-show")


def test_the_command_bar_says_when_nothing_fits(desk: Page) -> None:
    desk.keyboard.press("Control+k")
    desk.locator("#command:focus").wait_for()
    desk.keyboard.type("khong co ai")
    desk.locator("#command-list").get_by_text("Không có hồ sơ hay lệnh nào khớp").wait_for()
    desk.keyboard.press("Escape")

    assert desk.locator("#command-list").is_hidden()


def test_ctrl_enter_adds_a_line_and_enter_goes_to_the_next_field(desk: Page) -> None:
    desk.locator("#id_giay-1-copies").focus()
    desk.keyboard.press("Control+Enter")
    assert desk.evaluate("document.activeElement.id") == "id_giay-2-paper"
    assert desk.locator("[name=giay-TOTAL_FORMS]").input_value() == "3"

    desk.keyboard.type("Giấy khai sinh")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "id_giay-2-pages"
    assert desk.locator("[name=giay-TOTAL_FORMS]").input_value() == "3"


def test_a_scanned_card_goes_where_it_belongs_from_any_field(desk: Page) -> None:
    desk.locator("#id_giay-0-paper").focus()
    desk.keyboard.press("End")
    desk.evaluate("document.querySelector('#id_giay-0-paper').value = ''")
    desk.keyboard.insert_text(CARD)
    desk.keyboard.press("Enter")

    assert desk.locator("#id_citizen_id").first.input_value() == CARD
    assert desk.locator("#id_giay-0-paper").input_value() == "Bằng tốt nghiệp THPT"


def test_a_file_that_is_too_big_is_refused_before_it_is_sent(opened: Any, tmp_path: Path) -> None:
    page = opened("/docs/design")
    field = page.locator("#id_photo")
    good, bad = tmp_path / "trang-1.jpg", tmp_path / "qua-to.jpg"
    good.write_bytes(b"x")
    bad.write_bytes(b"x")
    page.evaluate("document.querySelector('#id_photo').dataset.maxBytes = 10")
    bad.write_bytes(b"x" * 11)

    field.set_input_files(bad)
    assert "Tệp lớn hơn 21,0 MB" in page.locator("#id_photo_size").inner_text()
    assert page.locator("#form .file__name").first.inner_text() == "Chưa chọn tệp nào"
    field.set_input_files(good)
    assert page.locator("#id_photo_size").count() == 0
    assert page.locator("#form .file__name").first.inner_text() == "trang-1.jpg"


def test_the_file_button_shows_the_focus_of_its_field(opened: Any) -> None:
    page = opened("/docs/design")
    page.locator("#id_read_back").focus()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.id") == "id_photo"
    outline = page.evaluate(
        "getComputedStyle(document.querySelector('label.file__button')).outline"
    )
    assert "3px" in outline


def test_at_320_px_the_bar_is_a_menu(opened: Any) -> None:
    page = opened("/docs/design/desk", 320)

    assert page.locator("#bar-nav").is_hidden()
    page.get_by_role("button", name="Danh mục", exact=True).click()
    assert page.locator("#bar-nav").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#bar-nav").is_hidden()


def test_every_page_reads_without_javascript(opened: Any) -> None:
    page = opened("/docs/design", java_script_enabled=False)

    assert page.locator("#id_photo").is_visible()
    assert page.get_by_text("Chọn các tệp").is_visible()


def test_a_form_is_sent_once(desk: Page) -> None:
    sent = desk.evaluate(
        """() => {
            const form = document.querySelector('#form form');
            let count = 0;
            form.addEventListener('submit', (e) => { count += 1; });
            document.addEventListener('submit', (e) => { if (e.defaultPrevented) count -= 1; e.preventDefault(); });
            form.requestSubmit(); form.requestSubmit(); form.requestSubmit();
            return count;
        }"""
    )
    assert sent == 1
