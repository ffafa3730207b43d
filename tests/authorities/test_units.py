from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from vidan.authorities import queries
from vidan.authorities.models import Unit, UnitSuccession
from vidan.authorities.queries import UnitUnknown
from vidan.authorities.rules.unit_codes import UnitCodeRefused

TODAY = date(2026, 11, 23)
DISTRICTS_LAST_DAY = date(2025, 6, 30)
Before = Callable[[str], Unit]


def test_a_unit_is_found_by_the_code_on_the_paper(dak_lak: Unit) -> None:
    assert queries.unit_by_code(" h15.158 ").full_name == "Xã Ea Phê"
    assert queries.unit_by_code("H15.131").full_name == "Xã Ea Súp"
    assert queries.unit_by_code("000.00.00.H15") == dak_lak


def test_one_code_names_two_provinces_at_two_times(dak_lak: Unit, before: Before) -> None:
    assert queries.unit_by_code("H15", DISTRICTS_LAST_DAY) == before("66")
    assert queries.unit_by_code("H15", TODAY) == queries.unit_by_code("H15") == dak_lak


def test_a_code_nobody_has_is_said_in_words(dak_lak: Unit) -> None:
    with pytest.raises(UnitUnknown, match=r"Không có cơ quan nào mang mã H15\.999"):
        queries.unit_by_code("H15.999")
    with pytest.raises(UnitUnknown):
        queries.unit_by_code("H15.158", DISTRICTS_LAST_DAY)
    with pytest.raises(UnitCodeRefused):
        queries.unit_by_code("Ea Phê")


def test_names_say_where_a_unit_belongs(
    ea_phe: Unit, before: Before, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    phuoc_an = before("24490")
    with django_assert_num_queries(0):
        assert queries.display_name(ea_phe) == "Xã Ea Phê, tỉnh Đắk Lắk"
        assert queries.display_name(phuoc_an) == "Thị trấn Phước An, huyện Krông Pắc, tỉnh Đắk Lắk"
    assert queries.display_name(queries.unit_by_code("H15")) == "Tỉnh Đắk Lắk"


def test_krong_pac_lives_on_in_six_communes(before: Before) -> None:
    district = before("654")

    assert queries.successors_of(district, DISTRICTS_LAST_DAY) == [district]
    assert [unit.name for unit in queries.successors_of(district, TODAY)] == [
        *("Krông Pắc", "Ea Kly", "Ea Phê", "Ea Knuếc", "Tân Tiến", "Vụ Bổn")
    ]
    assert queries.current_of(district).code == "H15.156"


def test_an_old_commune_is_continued_by_one_unit(ea_phe: Unit, before: Before) -> None:
    assert queries.current_of(before("24520")) == ea_phe  # Ea Hiu
    assert queries.current_of(before("24502")) == ea_phe  # Ea Phê of before, same number
    assert before("24502") != ea_phe
    assert {unit.name for unit in queries.predecessors_of(ea_phe)} == {
        *("Ea Phê", "Ea Kuăng", "Ea Hiu", "Krông Pắc")
    }


def test_a_unit_in_force_continues_itself(
    ea_phe: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert queries.current_of(ea_phe) is ea_phe
        assert queries.successors_of(ea_phe, TODAY) == [ea_phe]


def test_heirs_of_heirs_are_followed(ea_phe: Unit, before: Before) -> None:
    ea_phe.valid_to = date(2029, 12, 31)
    ea_phe.save()
    merged = Unit.objects.create(
        gso_code="24502",
        kind="commune",
        name="Ea Phê Mới",
        full_name="Xã Ea Phê Mới",
        parent=ea_phe.parent,
        valid_from=date(2030, 1, 1),
    )
    UnitSuccession.objects.create(
        predecessor=ea_phe,
        successor=merged,
        coverage="whole",
        is_main=True,
        on=date(2030, 1, 1),
    )
    ea_hiu = before("24520")

    assert queries.current_of(ea_hiu) == merged
    assert queries.current_of(ea_hiu, TODAY) == ea_phe
    assert queries.successors_of(ea_hiu, date(2030, 6, 1)) == [merged]
    assert queries.successors_of(ea_hiu, TODAY) == [ea_phe]


def test_a_unit_covers_itself_and_all_below(
    dak_lak: Unit,
    ea_phe: Unit,
    before: Before,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    district, commune = before("654"), before("24520")
    with django_assert_num_queries(0):
        assert queries.covers(dak_lak, ea_phe)
        assert queries.covers(ea_phe, ea_phe)
        assert not queries.covers(ea_phe, dak_lak)
        assert queries.covers(district, commune)
        assert not queries.covers(dak_lak, commune)  # the province of today is not that one


def test_who_stands_above_and_below(dak_lak: Unit, before: Before) -> None:
    district = before("654")

    assert [unit.gso_code for unit in queries.ancestors(before("24520"))] == ["66", "654"]
    assert queries.descendants(district).count() == 16
    assert len(queries.communes_of(dak_lak, TODAY)) == 102
    assert [unit.name for unit in queries.provinces(TODAY)] == ["Đắk Lắk"]
    assert [unit.name for unit in queries.provinces(DISTRICTS_LAST_DAY)] == ["Đắk Lắk", "Phú Yên"]


def test_units_are_found_without_marks(ea_phe: Unit) -> None:
    assert ea_phe in queries.find_units("ea phe")
    assert len(queries.find_units("EA PHÊ")) == 2
    assert queries.find_units("xa ea phe", on=TODAY) == [ea_phe]
    assert queries.find_units("  ") == []


def _create(**columns: object) -> Unit:
    given: dict[str, object] = {"kind": "commune", "name": "Thử", "full_name": "Xã Thử"}
    return Unit.objects.create(**(given | columns))


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        (
            {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 31)},
            "unit_dates_ordered",
        ),
        ({"code": "h15.200"}, "unit_code_well_formed"),
        ({"code": "000.00.01.H15"}, "unit_code_well_formed"),
        ({"code_assumed": True}, "unit_only_a_code_is_assumed"),
        ({"kind": "village"}, "unit_kind_known"),
        ({"code": "H15.158"}, "unit_code_once_at_a_time"),
        ({"gso_code": "24502"}, "unit_gso_code_once_at_a_time"),
        ({"gso_code": "24502", "valid_to": date(2025, 6, 30)}, "unit_gso_code_once_at_a_time"),
    ],
)
def test_the_database_refuses_a_unit_that_cannot_be(
    ea_phe: Unit, columns: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _create(**columns)


def test_a_code_may_be_used_again_after_its_unit_ended(ea_phe: Unit) -> None:
    ea_phe.valid_to = date(2029, 12, 31)
    ea_phe.save()

    later = _create(code="H15.158", valid_from=date(2030, 1, 1))

    assert queries.unit_by_code("H15.158") == later
    assert queries.unit_by_code("H15.158", TODAY) == ea_phe


def test_a_unit_is_not_its_own_parent(ea_phe: Unit) -> None:
    with (
        pytest.raises(IntegrityError, match="unit_not_its_own_parent"),
        transaction.atomic(),
    ):
        Unit.objects.filter(pk=ea_phe.pk).update(parent=ea_phe)


def test_a_unit_is_not_its_own_successor_and_has_one_main_heir(
    ea_phe: Unit, before: Before
) -> None:
    on, ea_hiu = date(2030, 1, 1), before("24520")
    with pytest.raises(IntegrityError, match="succession_not_of_itself"), transaction.atomic():
        UnitSuccession.objects.create(predecessor=ea_phe, successor=ea_phe, coverage="whole", on=on)
    with pytest.raises(IntegrityError, match="succession_one_main_heir"), transaction.atomic():
        UnitSuccession.objects.create(
            predecessor=ea_hiu,
            successor=queries.unit_by_code("H15.131"),
            coverage="part",
            is_main=True,
            on=on,
        )
