from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from vidan.authorities import actions, queries
from vidan.authorities.actions import CalendarRefused
from vidan.authorities.models import CalendarDay, Closure, OpeningHours, Unit, UnitEvent
from vidan.authorities.rules.calendar import CalendarGap
from vidan.kernel import ledger
from vidan.kernel.clock import ZONE
from vidan.kernel.ledger import By

AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
ADMIN = By(UUID(int=7), "unit_administrator", "H15.158")
THURSDAY = date(2026, 11, 26)
SHORT = ((time(7, 30), time(11)),)


@pytest.fixture
def ea_sup(dak_lak: Unit) -> Unit:
    return queries.unit_by_code("H15.131")


def test_every_unit_keeps_the_published_calendar(ea_phe: Unit) -> None:
    calendar = queries.calendar_of(ea_phe)

    assert calendar.reason_off(date(2026, 11, 24)) == "nghỉ Ngày Văn hóa Việt Nam"
    assert calendar.works_on(date(2026, 1, 10))
    assert calendar.works_on(date(2026, 8, 22))
    assert calendar.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)
    with pytest.raises(CalendarGap):
        calendar.works_on(date(2027, 1, 4))


def test_a_year_says_which_notices_it_rests_on(dak_lak: Unit) -> None:
    assert queries.calendar_notices(2026) == ["12729/VPCP-KGVX", "9441/TB-BNV", "3383/BNV-CVL"]
    assert queries.calendar_notices(2027) == []


def test_a_closure_is_the_units_own(ea_phe: Unit, ea_sup: Unit) -> None:
    actions.close_on(ea_phe, THURSDAY, reason=" Mất điện  cả ngày ", by=ADMIN, at=AT)

    assert queries.calendar_of(ea_phe).reason_off(THURSDAY) == "Mất điện cả ngày"
    assert queries.calendar_of(ea_sup).works_on(THURSDAY)


def test_a_province_may_close_everybody(dak_lak: Unit, ea_phe: Unit) -> None:
    last = THURSDAY + timedelta(days=1)
    actions.close_on(
        dak_lak, THURSDAY, last, reason="Bão số 5", by=ADMIN, at=AT, with_units_below=True
    )

    assert queries.calendar_of(ea_phe).reason_off(last) == "Bão số 5"


def test_what_the_province_closes_for_itself_stays_there(dak_lak: Unit, ea_phe: Unit) -> None:
    actions.close_on(dak_lak, THURSDAY, reason="Chuyển trụ sở", by=ADMIN, at=AT)

    assert not queries.calendar_of(dak_lak).works_on(THURSDAY)
    assert queries.calendar_of(ea_phe).works_on(THURSDAY)


def test_a_withdrawn_closure_no_longer_counts_but_stays_on_record(ea_phe: Unit) -> None:
    closure = actions.close_on(ea_phe, THURSDAY, reason="Mất điện", by=ADMIN, at=AT)
    actions.reopen(closure.pk, by=ADMIN, at=AT)

    assert queries.calendar_of(ea_phe).works_on(THURSDAY)
    assert Closure.objects.get().withdrawn_at == AT
    with pytest.raises(CalendarRefused, match="đã được rút lại"):
        actions.reopen(closure.pk, by=ADMIN, at=AT)


@pytest.mark.parametrize(
    ("last", "reason", "says"),
    [
        (THURSDAY, "  ", "Xin ghi lý do nghỉ"),
        (THURSDAY - timedelta(days=1), "Mất điện", "đứng trước ngày bắt đầu"),
    ],
)
def test_a_closure_needs_a_reason_and_days_in_order(
    ea_phe: Unit, last: date, reason: str, says: str
) -> None:
    with pytest.raises(CalendarRefused, match=says):
        actions.close_on(ea_phe, THURSDAY, last, reason=reason, by=ADMIN, at=AT)

    assert not Closure.objects.exists()
    assert not UnitEvent.objects.exists()


def test_new_hours_hold_from_their_day_on(ea_phe: Unit) -> None:
    actions.set_hours(ea_phe, {3: SHORT}, since=date(2026, 12, 1), by=ADMIN, at=AT)
    calendar = queries.calendar_of(ea_phe)

    assert calendar.closes(date(2026, 11, 26)) == time(17)
    assert calendar.periods(date(2026, 12, 3)) == SHORT
    assert calendar.closes(date(2026, 12, 4)) == time(17)


def test_hours_set_again_end_the_ones_before(ea_phe: Unit) -> None:
    actions.set_hours(ea_phe, {3: SHORT}, since=date(2026, 11, 1), by=ADMIN, at=AT)
    longer = ((time(7), time(11, 30)), (time(13), time(18)))
    actions.set_hours(ea_phe, {3: longer}, since=date(2026, 12, 1), by=ADMIN, at=AT)
    actions.set_hours(ea_phe, {3: longer}, since=date(2026, 12, 1), by=ADMIN, at=AT)
    calendar = queries.calendar_of(ea_phe)

    assert calendar.periods(date(2026, 11, 26)) == SHORT
    assert calendar.periods(date(2026, 12, 3)) == longer
    assert OpeningHours.objects.count() == 3


def test_hours_of_the_province_hold_below_until_a_unit_sets_its_own(
    dak_lak: Unit, ea_phe: Unit
) -> None:
    actions.set_hours(dak_lak, {3: SHORT}, since=date(2026, 1, 1), by=ADMIN, at=AT)
    own = ((time(8), time(16)),)
    actions.set_hours(ea_phe, {3: own}, since=date(2026, 12, 1), by=ADMIN, at=AT)
    calendar = queries.calendar_of(ea_phe)

    assert calendar.periods(date(2026, 11, 26)) == SHORT
    assert calendar.periods(date(2026, 12, 3)) == own


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        ({5: SHORT}, "thứ Hai đến thứ Sáu"),
        ({3: ()}, "ít nhất một khoảng giờ cho thứ Năm"),
        ({3: ((time(11), time(7)),)}, "Giờ 11:00–07:00 của thứ Năm"),
        ({3: ((time(7), time(12)), (time(11), time(17)))}, "Giờ 11:00–17:00 của thứ Năm"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    ea_phe: Unit, hours: dict[int, tuple[tuple[time, time], ...]], says: str
) -> None:
    with pytest.raises(CalendarRefused, match=says):
        actions.set_hours(ea_phe, hours, since=THURSDAY, by=ADMIN, at=AT)

    assert not OpeningHours.objects.exists()


def test_who_decided_is_on_the_units_chain(ea_phe: Unit) -> None:
    closure = actions.close_on(ea_phe, THURSDAY, reason="Mất điện", by=ADMIN, at=AT)
    actions.reopen(closure.pk, by=ADMIN, at=AT)
    actions.set_hours(ea_phe, {3: SHORT}, since=THURSDAY, by=ADMIN, at=AT)
    events = list(ea_phe.events.all())

    assert [event.kind for event in events] == ["closed", "reopened", "hours_set"]
    assert {event.actor for event in events} == {ADMIN.actor}
    assert events[2].payload["hours"] == {"3": [["07:30", "11:00"]]}
    assert "Mất điện" not in str([event.payload for event in events])
    assert ledger.first_break(events) is None


def test_a_calendar_costs_three_queries_cold_and_one_warm(
    ea_phe: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        cold = queries.calendar_of(ea_phe)
    with django_assert_num_queries(1):
        assert queries.calendar_of(ea_phe) is cold


def test_a_change_written_past_our_verbs_is_seen_at_once(ea_phe: Unit) -> None:
    queries.calendar_of(ea_phe)
    Closure.objects.bulk_create([Closure(unit=ea_phe, first=THURSDAY, last=THURSDAY, reason="Lụt")])
    assert not queries.calendar_of(ea_phe).works_on(THURSDAY)

    Closure.objects.all().delete()
    assert queries.calendar_of(ea_phe).works_on(THURSDAY)

    CalendarDay.objects.filter(day=date(2026, 11, 24)).update(name="Ngày hội")
    assert queries.calendar_of(ea_phe).reason_off(date(2026, 11, 24)) == "nghỉ Ngày hội"


def test_a_change_that_was_rolled_back_is_forgotten(ea_phe: Unit) -> None:
    with transaction.atomic():
        actions.close_on(ea_phe, THURSDAY, reason="Mất điện", by=ADMIN, at=AT)
        assert not queries.calendar_of(ea_phe).works_on(THURSDAY)
        transaction.set_rollback(True)

    assert queries.calendar_of(ea_phe).works_on(THURSDAY)


def _hours(unit: Unit, **columns: object) -> OpeningHours:
    given: dict[str, object] = {"weekday": 0, "opens": time(7), "closes": time(12)}
    return OpeningHours.objects.create(unit=unit, **(given | columns))


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"opens": time(11, 59), "closes": time(17)}, "opening_hours_no_overlap"),
        ({"opens": time(8), "closes": time(9)}, "opening_hours_no_overlap"),
        ({"valid_from": date(2026, 12, 1)}, "opening_hours_no_overlap"),
        ({"weekday": 1, "opens": time(12)}, "opening_hours_forward"),
        ({"weekday": 5}, "opening_hours_on_workdays"),
        (
            {"weekday": 1, "valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "opening_hours_dates_ordered",
        ),
    ],
)
def test_the_database_refuses_hours_that_overlap_or_run_backwards(
    ea_phe: Unit, columns: dict[str, object], constraint: str
) -> None:
    _hours(ea_phe)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _hours(ea_phe, **columns)


def test_hours_may_follow_each_other_closely(ea_phe: Unit, ea_sup: Unit) -> None:
    _hours(ea_phe)
    _hours(ea_phe, opens=time(12), closes=time(17))
    _hours(ea_phe, weekday=1)
    _hours(ea_sup)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"day": date(2025, 12, 31)}, "calendar_day_in_its_year"),
        ({"name": ""}, "calendar_day_named_or_swapped"),
        ({"kind": "swapped_off", "name": ""}, "calendar_day_named_or_swapped"),
        (
            {"kind": "swapped_in", "name": "", "partner": date(2026, 12, 1)},
            "calendar_day_swapped_in_is_weekend",
        ),
    ],
)
def test_the_database_refuses_half_a_line_of_a_notice(
    dak_lak: Unit, columns: dict[str, object], constraint: str
) -> None:
    given: dict[str, object] = {"day": date(2026, 12, 2), "kind": "holiday", "name": "Ngày hội"}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CalendarDay.objects.create(year_id=2026, **(given | columns))


def test_closures_run_forward_and_say_why(ea_phe: Unit) -> None:
    for columns, constraint in (
        ({"last": THURSDAY - timedelta(days=1), "reason": "Lụt"}, "closure_dates_ordered"),
        ({"last": THURSDAY, "reason": ""}, "closure_has_a_reason"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Closure.objects.create(unit=ea_phe, first=THURSDAY, **columns)
