"""Phone numbers in every writing, against an oracle written from the published prefix table."""

from __future__ import annotations

from contextlib import suppress

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidan.people.rules import phones
from vidan.people.rules.phones import PhoneRefused


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0900000001", "0900000001"),
        ("0900 000 001", "0900000001"),
        ("0900.000.001", "0900000001"),
        ("(0900) 000-001", "0900000001"),
        ("+84 900 000 001", "0900000001"),
        ("+84 (0) 900 000 001", "0900000001"),
        ("84900000001", "0900000001"),
        ("0084900000001", "0900000001"),
        ("900000001", "0900000001"),
        # 84 as VinaPhone's prefix that lost its zero, not as the country.
        ("840000001", "0840000001"),
        ("84840000001", "0840000001"),
        ("+84840000001", "0840000001"),
        # From before 15 September 2018.
        ("01200000001", "0700000001"),
        ("01240000001", "0840000001"),
        ("01690000001", "0390000001"),
        ("01990000001", "0590000001"),
        ("841690000001", "0390000001"),
        ("+84 169 000 0001", "0390000001"),
        ("1690000001", "0390000001"),
        # A landline of Đắk Lắk.
        ("0262 3 000 001", "02623000001"),
        ("+84 262 3000001", "02623000001"),
    ],
)
def test_one_number_has_one_form(written: str, number: str) -> None:
    assert phones.normalise(written) == number


@pytest.mark.parametrize(
    ("written", "explanation"),
    [
        ("", "Xin ghi số điện thoại, hoặc để trống nếu không có."),
        ("090000001", "Số di động có 10 chữ số. Đã ghi 9."),
        ("09000000011", "Số di động có 10 chữ số. Đã ghi 11."),
        ("0262300001", "Số máy bàn có 11 chữ số kể cả mã vùng. Đã ghi 10."),
        ("0100000001", "Đầu số này không có ở Việt Nam. Xin xem lại từng chữ số."),
        ("0600000001", "Đầu số này không có ở Việt Nam. Xin xem lại từng chữ số."),
        ("09OO000001", "Số điện thoại chỉ có chữ số. Xin bỏ các chữ và dấu khác."),
        ("+1 202 555 0100", "Hệ thống chỉ dùng số điện thoại Việt Nam (+84)."),
        ("1900 1000", "Số 1800, 1900 là số tổng đài, không nhận được tin. Xin ghi số khác."),
        ("18001000", "Số 1800, 1900 là số tổng đài, không nhận được tin. Xin ghi số khác."),
    ],
)
def test_a_refusal_says_what_to_repair(written: str, explanation: str) -> None:
    with pytest.raises(PhoneRefused) as refusal:
        phones.normalise(written)
    assert refusal.value.explanation == explanation


def test_what_others_see_of_a_number() -> None:
    assert phones.masked("0900000001") == "0900 ••• 001"
    assert phones.spaced("0900000001") == "0900 000 001"
    assert phones.masked("") == phones.spaced("") == ""


# The oracle: the announcement of 2018, operator by operator, as pairs.
_OF_2018 = dict(
    zip(
        ["0120", "0121", "0122", "0126", "0128", "0123", "0124", "0125", "0127", "0129"]
        + [f"016{n}" for n in range(2, 10)]
        + ["0186", "0188", "0199"],
        ["070", "079", "077", "076", "078", "083", "084", "085", "081", "082"]
        + [f"03{n}" for n in range(2, 10)]
        + ["056", "058", "059"],
        strict=True,
    )
)
_old_prefix = st.sampled_from(sorted(_OF_2018))
_seven = st.from_regex(r"[0-9]{7}", fullmatch=True)
_separator = st.sampled_from(["", " ", ".", "-", "\u00a0"])


@given(_old_prefix, _seven, st.sampled_from(["", "+84", "84", "0084"]), _separator)
def test_every_old_number_becomes_the_new_one(
    prefix: str, rest: str, country: str, separator: str
) -> None:
    written = (country + prefix[1:] if country else prefix) + separator + rest

    assert phones.normalise(written) == _OF_2018[prefix] + rest


_mobile = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True).filter(
    lambda number: phonenumbers.is_valid_number(phonenumbers.parse(number, "VN"))
)


@given(_mobile, _separator)
def test_every_way_of_writing_a_mobile_is_the_same_number(number: str, separator: str) -> None:
    bare = number[1:]
    ways = [number, bare, "84" + bare, "+84" + bare, "0084" + bare, "+84 (0)" + bare]

    for way in ways:
        assert phones.normalise(separator.join([way[:4], way[4:7], way[7:]])) == number


@given(st.text(max_size=20))
def test_whatever_is_typed_gets_a_valid_number_or_words(text: str) -> None:
    with suppress(PhoneRefused):
        number = phones.normalise(text)
        assert len(number) in (10, 11)
        assert phones.normalise(number) == number
