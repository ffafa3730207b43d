"""Which forms on which day, and how papers word times and sums."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from tests.letters.papers import ZONE

from vidan.letters.rules import wording
from vidan.letters.rules.form_sets import SETS, Form, NoFormSet, form_set_named, form_set_on
from vidan.letters.rules.papers import Fee, FeeState


@pytest.mark.parametrize(
    ("day", "name", "control_slip", "desk"),
    [
        (date(2023, 12, 20), "2018", "05", "Bộ phận tiếp nhận và trả kết quả"),
        (date(2025, 6, 30), "2018", "05", "Bộ phận tiếp nhận và trả kết quả"),
        (date(2025, 7, 1), "2025", "06", "Trung tâm Phục vụ hành chính công"),
        (date(2026, 11, 23), "2025", "06", "Trung tâm Phục vụ hành chính công"),
    ],
)
def test_the_form_set_changes_on_1_july_2025(
    day: date, name: str, control_slip: str, desk: str
) -> None:
    forms = form_set_on(day)
    assert (forms.name, forms.number(Form.CONTROL_SLIP), forms.desk) == (name, control_slip, desk)
    assert form_set_named(name) is forms


def test_the_stop_notice_came_with_2025() -> None:
    assert form_set_named("2025").number(Form.STOP_NOTICE) == "05"
    with pytest.raises(NoFormSet):
        form_set_named("2018").number(Form.STOP_NOTICE)


def test_sets_follow_each_other_without_gap_or_overlap() -> None:
    for before, after in pairwise(SETS):
        assert before.valid_to is not None
        assert before.valid_to.toordinal() + 1 == after.valid_from.toordinal()
    assert SETS[-1].valid_to is None


@pytest.mark.parametrize("unknown", [date(2018, 11, 22), date(2001, 1, 1)])
def test_a_day_before_the_first_set_is_a_gap_not_a_guess(unknown: date) -> None:
    with pytest.raises(NoFormSet, match=f"{unknown:%d/%m/%Y}"):
        form_set_on(unknown)


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(NoFormSet):
        form_set_named("1999")


def test_a_moment_names_its_weekday() -> None:
    due = datetime(2026, 11, 29, 7, 5, tzinfo=ZONE)
    assert wording.moment(due) == "07:05, Chủ nhật ngày\N{NO-BREAK SPACE}29/11/2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "Ea Phê, ngày 05 tháng 01 năm 2026"),
        (date(2026, 3, 31), "Ea Phê, ngày 31 tháng 3 năm 2026"),
    ],
)
def test_small_days_and_months_take_a_zero_as_decree_30_asks(day: date, words: str) -> None:
    assert wording.place_and_date("Ea Phê", day) == words


def test_money_keeps_its_unit_on_the_line() -> None:
    assert wording.dong(1_234_500) == "1.234.500\N{NO-BREAK SPACE}đ"


@pytest.mark.parametrize(
    ("state", "amount"), [(FeeState.COLLECTED, None), (FeeState.NONE, 0), (FeeState.EXEMPT, 5_000)]
)
def test_an_amount_stands_only_where_something_is_charged(
    state: FeeState, amount: int | None
) -> None:
    with pytest.raises(ValueError, match="charged"):
        Fee(state, amount)
