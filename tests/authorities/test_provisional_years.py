"""A unit adopts a year without a notice; the notice ends that by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from vidan.authorities import actions, queries
from vidan.authorities.actions import CalendarRefused
from vidan.authorities.models import CalendarAdoption, CalendarDay, CalendarYear, Unit, UnitEvent
from vidan.authorities.rules.calendar import CalendarGap
from vidan.kernel import ledger
from vidan.kernel.clock import ZONE
from vidan.kernel.ledger import By

AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
ADMIN = By(UUID(int=7), "unit_administrator", "H15.158")
NEW_YEAR, MONDAY = date(2027, 1, 1), date(2027, 1, 4)


def test_what_the_province_adopts_holds_below_and_is_marked(dak_lak: Unit, ea_phe: Unit) -> None:
    actions.adopt_provisional_year(dak_lak, 2027, by=ADMIN, at=AT)
    calendar = queries.calendar_of(ea_phe)

    assert calendar.reason_off(NEW_YEAR) == "nghỉ Tết Dương lịch (lịch tạm tính)"
    assert calendar.works_on(MONDAY)
    assert (calendar.is_provisional(MONDAY), calendar.is_provisional(date(2026, 12, 31))) == (
        True,
        False,
    )
    assert queries.calendar_notices(2027) == []


def test_what_a_commune_adopts_holds_there_alone(dak_lak: Unit, ea_phe: Unit) -> None:
    actions.adopt_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)

    assert queries.calendar_of(ea_phe).knows(2027)
    for other in (dak_lak, queries.unit_by_code("H15.131")):
        with pytest.raises(CalendarGap):
            queries.calendar_of(other).works_on(MONDAY)


def test_it_is_on_the_units_chain_with_who_decided(ea_phe: Unit) -> None:
    adoption = actions.adopt_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)
    actions.end_provisional_year(ea_phe, 2027, by=ADMIN, at=AT + timedelta(days=1))
    events = list(UnitEvent.objects.filter(subject=ea_phe))

    assert (adoption.adopted_at, adoption.adopted_by) == (AT, ADMIN.actor)
    assert [(event.kind, event.payload) for event in events] == [
        ("provisional_year_adopted", {"year": 2027}),
        ("provisional_year_ended", {"year": 2027}),
    ]
    assert {event.actor for event in events} == {ADMIN.actor}
    assert {event.about for event in events} == {f"calendar_adoption:{adoption.pk}"}
    assert ledger.first_break(events) is None


def test_the_notice_wins_by_itself(dak_lak: Unit, ea_phe: Unit) -> None:
    actions.adopt_provisional_year(dak_lak, 2027, by=ADMIN, at=AT)
    assert not queries.calendar_of(ea_phe).works_on(date(2027, 2, 11))

    CalendarYear.objects.create(year=2027, notices=["1/TB-THỬ"])
    CalendarDay.objects.create(year_id=2027, day=NEW_YEAR, kind="holiday", name="Tết Dương lịch")
    calendar = queries.calendar_of(ea_phe)

    assert calendar.reason_off(NEW_YEAR) == "nghỉ Tết Dương lịch"
    assert calendar.works_on(date(2027, 2, 11)), "only what the notice names is off"
    assert not calendar.is_provisional(MONDAY)
    assert CalendarAdoption.objects.get().ended_at is None, "the row still tells what was"


def test_taken_back_the_year_is_a_gap_again_and_may_be_adopted_anew(ea_phe: Unit) -> None:
    actions.adopt_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)
    actions.end_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)

    assert not queries.calendar_of(ea_phe).knows(2027)
    with pytest.raises(CalendarRefused, match="không dùng lịch tạm tính năm 2027"):
        actions.end_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)

    actions.adopt_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)
    assert queries.calendar_of(ea_phe).knows(2027)


@pytest.mark.parametrize(
    ("year", "says"),
    [
        (2026, "Năm 2026 đã có thông báo nghỉ lễ số 12729/VPCP-KGVX, 9441/TB-BNV"),
        (2020, "Năm 2020 đã qua"),
        (2029, "Chỉ dùng lịch tạm tính đến năm 2028"),
    ],
)
def test_a_year_that_needs_none_is_refused_in_words(ea_phe: Unit, year: int, says: str) -> None:
    with pytest.raises(CalendarRefused, match=says):
        actions.adopt_provisional_year(ea_phe, year, by=ADMIN, at=AT)

    assert not CalendarAdoption.objects.exists()
    assert not UnitEvent.objects.exists()


def test_this_year_and_two_years_ahead_may_be_adopted(ea_phe: Unit) -> None:
    for year in (2027, 2028):
        actions.adopt_provisional_year(ea_phe, year, by=ADMIN, at=AT)
    actions.adopt_provisional_year(ea_phe, 2029, by=ADMIN, at=datetime(2029, 12, 31, tzinfo=ZONE))

    assert queries.calendar_of(ea_phe).provisional == {2027, 2028, 2029}


def test_a_second_adoption_is_refused(dak_lak: Unit, ea_phe: Unit) -> None:
    actions.adopt_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)
    with pytest.raises(CalendarRefused, match="đã dùng lịch tạm tính năm 2027"):
        actions.adopt_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)

    actions.adopt_provisional_year(dak_lak, 2027, by=ADMIN, at=AT)  # the province's own decision
    assert queries.calendar_of(ea_phe).provisional == {2027}


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"year": 2027}, "calendar_adoption_one_running"),
        ({"year": 2101}, "calendar_adoption_year_computable"),
        ({"year": 2028, "ended_at": AT - timedelta(days=1)}, "calendar_adoption_ended_after"),
    ],
)
def test_the_database_refuses_it_too(
    ea_phe: Unit, columns: dict[str, object], constraint: str
) -> None:
    actions.adopt_provisional_year(ea_phe, 2027, by=ADMIN, at=AT)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CalendarAdoption.objects.create(unit=ea_phe, adopted_at=AT, **columns)
