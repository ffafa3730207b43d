from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidan.authorities.rules.unit_codes import (
    OLD_PATTERN,
    PATTERN,
    UnitCode,
    UnitCodeRefused,
    parse,
)

NEW = st.builds(
    UnitCode,
    st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True),
    st.lists(st.from_regex(r"[0-9]{2,3}", fullmatch=True), max_size=3).map(tuple),
)
OLD = st.builds(
    lambda root, groups: UnitCode(root, tuple(groups), old=True),
    st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True),
    st.tuples(
        st.from_regex(r"[0-9]{2}", fullmatch=True),
        st.from_regex(r"[0-9]{2}", fullmatch=True),
        st.from_regex(r"[0-9]{3}", fullmatch=True),
    ),
)


@pytest.mark.parametrize(
    ("text", "root", "branches", "depth"),
    [
        ("H15", "H15", (), 0),
        ("H15.131", "H15", ("131",), 1),
        ("H15.15", "H15", ("15",), 1),
        ("H15.50.05.13", "H15", ("50", "05", "13"), 3),
        ("G09.20", "G09", ("20",), 1),
        (" h15.158\n", "H15", ("158",), 1),
        ("000.00.01.H22", "H22", ("01", "00", "000"), 1),
        ("000.00.00.H15", "H15", ("00", "00", "000"), 0),
        ("000.05.01.H15", "H15", ("01", "05", "000"), 2),
    ],
)
def test_codes_seen_in_public_are_read(
    text: str, root: str, branches: tuple[str, ...], depth: int
) -> None:
    code = parse(text)

    assert (code.root, code.branches, code.depth) == (root, branches, depth)
    assert str(code) == text.strip().upper()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Chưa nhập mã cơ quan"),
        ("   ", "Chưa nhập mã cơ quan"),
        ("Ea Phê", "bắt đầu bằng một chữ cái và hai chữ số"),
        ("15.H15", "“15” chưa đúng"),
        ("H5.131", "“H5” chưa đúng"),
        ("Đ15.131", "“Đ15” chưa đúng"),
        ("H15.13O", "“13O” trong mã H15.13O chưa đúng"),
        ("H15.1", "“1” trong mã"),
        ("H15.1310", "“1310” trong mã"),
        ("H15.", "“” trong mã"),
        ("H15..131", "“” trong mã"),
        ("H15.٣١", "“٣١” trong mã"),
        ("H15.50.05.13.01", "tối đa 3 cấp sau H15, mã này có 4"),
        ("H15." + "1" * 40, "tối đa 35 ký tự, mã này có 44"),
        ("000.00.1.H15", "“000” chưa đúng. Mã kiểu cũ viết như 000.00.01.H15"),
    ],
)
def test_a_wrong_code_is_refused_with_its_wrong_part(text: str, says: str) -> None:
    with pytest.raises(UnitCodeRefused) as refusal:
        parse(text)

    assert says in refusal.value.explanation


@settings(deadline=None)
@given(NEW | OLD)
def test_writing_and_reading_a_code_gives_it_back(code: UnitCode) -> None:
    assert parse(str(code)) == code
    assert re.match(OLD_PATTERN if code.old else PATTERN, str(code))


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        code = parse(text)
    except UnitCodeRefused:
        return
    assert parse(str(code)) == code


@settings(deadline=None)
@given(NEW | OLD)
def test_parents_lead_up_to_the_province(code: UnitCode) -> None:
    above = code.parent
    if above is None:
        assert code.depth == 0
        return
    assert above.depth < code.depth
    assert code.is_below(above)
    assert not above.is_below(code)


def test_a_translator_gets_the_sentence_and_its_parts() -> None:
    with pytest.raises(UnitCodeRefused) as refusal:
        parse("H15.1")

    assert refusal.value.template % refusal.value.params == refusal.value.explanation
    assert refusal.value.params == {"part": "1", "code": "H15.1"}
