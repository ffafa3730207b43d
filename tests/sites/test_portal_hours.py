"""Opening hours of the week and the days off to come, with the notices they rest on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tests.sites.portal_visit import *  # noqa: F403 - fixtures
from tests.sites.portal_visit import on, page_of

from vidan.authorities.actions import adopt_provisional_year
from vidan.authorities.models import Unit
from vidan.kernel.ledger import By
from vidan.people.models import User

PAGE = "/lich-lam-viec/"
Clock = Callable[[datetime], None]


def test_the_week_day_by_day(open_counter: Unit) -> None:
    page = page_of(PAGE)

    assert "Thứ Hai 23/11 · hôm nay 07:00 đến 11:30, 13:30 đến 17:00" in page
    assert "Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam" in page
    assert "Chủ nhật 29/11 nghỉ hằng tuần" in page


def test_the_days_off_to_come_with_their_notices(open_counter: Unit, office_clock: Clock) -> None:
    office_clock(on(20, 9, month=8))

    page = page_of(PAGE)

    assert "Từ thứ Bảy 29/08 đến thứ Tư 02/09" in page
    assert "nghỉ hoán đổi, làm bù thứ Bảy 22/08, nghỉ Quốc khánh." in page
    assert "Thứ Bảy 22/08 làm việc 07:00 đến 11:30, 13:30 đến 17:00." in page
    assert "Lịch nghỉ năm 2026 theo thông báo số 12729/VPCP-KGVX, 9441/TB-BNV" in page


def test_a_year_without_a_notice_is_named(open_counter: Unit) -> None:
    assert "Chưa có thông báo nghỉ lễ năm 2027." in page_of(PAGE)


def test_the_first_week_of_an_unknown_year(open_counter: Unit, office_clock: Clock) -> None:
    office_clock(on(31, 9, month=12))

    page = page_of(PAGE)

    assert "Thứ Năm 31/12 · hôm nay 07:00" in page
    assert "Thứ Sáu 01/01 chưa có lịch nghỉ năm 2027" in page


def test_a_year_adopted_provisionally_is_shown_and_said_to_be_so(
    open_counter: Unit, dak_lak: Unit, office_clock: Clock
) -> None:
    office_clock(on(31, 9, month=12))
    adopt_provisional_year(dak_lak, 2027, by=By(), at=on(31, 9, month=12))

    page = page_of(PAGE)

    assert "Thứ Sáu 01/01 nghỉ Tết Dương lịch (lịch tạm tính)" in page
    assert "Từ thứ Sáu 05/02/2027 đến thứ Năm 11/02/2027" in page
    assert "Chưa có thông báo nghỉ lễ năm 2027. Ngày nghỉ của năm đó ở đây là tạm tính" in page
    assert "hiện ở đây khi có thông báo" not in page


def test_where_there_are_several_offices_it_asks_which(open_counter: Unit, minh: User) -> None:
    assert "Của nơi nào?" in page_of(PAGE)
    assert "Tuần này" in page_of(PAGE, **{"don-vi": "H15.158"})
