"""The project's own data files hold together and say what the law and the notices say."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import holidays
import pytest

from vidan.authorities import reference
from vidan.authorities.reference import Key
from vidan.authorities.rules.calendar import DayKind, WorkCalendar
from vidan.authorities.rules.lunar import lunar_of
from vidan.authorities.rules.unit_codes import parse

UNITS = {row.key: row for row in reference.units()}
NOW = {key: row for key, row in UNITS.items() if row.valid_to is None}
SUCCESSIONS = reference.successions()
KRONG_PAC = Key("654", ended=True)


def test_thirty_four_provinces_and_3321_communes() -> None:
    kinds = Counter(row.kind for row in NOW.values())

    assert kinds["province"] == 34
    assert kinds["commune"] + kinds["ward"] + kinds["special_zone"] == 3321
    assert kinds["district"] == kinds["township"] == 0


def test_the_whole_country_as_it_was_before() -> None:
    ended = Counter(row.kind for row in UNITS.values() if row.valid_to is not None)
    unchanged = [row for row in NOW.values() if row.kind == "province" and row.valid_from is None]

    assert ended["province"] + len(unchanged) == 63
    assert ended["district"] == 696
    assert ended["commune"] + ended["ward"] + ended["township"] == 10035
    assert {row.valid_to for row in UNITS.values() if row.valid_to} == {date(2025, 6, 30)}


def test_the_eleven_provinces_that_went_on_unchanged() -> None:
    assert {row.name for row in NOW.values() if row.kind == "province" and not row.valid_from} == {
        *("Cao Bằng", "Điện Biên", "Hà Nội", "Hà Tĩnh", "Huế", "Lai Châu"),
        *("Lạng Sơn", "Nghệ An", "Quảng Ninh", "Sơn La", "Thanh Hóa"),
    }


def test_dak_lak_has_102_communes() -> None:
    communes = [
        row for row in NOW.values() if row.parent == Key("66", False) and row.kind != "department"
    ]

    assert len(communes) == 102


def test_krong_pac_had_sixteen_communes_which_became_six() -> None:
    old = {row.key for row in UNITS.values() if row.parent == KRONG_PAC}
    into: dict[str, set[str]] = {}
    for row in SUCCESSIONS:
        if row.predecessor in old:
            into.setdefault(UNITS[row.successor].full_name, set()).add(UNITS[row.predecessor].name)

    assert len(old) == 16
    assert into == {
        "Xã Krông Pắc": {"Phước An", "Ea Yông", "Hòa An", "Hòa Tiến"},
        "Xã Ea Phê": {"Ea Phê", "Ea Kuăng", "Ea Hiu"},
        "Xã Ea Knuếc": {"Ea Knuếc", "Ea Kênh", "Hòa Đông"},
        "Xã Ea Kly": {"Ea Kly", "Krông Búk"},
        "Xã Tân Tiến": {"Tân Tiến", "Ea Uy", "Ea Yiêng"},
        "Xã Vụ Bổn": {"Vụ Bổn"},
    }


def test_krong_pac_district_is_continued_by_the_commune_of_its_name() -> None:
    heirs = [row for row in SUCCESSIONS if row.predecessor == KRONG_PAC]

    assert len(heirs) == 6
    assert all(row.derived and not row.whole for row in heirs)
    assert [UNITS[row.successor].full_name for row in heirs if row.is_main] == ["Xã Krông Pắc"]


def test_every_unit_that_ended_has_one_main_heir_that_exists() -> None:
    main = Counter(row.predecessor for row in SUCCESSIONS if row.is_main)

    assert main == Counter(key for key, row in UNITS.items() if row.valid_to is not None)
    assert {row.successor for row in SUCCESSIONS} <= NOW.keys()
    assert all(row.predecessor != row.successor for row in SUCCESSIONS)
    assert len({row[:2] for row in SUCCESSIONS}) == len(SUCCESSIONS)


def test_every_commune_of_today_comes_from_somewhere() -> None:
    communes = {key for key, row in NOW.items() if row.kind in ("commune", "ward", "special_zone")}

    assert communes <= {row.successor for row in SUCCESSIONS}


def test_a_parent_is_there_as_long_as_its_children() -> None:
    for row in UNITS.values():
        if row.parent is None:
            assert row.kind == "province"
            continue
        above = UNITS[row.parent]
        assert (above.valid_from or date.min) <= (row.valid_from or date.max)
        assert (above.valid_to or date.max) >= (row.valid_to or date.max)


def test_every_name_begins_with_what_the_unit_is() -> None:
    words = {
        "province": {"Tỉnh", "Thành"},
        "district": {"Quận", "Huyện", "Thị", "Thành"},
        "commune": {"Xã"},
        "ward": {"Phường"},
        "township": {"Thị"},
        "special_zone": {"Đặc"},
        "department": {"Sở"},
    }
    for row in UNITS.values():
        assert row.full_name.split()[0] in words[row.kind], row
        assert row.name
        assert row.kind == "department" or row.full_name != row.name


def test_codes_are_well_formed_known_ones_are_not_assumed() -> None:
    coded = {row.code: row for row in NOW.values() if row.code}

    assert all(str(parse(code)) == code for code in coded)
    assert sum(row.kind == "province" for row in coded.values()) == 34
    assert {
        code for code, row in coded.items() if row.kind != "province" and not row.code_assumed
    } == {*("H15.15", "H15.131", "H15.141", "H15.171")}
    assert (coded["H15.131"].name, coded["H15.141"].name) == ("Ea Súp", "Krông Bông")
    assert coded["H15.171"].full_name == "Phường Xuân Đài"
    assert coded["H15.158"].full_name == "Xã Ea Phê"
    assert sum(row.code_assumed for row in coded.values()) == 6


def test_a_province_loads_with_all_that_went_into_it_and_nothing_else() -> None:
    keys = {row.key for row in reference.units(["66"])}

    assert {Key("66", True), Key("54", True), Key("66", False), KRONG_PAC} <= keys
    assert {UNITS[key].parent for key in keys} <= keys | {None}
    for row in reference.successions(["66"]):
        assert {row.predecessor, row.successor} <= keys
    assert not any(key.code.startswith("01") for key in keys)


# Facts 7.2, typed here a second time from the notices.
WEEKDAYS_OFF = {
    2021: "1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9",
    2022: "3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9",
    2023: "2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9",
    2024: "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9",
    2025: "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9",
    2026: "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
}
SATURDAYS_WORKED = {2024: "4/5", 2025: "26/4", 2026: "10/1 22/8"}
PUBLISHED = WorkCalendar.of(
    [told.year for told in reference.years()],
    [line for told in reference.years() for line in told.days],
)


def _days(year: int, text: str) -> set[date]:
    parts = (pair.split("/") for pair in text.split())
    return {date(year, int(month), int(day)) for day, month in parts}


def _every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range(date(year, 12, 31).timetuple().tm_yday)]


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_calendar_is_the_notices(year: int) -> None:
    off = {day for day in _every_day(year) if day.weekday() < 5 and not PUBLISHED.works_on(day)}
    worked = {day for day in _every_day(year) if day.weekday() >= 5 and PUBLISHED.works_on(day)}

    assert off == _days(year, WEEKDAYS_OFF[year])
    assert worked == _days(year, SATURDAYS_WORKED.get(year, ""))


def test_each_year_names_its_notices() -> None:
    assert [told.year for told in reference.years()] == list(range(2021, 2027))
    assert all("/" in notice for told in reference.years() for notice in told.notices)


@pytest.mark.parametrize("told", reference.years(), ids=lambda told: str(told.year))
def test_holidays_are_as_many_as_the_labour_code_gives(told: reference.YearRow) -> None:
    """Art. 112(1): Tết 5 days, National Day 2, each of the others 1; made up when on a weekend."""
    named = Counter(line.name for line in told.days if line.kind is DayKind.HOLIDAY)
    expected = {
        "Tết Dương lịch": 1,
        "Tết Nguyên đán": 5,
        "Giỗ Tổ Hùng Vương": 1,
        "Ngày Chiến thắng 30/4": 1,
        "Ngày Quốc tế Lao động": 1,
        "Quốc khánh": 2,
    }
    if told.year >= 2026:
        expected["Ngày Văn hóa Việt Nam"] = 1
    lost = Counter(
        line.name for line in told.days if line.kind is DayKind.HOLIDAY and line.day.weekday() >= 5
    )
    made_up = Counter(line.name for line in told.days if line.kind is DayKind.MAKE_UP)

    assert named == expected
    assert made_up == lost


@pytest.mark.parametrize("told", reference.years(), ids=lambda told: str(told.year))
def test_lunar_holidays_fall_on_their_lunar_days(told: reference.YearRow) -> None:
    holidays_of = {
        name: [lunar_of(d.day) for d in told.days if d.kind is DayKind.HOLIDAY and d.name == name]
        for name in ("Tết Nguyên đán", "Giỗ Tổ Hùng Vương")
    }

    assert "1/1" in [day.short for day in holidays_of["Tết Nguyên đán"]]
    assert [day.short for day in holidays_of["Giỗ Tổ Hùng Vương"]] == ["10/3"]


# Where PyPI ``holidays`` does not know what a notice says.
MISSING_FROM_THE_LIBRARY = {date(2026, 1, 2): "off", date(2026, 1, 10): "worked"}


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_holidays_library_agrees_but_for_the_swap_it_misses(year: int) -> None:
    library = holidays.country_holidays("VN", years=year)
    differing = {}
    for day in _every_day(year):
        theirs = day in library.weekend_workdays or (day.weekday() < 5 and day not in library)
        if theirs != PUBLISHED.works_on(day):
            differing[day] = "worked" if PUBLISHED.works_on(day) else "off"

    assert differing == {d: what for d, what in MISSING_FROM_THE_LIBRARY.items() if d.year == year}
