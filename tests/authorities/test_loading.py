from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django.fixtures import DjangoAssertNumQueries

from vidan.authorities import actions, queries
from vidan.authorities.models import (
    CalendarDay,
    CalendarYear,
    FormerName,
    ReferenceLoad,
    Unit,
    UnitSuccession,
)

TODAY = date(2026, 11, 23)


@pytest.mark.django_db
def test_the_whole_country_loads_once_and_then_is_skipped(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    out = StringIO()
    call_command("load_reference", stdout=out)
    with django_assert_max_num_queries(8):
        call_command("load_reference", stdout=out)

    assert out.getvalue().splitlines() == [
        "Đơn vị: thêm 14139, sửa 0.",
        "Lịch làm việc: thêm 6, sửa 0.",
        "Đơn vị: đã có bản mới nhất.",
        "Lịch làm việc: đã có bản mới nhất.",
    ]
    assert len(queries.provinces(TODAY)) == 34
    assert len(queries.provinces(date(2025, 6, 30))) == 63
    assert (
        Unit.objects.filter(queries.in_force(TODAY), kind__in=queries.COMMUNE_KINDS).count() == 3321
    )
    assert UnitSuccession.objects.filter(is_main=True).count() == 10783
    assert FormerName.objects.count() == 11
    loc_ninh = queries.unit_by_gso_code("25270", TODAY)
    assert queries.display_name(loc_ninh) == "Phường Lộc Ninh, thành phố Đồng Nai"
    assert queries.display_name(loc_ninh, date(2026, 4, 29)) == "Xã Lộc Ninh, tỉnh Đồng Nai"
    assert queries.display_name(loc_ninh, date(2026, 4, 30)) == queries.display_name(loc_ninh)
    for unit in Unit.objects.select_related("parent"):
        assert unit.lineage == ([*unit.parent.lineage, unit.parent.pk] if unit.parent else [])


def test_loading_again_by_force_changes_nothing(dak_lak: Unit) -> None:
    before = (Unit.objects.count(), UnitSuccession.objects.count(), CalendarDay.objects.count())

    again = actions.load_units(provinces=["66"], force=True)
    actions.load_calendar(force=True)

    assert (again.created, again.changed, again.skipped) == (0, 0, False)
    assert before == (
        Unit.objects.count(),
        UnitSuccession.objects.count(),
        CalendarDay.objects.count(),
    )


def test_a_new_edition_of_the_files_is_read(dak_lak: Unit) -> None:
    Unit.objects.filter(code="H15.131").update(full_name="Xã Ea Sup")
    assert actions.load_units(provinces=["66"]).skipped

    ReferenceLoad.objects.update(digest="an older edition")

    assert actions.load_units(provinces=["66"]).changed == 1
    assert queries.unit_by_code("H15.131").full_name == "Xã Ea Súp"


def test_a_code_an_administrator_found_out_is_kept(dak_lak: Unit) -> None:
    Unit.objects.filter(code="H15.158").update(code="H15.258", code_assumed=False)
    Unit.objects.filter(code="H15.131").update(code="H15.231", code_assumed=True)

    actions.load_units(provinces=["66"], force=True)

    assert queries.unit_by_code("H15.258").full_name == "Xã Ea Phê"
    ea_sup = queries.unit_by_code("H15.131")  # the files know it, what stood there was assumed
    assert not ea_sup.code_assumed


def test_a_unit_that_ended_since_stays_ended(dak_lak: Unit) -> None:
    Unit.objects.filter(code="H15.158").update(valid_to=date(2029, 12, 31))

    actions.load_units(provinces=["66"], force=True)

    assert queries.unit_by_code("H15.158").valid_to == date(2029, 12, 31)
    assert Unit.objects.filter(gso_code="24502").count() == 2


def test_a_corrected_notice_replaces_the_years_days(dak_lak: Unit) -> None:
    CalendarDay.objects.filter(day=date(2026, 11, 24)).delete()
    CalendarDay.objects.create(
        year_id=2026, day=date(2026, 12, 24), kind="holiday", name="Ngày không có"
    )

    actions.load_calendar(force=True)

    assert CalendarDay.objects.filter(day=date(2026, 11, 24)).exists()
    assert not CalendarDay.objects.filter(day=date(2026, 12, 24)).exists()
    assert CalendarYear.objects.count() == 6


def test_a_year_that_only_this_office_entered_stays(dak_lak: Unit) -> None:
    CalendarYear.objects.create(year=2027, notices=["1/TB-THỬ"])

    actions.load_calendar(force=True)

    assert queries.calendar_of(dak_lak).works_on(date(2027, 3, 1))
