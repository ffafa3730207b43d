"""The twelve digits: what they say, what is refused, what is only looked at twice."""

from __future__ import annotations

import csv
from contextlib import suppress
from datetime import date
from importlib import resources

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vidan.people.rules import births, citizen_id
from vidan.people.rules.citizen_id import CitizenIdRefused

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("066087000012", "male", 1987),
        ("066187000012", "female", 1987),
        ("066203000012", "male", 2003),
        ("066304000012", "female", 2004),
        ("066 187 000 012", "female", 1987),
        ("066.187.000.012", "female", 1987),
    ],
)
def test_century_and_sex_stand_in_the_fourth_digit(number: str, sex: str, year: int) -> None:
    found = citizen_id.check(number, today=TODAY)

    assert (found.sex, found.birth_year) == (sex, year)
    assert (found.province_code, found.province_name) == ("066", "Đắk Lắk")
    assert found.number == number.replace(" ", "").replace(".", "")


@pytest.mark.parametrize(
    ("number", "explanation"),
    [
        ("", "Xin ghi số căn cước."),
        ("06618700001", "Số căn cước có 12 chữ số. Đã ghi 11."),
        ("0661870000123", "Số căn cước có 12 chữ số. Đã ghi 13."),
        ("06618700001X", "Số căn cước chỉ có chữ số. Xin bỏ các chữ và dấu khác."),
        ("٠٦٦١٨٧٠٠٠٠١٢", "Số căn cước chỉ có chữ số. Xin bỏ các chữ và dấu khác."),
        (
            "240000001",
            "Đây là số chứng minh nhân dân cũ (9 chữ số), không còn dùng để giao dịch. "
            "Xin ghi số căn cước 12 chữ số.",
        ),
        (
            "066227000012",
            "Số này ghi năm sinh 2027, chưa tới. Xin xem lại chữ số thứ 4, 5 và 6.",
        ),
        (
            "066987000012",
            "Số này ghi năm sinh 2387, chưa tới. Xin xem lại chữ số thứ 4, 5 và 6.",
        ),
    ],
)
def test_a_refusal_says_what_to_repair(number: str, explanation: str) -> None:
    with pytest.raises(CitizenIdRefused) as refusal:
        citizen_id.check(number, today=TODAY)
    assert refusal.value.explanation == explanation


def test_somebody_born_this_year_has_a_number_already() -> None:
    assert citizen_id.check("066326000012", today=TODAY).birth_year == 2026


def test_an_unknown_place_of_birth_is_a_warning_only() -> None:
    found = citizen_id.check("999187000012", today=TODAY)

    assert (found.province_known, found.province_name) == (False, "")
    (warning,) = citizen_id.warnings(found)
    assert "999" in str(warning)
    assert citizen_id.warnings(citizen_id.check("066187000012", today=TODAY)) == []


def test_there_are_the_63_provinces_of_before_the_mergers() -> None:
    table = citizen_id.provinces()

    assert len(table) == 63
    assert (table["001"], table["066"], table["096"]) == ("Hà Nội", "Đắk Lắk", "Cà Mau")
    # Three that one published table has wrong.
    assert (table["019"], table["020"], table["025"]) == ("Thái Nguyên", "Lạng Sơn", "Phú Thọ")
    raw = (resources.files("vidan.people.rules") / "birth_provinces.csv").read_text("utf-8")
    assert len(list(csv.DictReader(raw.splitlines()))) == len(set(table)) == len({*table.values()})


@pytest.mark.parametrize(
    ("birth", "sex", "count"),
    [
        ("14/03/1987", "female", 0),
        ("1987", "", 0),
        ("14/03/1986", "female", 1),
        ("14/03/1987", "male", 1),
        ("1986", "male", 2),
        (None, "", 0),
    ],
)
def test_birth_and_sex_are_compared_with_the_number(
    birth: str | None, sex: str, count: int
) -> None:
    found = citizen_id.check("066187000012", today=TODAY)
    declared = births.read(birth, today=TODAY) if birth else None

    assert len(citizen_id.disagreements(found, birth=declared, sex=sex)) == count


def test_a_disagreement_says_both_sides() -> None:
    found = citizen_id.check("066187000012", today=TODAY)
    differences = citizen_id.disagreements(found, birth=births.Birth(1986), sex="male")

    assert [str(one) for one in differences] == [
        "Số căn cước ghi năm sinh 1987, khai năm sinh 1986.",
        "Số căn cước ghi giới tính nữ, khai nam.",
    ]


def test_a_masked_number_shows_province_and_last_three_digits() -> None:
    assert citizen_id.masked("066187000012") == "066 ••• ••• 012"
    assert citizen_id.masked("") == ""


# The oracle: written from the published meaning of the digits, as a table, not as arithmetic.
_MEANING = {
    "0": (1900, "male"), "1": (1900, "female"), "2": (2000, "male"), "3": (2000, "female"),
    "4": (2100, "male"), "5": (2100, "female"), "6": (2200, "male"), "7": (2200, "female"),
    "8": (2300, "male"), "9": (2300, "female"),
}  # fmt: skip


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(1900, 2400))
@example("066100000000", 1900)
def test_every_twelve_digits_are_read_as_published(number: str, this_year: int) -> None:
    century, sex = _MEANING[number[3]]
    year = century + int(number[4] + number[5])
    today = date(this_year, 6, 1)

    if year > this_year:
        with pytest.raises(CitizenIdRefused):
            citizen_id.check(number, today=today)
    else:
        found = citizen_id.check(number, today=today)
        assert (found.number, found.sex, found.birth_year) == (number, sex, year)


@given(st.text(max_size=20))
def test_whatever_is_typed_gets_an_answer_in_words(text: str) -> None:
    with suppress(CitizenIdRefused):
        assert len(citizen_id.check(text, today=TODAY).number) == 12
