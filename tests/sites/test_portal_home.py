"""The first page: open or closed in words, the way to procedures and dossiers, one honest figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from tests.cast import EA_PHE, KRONG_PAC
from tests.sites.portal_visit import *  # noqa: F403 - fixtures
from tests.sites.portal_visit import on, page_of, says

from vidan.authorities.models import Closure, Unit
from vidan.dossiers.models import Dossier
from vidan.people.models import User

Clock = Callable[[datetime], None]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (on(23, 6, 30), "Mở cửa lúc 07:00 Hôm nay làm việc 07:00 đến 11:30, 13:30 đến 17:00."),
        (on(23, 9), "Mở cửa đến 11:30 Mở tiếp 13:30 đến 17:00."),
        (on(23, 11, 30), "Đang nghỉ trưa, mở lại 13:30 Làm việc đến 17:00."),
        (on(23, 16, 59), "Mở cửa đến 17:00"),
        (on(23, 17), "Hôm nay đã đóng cửa Mở lại 07:00 thứ Tư 25/11."),
        (on(24, 9), "Hôm nay nghỉ Ngày Văn hóa Việt Nam Mở lại 07:00 mai, thứ Tư 25/11."),
        (on(28, 9), "Hôm nay nghỉ hằng tuần Mở lại 07:00 thứ Hai 30/11."),
        (on(31, 18, month=12), "chưa biết ngày mở lại"),
        (on(5, 9, month=1, year=2027), "Chưa có lịch làm việc năm 2027 Xin hỏi trước khi đến."),
    ],
)
def test_whether_the_counter_is_open(
    open_counter: Unit, office_clock: Clock, moment: datetime, words: str
) -> None:
    office_clock(moment)

    assert words in page_of("/")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (on(23, 9), "Mai, thứ Ba 24/11, nghỉ Ngày Văn hóa Việt Nam. Mở lại 07:00 thứ Tư 25/11."),
        (on(27, 9), "Mai, thứ Bảy 28/11 và Chủ nhật 29/11, nghỉ hằng tuần."),
        (on(12, 9, month=2), "Từ thứ Bảy 14/02 đến Chủ nhật 22/02, nghỉ Tết Nguyên đán."),
    ],
)
def test_the_next_days_off_are_announced(
    open_counter: Unit, office_clock: Clock, moment: datetime, words: str
) -> None:
    office_clock(moment)

    assert words in page_of("/")


def test_a_closure_of_the_unit_is_announced_with_its_reason(
    open_counter: Unit, anh: User, office_clock: Clock
) -> None:
    office_clock(on(25, 9))
    Closure.objects.create(
        unit=open_counter,
        first=on(26, 0).date(),
        last=on(26, 0).date(),
        reason="nghỉ vì mất điện cả ngày",
    )

    assert "Mai, thứ Năm 26/11, nghỉ vì mất điện cả ngày. Mở lại 07:00" in page_of("/")


def test_the_sheet_carries_the_lunar_date(open_counter: Unit) -> None:
    assert "Tháng 11 · 2026 23 Thứ Hai 15/10 âm lịch" in page_of("/")


def test_what_is_offered_here_is_linked_and_nothing_else(open_counter: Unit) -> None:
    answer = Client().get("/")

    assert answer.content.count(b"/thu-tuc/2.000815/") == 1
    assert "Mang bản chính giấy tờ, văn bản cần sao. Nộp chậm nhất 15:00" in says(answer)


def test_every_link_of_the_page_leads_somewhere(open_counter: Unit) -> None:
    import re

    visitor = Client()
    links = set(re.findall(r'href="(/[^"#?]*)', visitor.get("/").content.decode()))

    assert {link: visitor.get(link).status_code for link in links if "/static/" not in link} == {
        "/": 200,
        "/theo-doi/": 200,
        "/thu-tuc/": 200,
        "/thu-tuc/2.000815/": 200,
        "/lich-lam-viec/": 200,
        "/can-bo/": 302,
    }


def test_without_dossiers_there_is_no_figure(open_counter: Unit) -> None:
    page = page_of("/")

    assert "Từ đầu tháng 11 chưa có hồ sơ nào đến hẹn." in page
    assert " trên 0" not in page


def test_kept_promises_are_counted_with_what_they_are_counted_from(
    received: Callable[..., Dossier], move: Callable[..., Dossier], office_clock: Clock
) -> None:
    move(received(on(20, 8)), "issue", at=on(20, 10))
    received(on(20, 9))
    received(on(23, 8))
    office_clock(on(23, 9))

    page = page_of("/")

    assert "1 trên 2 hồ sơ đến hẹn từ đầu tháng 11 đến nay" in page
    assert "1 hồ sơ trễ hẹn." in page


def test_with_two_offices_there_is_a_choice_that_is_remembered(
    open_counter: Unit, minh: User
) -> None:
    visitor = Client()
    choice = says(visitor.get("/"))
    assert "Xã Ea Phê, tỉnh Đắk Lắk" in choice
    assert "Xã Krông Pắc, tỉnh Đắk Lắk" in choice

    visitor.get(f"/don-vi/{KRONG_PAC}/")

    assert "Ủy ban nhân dân xã Krông Pắc" in says(visitor.get("/"))
    assert "xã Krông Pắc, tỉnh Đắk Lắk" in says(visitor.get("/thu-tuc/2.000815/"))
    assert "Chọn xã, phường khác" in says(visitor.get("/"))


def test_the_installation_may_name_its_office(
    open_counter: Unit, minh: User, settings: Any
) -> None:
    settings.VIDAN_PORTAL_UNIT = EA_PHE

    assert "Ủy ban nhân dân xã Ea Phê" in page_of("/")


def test_a_mistyped_office_of_the_installation_breaks_nothing(
    open_counter: Unit, minh: User, settings: Any
) -> None:
    settings.VIDAN_PORTAL_UNIT = "H15.9999"

    assert "Ông/bà nộp ở đâu?" in page_of("/")


def test_without_any_counter_the_page_says_so(db: None) -> None:
    assert "Chưa có quầy nào nhận hồ sơ trên hệ thống này." in page_of("/")


@pytest.mark.parametrize("code", ["H15.159", "H99.999", "khong-co", "H15"])
def test_an_office_without_a_counter_has_no_page(open_counter: Unit, code: str) -> None:
    assert Client().get(f"/don-vi/{code}/").status_code == 404


def test_a_reader_may_change_the_language_without_a_token(open_counter: Unit) -> None:
    visitor = Client(enforce_csrf_checks=True)

    answer = visitor.post("/ngon-ngu/", {"language": "en", "next": "/lich-lam-viec/"})

    assert (answer.status_code, answer["Location"]) == (302, "/lich-lam-viec/")
    assert b'<html lang="en"' in visitor.get("/").content


def test_the_language_switch_leads_to_no_other_site(open_counter: Unit) -> None:
    answer = Client().post("/ngon-ngu/", {"language": "en", "next": "https://example.org/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    "path", ["/", "/don-vi/", f"/don-vi/{EA_PHE}/", "/thu-tuc/?q=photo", "/lich-lam-viec/"]
)
def test_few_queries(
    open_counter: Unit, minh: User, path: str, django_assert_max_num_queries: Any
) -> None:
    visitor = Client()
    visitor.cookies["vidan_unit"] = EA_PHE
    with django_assert_max_num_queries(8):
        assert visitor.get(path).status_code == 200
