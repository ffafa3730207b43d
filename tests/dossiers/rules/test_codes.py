"""Dossier codes: the shapes that exist in public, and what people make of them at a keyboard."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidan.dossiers.rules.codes import (
    SECRET_ALPHABET,
    CodeRefused,
    DossierCode,
    new_secret,
    parse,
    tidy_secret,
)


@pytest.mark.parametrize(
    ("text", "unit", "day", "number"),
    [
        ("H15.50.05.13-261008-0975", "H15.50.05.13", date(2026, 10, 8), 975),
        ("H21.65-220914-0011", "H21.65", date(2022, 9, 14), 11),
        ("G09.20-20260609-0092637", "G09.20", date(2026, 6, 9), 92637),
        ("000.00.01.H22-261123-0001", "000.00.01.H22", date(2026, 11, 23), 1),
        ("000.00.04.G18-261123-150001", "000.00.04.G18", date(2026, 11, 23), 150001),
        ("H15.158-261123-0012", "H15.158", date(2026, 11, 23), 12),
        ("H15-261123-0012", "H15", date(2026, 11, 23), 12),
    ],
)
def test_published_shapes_are_read(text, unit, day, number):
    assert parse(text) == DossierCode(unit, day, number)


@pytest.mark.parametrize(
    "typed",
    [
        " h15.158-261123-0012 ",
        "H15.158 - 261123 - 0012",
        "H15.158–261123–0012",
        "H15.158—261123‑0012",
        "h15.158-20261123-0012\n",
    ],
)
def test_a_code_is_read_as_people_type_it(typed):
    assert str(parse(typed)) == "H15.158-261123-0012"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H15.158",
        "H15.158-261123",
        "H15.158-261123-012",
        "H15.158-261123-00000012",
        "H15.158-261123-0000",
        "H15.158-261323-0012",
        "H15.158-260230-0012",
        "H15.158-2611230-0012",
        "15.158-261123-0012",
        "H15.1-261123-0012",
        "H15.158.158.158.158-261123-0012",
        "000.00.H22-261123-0001",
        "H15.158-261123-0012; drop",
        "H15.158-261123-0012-0013",
        "H١٥.158-261123-0012",
        "H15.158-261123-٠٠١٢",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(CodeRefused):
        parse(text)


@given(st.text(alphabet=string.printable + "–—‑đĐ٣²", max_size=40))
def test_no_text_breaks_the_reader(text):
    try:
        code = parse(text)
    except CodeRefused:
        return
    assert parse(str(code)) == code


units = st.from_regex(r"[A-Z]\d{2}(\.\d{2,3}){0,3}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}", fullmatch=True,
                      alphabet=string.ascii_uppercase + string.digits + ".")  # fmt: skip


@given(units, st.dates(date(2000, 1, 1), date(2068, 12, 31)), st.integers(1, 9_999_999))
def test_written_and_read_again_it_is_the_same_code(unit, day, number):
    code = DossierCode(unit, day, number)
    assert parse(str(code)) == code


def test_a_secret_has_no_character_that_an_old_eye_confuses():
    drawn = [new_secret() for _each in range(200)]
    assert {len(secret) for secret in drawn} == {6}
    assert set("".join(drawn)) <= set(SECRET_ALPHABET)
    assert not set("0O1IL8B") & set(SECRET_ALPHABET)
    assert len(set(drawn)) == 200


@pytest.mark.parametrize("typed", ["acd efg", "ACD-EFG", " acd–efg ", "a.c.d.e.f.g"])
def test_a_secret_is_read_as_people_type_it(typed):
    assert tidy_secret(typed) == "ACDEFG"
