"""Dates of birth as people give them, and what a card's printed QR code says."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidan.people.rules import births, cccd_qr, searching, tax_codes
from vidan.people.rules.births import Birth, BirthRefused
from vidan.people.rules.cccd_qr import CardRefused
from vidan.people.rules.searching import Wanted

TODAY = date(2026, 11, 23)
CARD = "066187000012||H’Len Êban|14031987|Nữ|Buôn Phê, Ea Phê, Krông Pắc, Đắk Lắk|20052022"


@pytest.mark.parametrize(
    "text", ["14/03/1987", "14031987", "14-3-1987", "14.03.1987", "14 3 1987", "1987-03-14"]
)
def test_a_full_date_in_any_writing(text: str) -> None:
    assert births.read(text, today=TODAY) == Birth(1987, date(1987, 3, 14))


def test_only_the_year_as_on_older_papers() -> None:
    birth = births.read("1958", today=TODAY)
    assert birth == Birth(1958)
    assert str(birth) == "1958"


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ("", "Xin ghi ngày sinh như 14/03/1987, hoặc chỉ năm sinh như 1987."),
        ("87", "Xin ghi ngày sinh như 14/03/1987, hoặc chỉ năm sinh như 1987."),
        ("31/02/1987", "Không có ngày 31/02/1987. Xin xem lại."),
        ("14/13/1987", "Không có ngày 14/13/1987. Xin xem lại."),
        ("24/11/2026", "Ngày sinh 24/11/2026 chưa tới. Xin xem lại."),
        ("2027", "Ngày sinh 2027 chưa tới. Xin xem lại."),
        ("1850", "Năm sinh 1850 đã quá xa. Xin xem lại."),
    ],
)
def test_a_refusal_names_the_repair(text: str, explanation: str) -> None:
    with pytest.raises(BirthRefused) as refusal:
        births.read(text, today=TODAY)
    assert refusal.value.explanation == explanation


@given(st.dates(date(1900, 1, 1), TODAY))
def test_what_is_shown_can_be_typed_again(day: date) -> None:
    birth = births.read(f"{day:%d%m%Y}", today=TODAY)
    assert birth.day == day
    assert births.read(str(birth), today=TODAY) == birth


def test_a_card_gives_everything_at_once() -> None:
    card = cccd_qr.parse(CARD, today=TODAY)

    assert card.citizen_id.number == "066187000012"
    assert (card.full_name, card.sex, str(card.birth)) == ("H’Len Êban", "female", "14/03/1987")
    assert card.address == "Buôn Phê, Ea Phê, Krông Pắc, Đắk Lắk"
    assert (card.issued_on, card.old_number) == (date(2022, 5, 20), "")


def test_a_newer_card_may_say_more_than_we_read() -> None:
    assert cccd_qr.parse(CARD + "||Y Bhiêng|H’Blă", today=TODAY).full_name == "H’Len Êban"


def test_an_old_number_stays_with_the_card() -> None:
    card = cccd_qr.parse(CARD.replace("||", "|240000001|", 1), today=TODAY)
    assert card.old_number == "240000001"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("066187000012", "không phải mã trên thẻ căn cước"),
        (CARD.replace("066187000012", "06618700001"), "12 chữ số"),
        (CARD.replace("H’Len Êban", ""), "họ tên"),
        (CARD.replace("14031987", "31021987"), "Không có ngày 31/02/1987"),
        (CARD.replace("Nữ", "X"), "giới tính"),
        (CARD.replace("||", "|24|", 1), "số giấy tờ cũ"),
    ],
)
def test_a_card_that_cannot_be_read_says_which_part(text: str, words: str) -> None:
    with pytest.raises(CardRefused, match=words):
        cccd_qr.parse(text, today=TODAY)


@given(st.lists(st.text(max_size=12), max_size=10))
def test_any_scanned_text_is_read_or_refused_in_words(parts: list[str]) -> None:
    with suppress(CardRefused):
        assert cccd_qr.parse("|".join(parts), today=TODAY).full_name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("066187000012", Wanted("citizen-id", "066187000012")),
        ("066 187 000 012", Wanted("citizen-id", "066187000012")),
        (CARD, Wanted("citizen-id", "066187000012")),
        ("0900 000 001", Wanted("phone", "0900000001")),
        ("+84 900 000 001", Wanted("phone", "0900000001")),
        ("841690000001", Wanted("phone", "0390000001")),
        ("H'Len Êban", Wanted("name", words=("hlen", "eban"))),
        ("hlen eban 1987", Wanted("name", words=("hlen", "eban"), birth_year=1987)),
        ("hlen eban 14/03/1987", Wanted("name", words=("hlen", "eban"), birth_year=1987)),
        ("Đặng", Wanted("name", words=("dang",))),
        ("1987", Wanted("name", words=("1987",))),
        ("  ", Wanted("name")),
    ],
)
def test_a_search_is_recognised_by_its_shape(text: str, wanted: Wanted) -> None:
    assert searching.read(text) == wanted


@pytest.mark.parametrize("text", ["0000000017", "0000000017-001", "0000000017001", "066187000012"])
def test_a_tax_code_has_a_check_digit(text: str) -> None:
    assert tax_codes.normalise(text).replace("-", "") == text.replace("-", "")


@pytest.mark.parametrize("text", ["", "0000000018", "12345", "0000000017-1", "abc"])
def test_a_wrong_tax_code_is_refused(text: str) -> None:
    with pytest.raises(tax_codes.TaxCodeRefused):
        tax_codes.normalise(text)
