"""Signing in and running a unit in a real Chromium: keyboard, security key, axe, two widths.

With ``VIDAN_SCREENSHOTS=folder`` every page looked at is also kept as a picture.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cast import MONDAY, PASSWORD

import vidan
from vidan.people import access, actions
from vidan.people.actions import PersonData
from vidan.people.rules.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BUILT = Path(vidan.__file__).parent / "built"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = os.environ.get("VIDAN_SCREENSHOTS", "")
WIDTHS = (320, 1280)


@pytest.fixture
def window(browser: Any, live_server: Any, settings: Any) -> Iterator[Any]:
    """One window; what its console complains of fails the test."""
    settings.VIDAN_SECOND_FACTOR = "offered"
    complaints: list[str] = []
    context = browser.new_context(
        locale="vi-VN", base_url=live_server.url.replace("[::1]", "localhost")
    )
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    yield page
    context.close()
    # A refusal with its own status is no fault of the page.
    expected = ("status of 403", "status of 422", "status of 429")
    assert [one for one in complaints if not any(code in one for code in expected)] == []


def look(page: Any, name: str) -> None:
    """No sideways scrolling, nothing for axe to find, at both widths."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.fonts.ready.then(() => true)")
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}_{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.evaluate((BUILT / "test" / "axe.min.js").read_text("utf-8"))
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        problems = [(one["id"], [n["html"] for n in one["nodes"]]) for one in found["violations"]]
        assert problems == [], name


def enter(page: Any, username: str, where: str = "/tai-khoan/") -> None:
    """With the keyboard alone: the field has the focus already."""
    page.goto(f"/dang-nhap/?next={where}")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.locator("input[type=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def confirm(page: Any) -> None:
    page.goto("/tai-khoan/xac-nhan-lai/?next=/tai-khoan/")
    page.locator("input[type=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_door(window: Any, anh: Any, tuan: Any, ea_phe: Any) -> None:
    window.goto("/dang-nhap/")
    look(window, "sign_in")
    window.get_by_label("Tên đăng nhập").fill("anh")
    window.get_by_label("Mật khẩu").fill("sai mật khẩu này rồi")
    window.keyboard.press("Enter")
    window.get_by_role("alert").wait_for()
    look(window, "sign_in_refused")
    for _each in range(4):
        window.get_by_label("Mật khẩu").fill("sai mật khẩu này rồi")
        with window.expect_navigation():
            window.keyboard.press("Enter")
    window.get_by_role("heading", name="Tạm khóa đăng nhập").wait_for()
    look(window, "locked_out")


def test_a_first_password_is_changed_at_once(window: Any, tuan: Any, ea_phe: Any) -> None:
    from vidan.kernel import clock

    hired = actions.hire(
        by=tuan, unit=ea_phe, role=Role.RECEPTIONIST, username="hoa",
        full_name="Cao Thị Hoa", at=clock.now(),
    )  # fmt: skip
    window.goto("/dang-nhap/")
    window.keyboard.type("hoa")
    window.keyboard.press("Tab")
    window.keyboard.type(hired.first_password)
    window.keyboard.press("Enter")
    window.get_by_role("heading", name="Đổi mật khẩu").wait_for()
    look(window, "first_password")
    window.get_by_label("Mật khẩu đang dùng").fill(hired.first_password)
    window.get_by_label("Mật khẩu mới").fill("ngắn")
    window.keyboard.press("Enter")
    window.get_by_role("alert").wait_for()
    look(window, "first_password_refused")


def test_ones_own_account_and_a_security_key(window: Any, phuc: Any) -> None:
    """Chromium's own virtual key goes through the whole ceremony under our content policy."""
    enter(window, "phuc")
    window.goto("/tai-khoan/")
    look(window, "account")
    window.goto("/tai-khoan/phien/")
    look(window, "sessions")
    confirm(window)
    window.goto("/tai-khoan/hai-buoc/ung-dung/bat/")
    look(window, "app")
    session = window.context.new_cdp_session(window)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "usb", "hasResidentKey": False,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    window.goto("/tai-khoan/hai-buoc/khoa/them/")
    look(window, "add_key")
    window.get_by_role("button", name="Thêm").click()
    window.wait_for_url("**/ma-du-phong/")
    look(window, "recovery_codes")
    window.goto("/tai-khoan/hai-buoc/")
    window.get_by_text("Khóa 1").first.wait_for()
    look(window, "second_factor")
    window.goto("/dang-xuat/")
    with window.expect_navigation():
        window.get_by_role("button", name="Đăng xuất").last.click()
    enter(window, "phuc")
    window.get_by_role("heading", name="Bước hai: mã xác nhận").wait_for()
    look(window, "second_step")
    window.get_by_role("button", name="Dùng khóa bảo mật").click()
    window.wait_for_url("**/tai-khoan/")


def test_running_a_unit(window: Any, cast: Any, ea_phe: Any) -> None:
    tuan, phuc, huong, anh = (cast[name] for name in ("tuan", "phuc", "huong", "anh"))
    actions.delegate(
        by=phuc, post_id=phuc.posts.get().pk, to_id=huong.pk, document="12/GUQ-UBND",
        valid_from=MONDAY, valid_to=MONDAY + timedelta(days=365), at=MONDAY,
    )  # fmt: skip
    actions.give_post(
        by=tuan, user_id=anh.pk, unit=ea_phe, role=Role.CASHIER, place="quầy 2", at=MONDAY,
        confirmed=True,
    )  # fmt: skip
    enter(window, "tuan", "/quan-ly/nhan-su/")
    window.get_by_role("heading", name="Nhân sự").wait_for()
    look(window, "staff")
    confirm(window)
    window.goto("/quan-ly/nhan-su/them/")
    look(window, "hire")
    window.get_by_label("Họ và tên").fill("Cao Thị Hoa")
    window.get_by_label("Tên đăng nhập").fill("anh")
    window.get_by_label("Vai trò").select_option("receptionist")
    window.get_by_role("button", name="Mở tài khoản").click()
    window.get_by_role("alert").wait_for()
    look(window, "hire_refused")
    window.get_by_label("Tên đăng nhập").fill("hoa")
    window.get_by_role("button", name="Mở tài khoản").click()
    window.get_by_role("heading", name="Đã mở tài khoản").wait_for()
    look(window, "hired")
    window.goto(f"/quan-ly/nhan-su/{anh.pk}/")
    look(window, "member")
    window.goto("/quan-ly/ai-da-xem/")
    look(window, "forbidden")


def test_delegation_and_who_looked(window: Any, cast: Any, ea_phe: Any) -> None:
    phuc, huong, anh = (cast[name] for name in ("phuc", "huong", "anh"))
    actions.delegate(
        by=phuc, post_id=phuc.posts.get().pk, to_id=huong.pk, document="12/GUQ-UBND",
        valid_from=MONDAY, valid_to=MONDAY + timedelta(days=365), at=MONDAY,
    )  # fmt: skip
    person = actions.register_person(
        PersonData(full_name="H’Len Êban", citizen_id="066187000012"),
        officer=anh, unit=ea_phe, at=MONDAY,
    )  # fmt: skip
    access.search_persons(anh, "066187000012", at=MONDAY)
    access.person_for(huong, person.pk, at=MONDAY, purpose="dossier", about="H15.158-261123-0001")
    enter(window, "phuc")
    window.goto("/quan-ly/uy-quyen/")
    look(window, "delegations")
    window.goto("/quan-ly/ai-da-xem/")
    window.get_by_label("Số căn cước hoặc mã hồ sơ").fill("066187000012")
    window.keyboard.press("Enter")
    window.get_by_text("Lê Thị Ngọc Ánh").wait_for()
    look(window, "who_looked")
