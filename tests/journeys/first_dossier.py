"""The story of one dossier, told by the people who do it, whatever their hands are."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from tests.cast import PASSWORD
from tests.journeys.hands import Hands

if TYPE_CHECKING:
    from playwright.sync_api import Page

REASON = "Học bạ thiếu trang 12, sao lại cho đủ."
PAPERS = (("Bằng tốt nghiệp THPT", "1", "3"), ("Học bạ THPT", "12", "2"))
"""3 × (1 × 2.000) + 2 × (2 × 2.000 + 10 × 1.000) = 34.000 đ."""


@dataclass
class Officer:
    """Somebody at a window: the page, the hands, and whether scripts run."""

    page: Page
    hands: Hands
    scripts: bool = True

    def look(self, step: str) -> None:
        self.page.vidan_eye.look(step)  # type: ignore[attr-defined]

    def button(self, name: str, **more: Any) -> Any:
        return self.page.get_by_role("button", name=name, **more)

    def link(self, name: str, **more: Any) -> Any:
        return self.page.get_by_role("link", name=name, **more)

    def says(self, text: str) -> None:
        """The page shows this text."""
        self.page.get_by_text(text).first.wait_for()

    def sign_in(self, address: str, login: str) -> None:
        self.page.goto(f"{address}/dang-nhap/")
        self.hands.write(self.page.locator("[name=login]"), login)
        self.hands.write(self.page.locator("[name=password]"), PASSWORD)
        self.look("dang-nhap")
        self.hands.send(self.button("Đăng nhập", exact=True))
        self.page.wait_for_url("**/can-bo/")
        self.look("viec-cua-toi")

    def confirm(self, sentence: str) -> None:
        """The sentence before what cannot be undone; without scripts the button itself is it."""
        if not self.scripts:
            return
        self.page.locator(".confirm").get_by_text(sentence).wait_for()
        self.look("hoi-lai")
        self.hands.press(self.button("Đồng ý"), "Enter")

    def go(self, label: str, path: str) -> None:
        """By the bar; on a narrow screen the bar is a menu."""
        where = self.page.locator("#bar-nav").get_by_role("link", name=label, exact=True)
        menu = self.button("Danh mục", exact=True)
        if menu.is_visible():
            self.hands.press(menu)
        self.hands.press(where)
        self.page.wait_for_url(f"**{path}")

    def open_row(self, code: str) -> None:
        self.hands.press(self.page.locator(f"[data-row-link][href*='{code}']"))
        self.page.wait_for_url(f"**/ho-so/{code}/**")


def choose_person(anh: Officer) -> None:
    """H’Len Êban, born 1987, not her namesake of 1994: found by what an officer types."""
    page, hands = anh.page, anh.hands
    hands.write(page.locator("#p-find"), "hlen eban")
    hands.send(anh.button("Tìm", exact=True).last)
    anh.says("2 người khớp")
    anh.look("tim-nguoi")
    hands.press(anh.button("sinh 14/03/1987"))
    page.locator(".person").get_by_text("H’Len Êban").wait_for()
    anh.look("chon-nguoi")


def write_paper(anh: Officer, place: int, paper: tuple[str, str, str]) -> None:
    label, pages, copies = paper
    line = f"#id_lines-{place}"
    anh.hands.tick(anh.page.locator(f"{line}-shown"))
    anh.hands.write(anh.page.locator(f"{line}-label"), label)
    anh.hands.write(anh.page.locator(f"{line}-pages"), pages)
    anh.hands.write(anh.page.locator(f"{line}-copies"), copies)


def receive(anh: Officer) -> str:
    """From "who is here?" to the slip; the code of the new dossier."""
    page = anh.page
    anh.hands.press(anh.link("Tiếp nhận hồ sơ mới"), "F2" if anh.scripts else "")
    page.wait_for_url("**/tiep-nhan/")
    anh.look("tiep-nhan")
    choose_person(anh)
    write_paper(anh, 0, PAPERS[0])
    anh.hands.press(anh.button("Thêm giấy tờ"), "Control+Enter" if anh.scripts else "")
    page.locator("#id_lines-1-label").wait_for()
    write_paper(anh, 1, PAPERS[1])
    if not anh.scripts:
        anh.hands.press(anh.button("Tính tiền và ngày hẹn"))
    side = page.locator("#intake-side-live")
    side.get_by_text("34.000 đ").first.wait_for()
    side.get_by_text("17:00 thứ Hai 23/11/2026").first.wait_for()
    anh.look("tien-va-ngay-hen")
    anh.hands.press(anh.button("Tiếp nhận và in phiếu"), "F9" if anh.scripts else "")
    page.wait_for_url("**/in/")
    anh.says("Đã thu tiền, biên lai số")
    anh.look("phieu")
    found = re.search(r"/ho-so/(H15\.158-\d{6}-\d{4})/in/", page.url)
    assert found is not None
    return found.group(1)


def read_slip(anh: Officer) -> tuple[str, str]:
    """What is printed on the slip: the sheet is on the screen, the PDF opens; (text, secret)."""
    page = anh.page
    sheet = page.locator(".print-preview img").first
    sheet.scroll_into_view_if_needed()
    page.wait_for_function(
        "node => node.complete && node.naturalWidth > 900", arg=sheet.element_handle()
    )
    opened = anh.link("Mở bản in")
    with page.context.expect_page() as other:
        anh.hands.press(opened, "F8" if anh.scripts else "")
    other.value.close()
    answer = page.request.get(opened.evaluate("node => node.href"))
    assert answer.headers["content-type"] == "application/pdf"
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)
    found = re.search(r"6 ký tự tra cứu\s+(\w{3} ?\w{3})\b", text)
    assert found is not None, text
    return text, found.group(1)
