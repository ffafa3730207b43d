"""Dossiers of the year's last afternoon, when next year has no notice yet."""

from __future__ import annotations

import pytest

from vidan.authorities.actions import adopt_provisional_year
from vidan.authorities.models import CalendarYear
from vidan.dossiers.actions.refusals import IntakeRefused
from vidan.dossiers.queries.explanation import explain
from vidan.dossiers.queries.page import dossier_page
from vidan.dossiers.queries.slip import slip_facts
from vidan.dossiers.queries.tracking import tracked
from vidan.dossiers.rules.deadlines import Because, Reason
from vidan.kernel.clock import ZONE
from vidan.kernel.ledger import By
from vidan.letters import compose

NOTE = "Lịch nghỉ năm 2027 chưa công bố: ngày này tạm tính, có thể đổi; nếu đổi sẽ báo lại."


@pytest.fixture
def adopted(dak_lak, catalogue, at):
    """Đắk Lắk goes by the provisional calendar of 2027."""
    adopt_provisional_year(dak_lak, 2027, by=By(), at=at)


@pytest.fixture
def eve(at):
    return at.replace(month=12, day=31, hour=15, minute=30)


@pytest.fixture
def over_new_year(adopted, received, eve):
    """Received on 31 December at 15:30: too late for that day."""
    return received(at=eve)


def because(dossier):
    return [Because(reason["because"]) for reason in dossier.due_reasons]


def test_it_is_due_on_the_first_monday_and_the_last_reason_says_provisional(over_new_year):
    assert f"{over_new_year.due_at.astimezone(ZONE):%H:%M %d/%m/%Y}" == "17:00 04/01/2027"
    assert because(over_new_year) == [
        Because.AFTER_CUTOFF,
        *[Because.DAYS_OFF] * 3,
        Because.NEXT_WORKING_DAY,
        Because.CLOSE_OF_DAY,
        Because.PROVISIONAL,
    ]


def test_a_dossier_that_is_due_this_year_says_nothing_of_it(adopted, received, eve):
    dossier = received(at=eve.replace(hour=15, minute=0))

    assert because(dossier) == [Because.IN_TIME, Because.CLOSE_OF_DAY]
    assert explain(dossier.due_at, stored(dossier)).provisional == ""


def test_officer_and_citizen_read_it_in_words(over_new_year, anh, eve):
    shown = dossier_page(over_new_year, [], officer=anh).why
    followed = tracked(over_new_year, now=eve).why

    assert shown.reasons == followed.reasons == (
        "Nhận đủ giấy tờ lúc 15:30 thứ Năm 31/12. Nhận sau 15:00 thì trả vào ngày làm việc tiếp theo.",
        "Thứ Sáu 01/01 nghỉ Tết Dương lịch (lịch tạm tính), không tính.",
        "Thứ Bảy 02/01, Chủ nhật 03/01 ngày nghỉ hằng tuần, không tính.",
        "Ngày làm việc tiếp theo là thứ Hai 04/01. Hạn cuối là giờ đóng cửa 17:00.",
        NOTE,
    )  # fmt: skip
    assert shown.provisional == NOTE


def test_in_the_new_year_a_same_day_date_says_it_too(adopted, received, eve):
    dossier = received(at=eve.replace(year=2027, month=1, day=4, hour=9))

    assert explain(dossier.due_at, stored(dossier)).reasons == (
        "Nhận đủ giấy tờ lúc 09:30 thứ Hai 04/01, không quá 15:00: trả trong ngày."
        " Hạn cuối là giờ đóng cửa 17:00 cùng ngày.",
        NOTE,
    )


def test_form_01_prints_it_once_in_its_own_place(over_new_year):
    slip = compose.receipt_slip(over_new_year.pk)

    assert slip.calendar_note == NOTE == slip_facts(over_new_year.pk).why.provisional
    assert NOTE not in slip.why
    assert slip.why[-1].endswith("Hạn cuối là giờ đóng cửa 17:00.")


def test_the_promise_stays_as_it_was_told_when_the_notice_has_come(over_new_year, anh):
    CalendarYear.objects.create(year=2027, notices=["1/TB-THỬ"])
    over_new_year.refresh_from_db()

    assert dossier_page(over_new_year, [], officer=anh).why.provisional == NOTE


def test_with_the_notice_a_new_dossier_is_no_longer_provisional(adopted, received, eve):
    CalendarYear.objects.create(year=2027, notices=["1/TB-THỬ"])

    assert Because.PROVISIONAL not in because(received(at=eve))


def test_without_adoption_the_year_is_refused_by_name(received, eve):
    with pytest.raises(IntakeRefused, match="năm 2027") as refusal:
        received(at=eve)
    assert refusal.value.field == "date"


def stored(dossier):
    return [Reason.from_json(one) for one in dossier.due_reasons]
