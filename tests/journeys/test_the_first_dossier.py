"""A certified copy from intake to return, in Chromium: by mouse, by keys, on a phone, scriptless."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys import first_dossier as story
from tests.journeys.conftest import Office, Windows
from tests.journeys.first_dossier import REASON, Officer
from tests.journeys.hands import Keyboard, MakeHands, Mouse

from vidan.dossiers.models import Dossier
from vidan.payments import queries as bills
from vidan.people.models import ReadLog

pytestmark = pytest.mark.browser

WAYS = [
    pytest.param(Mouse, 1280, {}, id="mouse"),
    pytest.param(Keyboard, 1280, {}, id="keyboard"),
    pytest.param(Mouse, 320, {}, id="narrow"),
    pytest.param(Mouse, 1280, {"java_script_enabled": False}, id="no-scripts"),
]


@pytest.mark.parametrize(("make_hands", "width", "options"), WAYS)
def test_a_certified_copy_goes_from_intake_to_return(
    office: Office, window: Windows, make_hands: MakeHands, width: int, options: dict[str, Any]
) -> None:
    scripts = options.get("java_script_enabled", True)
    way = f"{make_hands.__name__}-{width}{'' if scripts else '-noscript'}"  # type: ignore[attr-defined]

    def officer(name: str) -> Officer:
        page = window(f"{way}-{name}", width, **options)
        return Officer(page, make_hands(page), scripts)

    def at_work(login: str) -> Officer:
        one = officer(login)
        one.sign_in(office.address, login)
        return one

    citizen = officer("citizen")
    anh = at_work("anh")
    code = story.receive(anh)
    text, secret = story.read_slip(anh)
    assert code in text
    assert "H’Len Êban" in text

    follow(citizen, office, code, secret)
    citizen.says("Mời ông/bà đến nhận")
    citizen.look("theo-doi-truoc")

    huong = at_work("huong")
    propose(huong, code)
    phuc = at_work("phuc")
    send_back(phuc, code)
    see_why_and_propose_again(huong, code)
    approve(phuc, code)
    issue(huong, code)

    khai = at_work("khai")
    hand_over(khai, code, secret)

    follow(citizen, office, code, secret)
    citizen.says("Đã trao kết quả")
    citizen.look("theo-doi-sau")

    money_is_right(code)
    readings_are_noted(office, code)


def follow(citizen: Officer, office: Office, code: str, secret: str) -> None:
    """The person at home, with nothing but the slip."""
    citizen.page.goto(f"{office.address}/theo-doi/")
    citizen.hands.write(citizen.page.locator("[name=ma]"), code.lower())
    citizen.hands.write(citizen.page.locator("[name=khoa]"), secret)
    citizen.hands.send(citizen.button("Xem hồ sơ"))
    citizen.says(code)
    citizen.page.get_by_text("34.000 đ").first.wait_for()
    assert "Len Êban" not in citizen.page.content()


def do(officer: Officer, label: str, said: str, key: str = "F9") -> None:
    """The verb's button on the dossier's page, and the page's answer."""
    officer.hands.press(
        officer.page.locator(".dossier__doing").get_by_role("button", name=label),
        key if officer.scripts else "",
    )
    if said:
        officer.says(said)


def propose(huong: Officer, code: str) -> None:
    huong.open_row(code)
    huong.look("ho-so-moi")
    do(huong, "Nhận xử lý", f"Đã nhận xử lý {code}.")
    huong.look("da-nhan")
    do(huong, "Trình lãnh đạo ký", f"Đã trình lãnh đạo {code}.")
    huong.look("da-trinh")


def send_back(phuc: Officer, code: str) -> None:
    phuc.open_row(code)
    phuc.look("cho-ky")
    doing = phuc.page.locator(".dossier__doing")
    phuc.hands.press(
        doing.get_by_role("link", name="Trả lại, kèm lý do"), "F4" if phuc.scripts else ""
    )
    phuc.page.wait_for_url("**/tra-lai/")
    phuc.hands.press(phuc.button("Trả lại", exact=False).last, "F9" if phuc.scripts else "")
    phuc.page.locator(".govuk-error-summary").wait_for()
    phuc.look("thieu-ly-do")
    phuc.hands.write(phuc.page.locator("#reason"), REASON)
    phuc.look("ly-do")
    phuc.hands.press(phuc.button("Trả lại").last, "F9" if phuc.scripts else "")
    phuc.says(f"Đã trả lại {code} kèm lý do.")
    phuc.look("da-tra-lai")


def see_why_and_propose_again(huong: Officer, code: str) -> None:
    huong.go("Việc của tôi", "/can-bo/")
    huong.says("bị trả lại")
    huong.look("bi-tra-lai")
    huong.open_row(code)
    huong.says(REASON)
    huong.look("ly-do-tra-lai")
    do(huong, "Trình lãnh đạo ký", f"Đã trình lãnh đạo {code}.")


def approve(phuc: Officer, code: str) -> None:
    phuc.page.reload()
    phuc.open_row(code)
    do(phuc, "Đã ký, chuyển đóng dấu", "")
    phuc.confirm("Ký các bản sao này?")
    phuc.says(f"Đã ký {code}")
    phuc.look("da-ky")


def issue(huong: Officer, code: str) -> None:
    huong.go("Việc của tôi", "/can-bo/")
    huong.open_row(code)
    do(huong, "Vào sổ, đóng dấu, chuyển trả", "")
    huong.confirm("Số đã cấp không dùng lại.")
    huong.says(f"Đã vào sổ {code}")
    huong.look("da-vao-so")


def hand_over(khai: Officer, code: str, secret: str) -> None:
    """Somebody comes with the slip: found by the code on it, known by its six characters."""
    khai.go("Trả kết quả", "/tra-ket-qua/")
    khai.hands.write(khai.page.locator("#q"), code)
    khai.hands.send(khai.button("Tìm", exact=True).last)
    khai.page.wait_for_url("**/tra-ket-qua/?q=*")
    khai.look("tra-ket-qua")
    khai.open_row(code)
    khai.hands.write(khai.page.locator("#id_secret"), "AAAAAA")
    give(khai)
    khai.page.locator(".govuk-error-summary").wait_for()
    khai.look("sai-ky-tu")
    khai.page.locator("#id_secret").fill("")
    khai.hands.write(khai.page.locator("#id_secret"), secret.lower())
    give(khai)
    khai.says(f"Đã trả kết quả {code}.")
    khai.look("da-trao")


def give(khai: Officer) -> None:
    """The step that cannot be undone asks once."""
    khai.hands.press(khai.button("Đã trao kết quả"), "F9" if khai.scripts else "")
    if khai.scripts:
        khai.confirm("Kết quả đã nằm trong tay người nhận?")


def money_is_right(code: str) -> None:
    dossier = Dossier.objects.get(code=code)
    bill = bills.bill_of(dossier)
    assert (dossier.fee_due, dossier.fee_paid, bill.total) == (34_000, 34_000, 34_000)
    assert [line.amount for line in bill.lines] == [6_000, 28_000]
    assert bill.receipt is not None


def readings_are_noted(office: Office, code: str) -> None:
    """Everybody who saw her record left a line; nobody else did."""
    lines = ReadLog.objects.filter(person=office.hlen)
    readers = {line.reader.username for line in lines.filter(about=code)}
    assert readers == {"anh", "huong", "phuc", "khai"}
    doors = set(lines.filter(reader=office.staff["anh"]).values_list("door", flat=True))
    assert {"search-name", "record", "dossier"} <= doors
