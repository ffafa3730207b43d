"""Every page of the desk in its states, and the first look at all the others' pages.

What only the account, the administration and the portal show is looked at beside their own tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.journeys.conftest import Office, Windows
from tests.journeys.hands import LOOK
from tests.journeys.inspection import inspect
from tests.office import BroughtTo, Received

from vidan.dossiers import actions
from vidan.dossiers.rules.lifecycle import Step

pytestmark = pytest.mark.browser

DeskOf = Callable[..., Any]
STEPS = (Step.QUEUED, Step.CHECKING, Step.SIGNING, Step.ISSUING, Step.READY, Step.RETURNED)


@dataclass
class Round:
    """Going from page to page; what is wrong is told at the end, all of it."""

    page: Any
    address: str
    wrong: list[str] = field(default_factory=list)

    def visit(self, path: str, name: str = "", status: int = 200) -> Any:
        answer = self.page.goto(self.address + path)
        if answer.status != status:
            self.wrong.append(f"{path}: {answer.status}")
        self.see(name or path.strip("/").replace("/", "-") or "trang-dau")
        return self.page

    def see(self, name: str) -> None:
        self.wrong += inspect(self.page, name)


@pytest.fixture
def rounds(office: Office, desk_of: DeskOf, window: Windows) -> Iterator[Callable[..., Round]]:
    """Starts somebody's round; ``None`` is a citizen."""
    begun: list[Round] = []

    def begin(who: str | None) -> Round:
        page = desk_of(who) if who else window("citizen")
        begun.append(Round(page, office.address))
        return begun[-1]

    yield begin
    assert [one for each in begun for one in each.wrong] == []


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).last.click()


def test_the_intake(rounds: Any) -> None:
    anh = rounds("anh")
    page = anh.visit("/can-bo/tiep-nhan/", "tiep-nhan")
    page.locator("#p-find").fill("khong ai ca")
    page.keyboard.press("Enter")
    page.get_by_text("Chưa từng đến đây").wait_for()
    anh.see("khong-tim-thay")
    page.locator("#p-find").fill("hlen eban")
    page.keyboard.press("Enter")
    page.get_by_text("2 người khớp").wait_for()
    anh.see("tim-thay")
    press(page, "Ghi người mới")
    page.locator("#id_p-full_name").wait_for()
    anh.see("nguoi-moi")
    page.get_by_label("Tổ chức").check(force=True)
    page.locator("#g-find").wait_for()
    page.get_by_label("Bưu chính công ích").check(force=True)
    page.locator("#id_return_address").wait_for()
    page.locator("#id_agreed_days").select_option("1")
    page.locator("#id_agreed_ground").wait_for()
    anh.see("to-chuc-buu-chinh-hen-them")
    page.keyboard.press("F9")
    page.locator(".govuk-error-summary").wait_for()
    anh.see("moi-loi")


def test_the_cursor_is_never_hidden_on_the_longest_form(desk_of: DeskOf) -> None:
    """From the first Tab to the last, on a desk and on a phone."""
    for width in (1280, 320):
        page = desk_of("anh", "/can-bo/tiep-nhan/", width)
        page.get_by_text("Tiếp nhận và in phiếu").wait_for()
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        seen = set()
        for _stop in range(60):
            page.keyboard.press("Tab")
            here = page.evaluate("(document.activeElement.id || document.activeElement.outerHTML)")
            if here in seen:
                break
            seen.add(here)
            trouble = page.evaluate(LOOK)
            assert trouble == "", (width, trouble)
        assert len(seen) > 15


def test_the_lists(rounds: Any, brought_to: BroughtTo) -> None:
    for step in STEPS:
        brought_to(step)
    huong = rounds("huong")
    page = huong.visit("/can-bo/")
    page.locator("#peek h2, #peek .peek__name").first.wait_for()
    huong.see("xem-nhanh")
    huong.visit("/can-bo/?muc=qua-han", "khong-co-qua-han")
    huong.visit("/can-bo/ho-so/", "ho-so")
    huong.visit("/can-bo/ho-so/?q=hlen", "tim-ho-so")
    huong.visit("/can-bo/ho-so/?q=khong+co", "khong-co-ho-so")
    page.keyboard.press("Control+k")
    page.locator("#command:focus").wait_for()
    page.keyboard.type("hlen")
    page.locator("#command-list [role=option]").first.wait_for()
    huong.see("lenh")
    khai = rounds("khai")
    khai.visit("/can-bo/tra-ket-qua/", "tra-ket-qua")


def test_a_dossier_at_every_step(rounds: Any, office: Office, brought_to: BroughtTo) -> None:
    dossiers = {step: brought_to(step) for step in STEPS}
    unpaid = brought_to(Step.READY, paid=False)
    huong, phuc, khai = rounds("huong"), rounds("phuc"), rounds("khai")
    for step in (Step.CHECKING, Step.READY, Step.RETURNED):
        huong.visit(f"/can-bo/ho-so/{dossiers[step].code}/", f"ho-so-{step}")
    signing = dossiers[Step.SIGNING]
    page = phuc.visit(f"/can-bo/ho-so/{signing.code}/", "ho-so-cho-ky")
    page.keyboard.press("F9")
    page.locator(".confirm").wait_for()
    phuc.see("hoi-lai")
    phuc.visit(f"/can-bo/ho-so/{signing.code}/tra-lai/", "tra-lai")
    page.keyboard.press("F9")
    page.locator(".govuk-error-summary").wait_for()
    phuc.see("tra-lai-thieu-ly-do")
    actions.return_to_step(
        signing.code,
        officer=office.staff["phuc"],
        seen=signing.version,
        note="Thiếu trang 12.",
        at=signing.step_since,
    )
    huong.visit(f"/can-bo/ho-so/{signing.code}/", "ho-so-bi-tra-lai")
    page = khai.visit(f"/can-bo/ho-so/{dossiers[Step.READY].code}/trao/", "trao")
    page.keyboard.press("F9")
    page.keyboard.press("Enter")
    page.locator(".govuk-error-summary").wait_for()
    khai.see("trao-thieu-ky-tu")
    page.get_by_label("Phiếu giao nhận đã ký").check(force=True)
    khai.see("trao-phieu-da-ky")
    khai.visit(f"/can-bo/ho-so/{unpaid.code}/trao/", "trao-chua-thu")
    khai.visit(f"/can-bo/ho-so/{dossiers[Step.READY].code}/in/", "in")
    khai.visit(f"/can-bo/ho-so/{dossiers[Step.READY].code}/in/?to=giao-nhan", "in-giao-nhan")


def test_those_who_run_the_place(rounds: Any, brought_to: BroughtTo) -> None:
    brought_to(Step.RETURNED)
    tuan = rounds("tuan")
    tuan.visit("/quan-ly/nhan-su/")
    phuc = rounds("phuc")
    phuc.visit("/quan-ly/uy-quyen/")
    phuc.visit("/quan-ly/tong-quan/")
    bao = rounds("bao")
    bao.visit("/quan-ly/ai-da-xem/")
    bao.visit("/tai-khoan/")
    dang = rounds("dang")
    dang.visit("/van-hanh/")


def test_what_everybody_sees(rounds: Any, received: Received) -> None:
    dossier = received()
    citizen = rounds(None)
    for path in ("/", "/don-vi/", "/thu-tuc/", "/thu-tuc/2.000815/", "/lich-lam-viec/"):
        citizen.visit(path)
    citizen.visit("/thu-tuc/?q=photo+cong+chung", "tim-thu-tuc")
    page = citizen.visit("/theo-doi/")
    press(page, "Xem hồ sơ")
    page.locator(".govuk-error-summary").wait_for()
    citizen.see("theo-doi-loi")
    page.locator("[name=ma]").fill(dossier.code)
    page.locator("[name=khoa]").fill(dossier.secret)
    press(page, "Xem hồ sơ")
    page.get_by_text("Đã nhận hồ sơ").first.wait_for()
    citizen.see("theo-doi-ho-so")
    citizen.visit("/dang-nhap/")
    citizen.visit("/khong-co/", status=404)


def test_refusals_are_pages_too(rounds: Any, desk_of: DeskOf) -> None:
    khai = rounds("khai")
    khai.visit("/can-bo/tiep-nhan/", "vai-tro-khac", status=403)
    # A form from before somebody signed in elsewhere: its token is no longer known.
    page = khai.visit("/can-bo/ho-so/")
    page.context.clear_cookies(name="vidan_csrf")
    page.locator(".me summary").click()
    press(page, "Đăng xuất")
    page.get_by_text("Trang đã mở quá lâu").wait_for()
    khai.see("mo-qua-lau")


PAGES = (
    "/",
    "/don-vi/",
    "/thu-tuc/",
    "/thu-tuc/2.000815/",
    "/lich-lam-viec/",
    "/theo-doi/",
    "/can-bo/",
    "/can-bo/tiep-nhan/",
    "/can-bo/ho-so/",
    "/can-bo/ho-so/{code}/",
    "/can-bo/ho-so/{code}/in/",
    "/tai-khoan/",
    "/khong-co/",
    "/docs/design/",
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_says_which_language_it_speaks(
    office: Office, received: Received, desk_of: DeskOf, language: str
) -> None:
    page = desk_of("anh")
    page.context.add_cookies([{"name": "vidan_lang", "value": language, "url": office.address}])
    code = received().code
    spoken = {
        path: page.request.get(office.address + path.format(code=code)).text().split("<head", 1)[0]
        for path in PAGES
    }
    wrong = {path: head for path, head in spoken.items() if f'lang="{language}"' not in head}
    assert wrong == {}
