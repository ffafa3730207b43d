"""Finding a procedure, and knowing before coming: papers, time, money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import pytest
from django.test import Client
from tests.sites.portal_visit import *  # noqa: F403 - fixtures
from tests.sites.portal_visit import on, page_of

from vidan.authorities.actions import adopt_provisional_year
from vidan.authorities.models import Unit
from vidan.authorities.rules.calendar import Hours, WorkCalendar
from vidan.kernel.ledger import By
from vidan.people.models import User
from vidan.sites.portal.procedures import outlook

PAGE = "/thu-tuc/2.000815/"
Clock = Callable[[datetime], None]


@pytest.mark.parametrize("typed", ["photo công chứng", "sao y ban chinh", "2.000815", "CÔNG CHỨNG"])
def test_everyday_words_find_the_procedure(open_counter: Unit, typed: str) -> None:
    page = page_of("/thu-tuc/", q=typed)

    assert "1 thủ tục khớp" in page
    assert "Chứng thực bản sao từ bản chính" in page


def test_words_that_fit_nothing_say_so_and_are_kept(open_counter: Unit) -> None:
    answer = Client().get("/thu-tuc/", {"q": "<i>làm hộ chiếu</i>"})

    assert (
        "Chưa tìm thấy thủ tục nào khớp “&lt;i&gt;làm hộ chiếu&lt;/i&gt;”"
        in answer.content.decode()
    )
    assert 'value="&lt;i&gt;làm hộ chiếu&lt;/i&gt;"' in answer.content.decode()


def test_the_page_says_what_to_bring_how_long_how_much_and_who(open_counter: Unit) -> None:
    page = page_of(PAGE)

    assert "Mang theo Bản chính giấy tờ, văn bản cần sao" in page
    assert "Bao lâu Trong ngày nếu nộp chậm nhất 15:00" in page
    assert "Tiền 2.000 đ một trang, từ trang thứ 3 là 1.000 đ" in page
    assert "Ai đến Ai cầm bản chính cũng nộp được, không cần giấy ủy quyền" in page
    assert "Chỉ hai thứ trên." in page


def test_the_legal_name_and_basis_stand_below(open_counter: Unit) -> None:
    page = page_of(PAGE)

    assert "liên kết với cơ quan, tổ chức có thẩm quyền của nước ngoài cấp hoặc chứng nhận." in page
    assert "Thời hạn: 23/2015/NĐ-CP, Điều 7" in page
    assert "18/2026/NĐ-CP (chưa kiểm chứng)" in page
    assert "226/2016/TT-BTC (chưa" not in page


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (
            on(23, 14),
            "Nếu nộp hôm nay Thứ Hai 23 hôm nay Thứ Ba 24 nghỉ lễ Thứ Tư 25 trước 17:00 "
            "Nộp chậm nhất 15:00: nhận trước 17:00 hôm nay, 23/11. "
            "Nộp sau 15:00: nhận trước 17:00 thứ Tư 25/11. "
            "Mai, thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam.",
        ),
        (on(23, 15, 1), "trước 17:00 Nộp sau 15:00: nhận trước 17:00 thứ Tư 25/11."),
        (on(23, 17), "Nếu nộp thứ Tư 25/11 Hôm nay đã đóng cửa."),
        (on(24, 9), "Nộp chậm nhất 15:00: nhận trước 17:00 cùng ngày."),
        (
            on(27, 16),
            "nhận trước 17:00 thứ Hai 30/11. Mai, thứ Bảy 28/11 và Chủ nhật 29/11 nghỉ hằng tuần.",
        ),
        (on(31, 9, month=12), "Nộp sau 15:00: chưa tính được ngày, vì chưa có lịch nghỉ lễ năm"),
        (on(5, 9, month=1, year=2027), "Chưa có lịch nghỉ lễ năm 2027 nên chưa tính được ngày"),
    ],
)
def test_handing_in_now(
    open_counter: Unit, office_clock: Clock, moment: datetime, said: str
) -> None:
    office_clock(moment)

    assert said in page_of(PAGE)


def test_an_office_that_closes_before_the_cut_off_promises_by_its_own_closing() -> None:
    mornings = [Hours(day, time(7), time(11, 30)) for day in range(5)]
    calendar = WorkCalendar.of([2026], hours=mornings)

    told = outlook(calendar, time(15), on(25, 9))

    assert (told.until, told.early, told.late) == (
        time(11, 30),
        "nhận trước 11:30 hôm nay, 25/11",
        "",
    )


def test_over_the_years_end_the_date_is_provisional_where_that_was_adopted(
    open_counter: Unit, dak_lak: Unit, office_clock: Clock
) -> None:
    office_clock(on(31, 15, 30, month=12))
    adopt_provisional_year(dak_lak, 2027, by=By(), at=on(31, 9, month=12))

    page = page_of(PAGE)

    assert "Mai, thứ Sáu 01/01/2027 nghỉ Tết Dương lịch (lịch tạm tính)." in page
    assert "Lịch nghỉ năm 2027 chưa công bố: ngày này tạm tính, có thể đổi." in page


def test_the_price_of_twelve_pages_twice(open_counter: Unit) -> None:
    page = page_of(PAGE, trang="12", ban="2")

    assert "Trang 1 và 2: 2 × 2.000 đ 4.000 đ" in page
    assert "Trang 3 đến 12: 10 × 1.000 đ 10.000 đ" in page
    assert "Một bản 12 trang 14.000 đ 2 bản 28.000 đ" in page


def test_a_thick_book_costs_the_cap(open_counter: Unit) -> None:
    page = page_of(PAGE, trang="500", ban="1")

    assert "Một bản 500 trang, cao nhất theo quy định 200.000 đ 1 bản 200.000 đ" in page


@pytest.mark.parametrize(
    ("pages", "copies", "words"),
    [
        ("", "2", "Xin ghi số trang của bản chính."),
        ("12", "", "Xin ghi số bản cần sao."),
        ("mười hai", "2", "Số trang là một số, ví dụ 12."),
        ("-3", "2", "Bản chính có ít nhất 1 trang."),
        ("12", "0", "Xin ghi ít nhất 1 bản."),
        ("12", "1.5", "Số bản là một số, ví dụ 2."),
        ("9" * 5000, "1", "Số trang là một số, ví dụ 12."),
        ("5001", "1", "Nhiều nhất 5.000 trang mỗi lần tính."),
    ],
)
def test_wrong_counts_are_explained_and_kept(
    open_counter: Unit, pages: str, copies: str, words: str
) -> None:
    answer = Client().get(PAGE, {"trang": pages, "ban": copies})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) == 2, "in the summary and at the field"
    assert all(f'value="{typed}"' in page for typed in (pages, copies) if typed)


def test_where_the_office_is_not_known_the_page_asks(open_counter: Unit, minh: User) -> None:
    page = Client().get(PAGE).content.decode()

    assert "Chọn nơi nộp để biết ngày nhận." in page
    assert f"{PAGE}?don-vi=H15.158#khi-nao" in page
    assert "Nếu nộp hôm nay" in page_of(PAGE, **{"don-vi": "H15.158"})


def test_an_unknown_procedure_is_not_found(open_counter: Unit) -> None:
    assert Client().get("/thu-tuc/9.999999/").status_code == 404


def test_few_queries(open_counter: Unit, minh: User, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        page_of(PAGE, trang="12", ban="2", **{"don-vi": "H15.158"})
