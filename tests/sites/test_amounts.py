from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidan.sites.amounts import LIMIT, in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (34_000, "ba mươi bốn nghìn đồng"),
        (6_000, "sáu nghìn đồng"),
        (10_000, "mười nghìn đồng"),
        (15_000, "mười lăm nghìn đồng"),
        (21_000, "hai mươi mốt nghìn đồng"),
        (11_000, "mười một nghìn đồng"),
        (105_000, "một trăm linh năm nghìn đồng"),
        (200_000, "hai trăm nghìn đồng"),
        (1_234_567, "một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy đồng"),
        (1_000_005, "một triệu không trăm linh năm đồng"),
        (2_050_000, "hai triệu không trăm năm mươi nghìn đồng"),
        (3_000_000_000, "ba tỷ đồng"),
    ],
)
def test_a_receipt_says_its_amount_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_in_english() -> None:
    assert in_words(34_000, "en") == "thirty-four thousand dong"
    assert in_words(1_200_115, "en") == "one million two hundred thousand one hundred fifteen dong"


@pytest.mark.parametrize("amount", [-1, LIMIT])
def test_an_amount_no_fee_can_have_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        in_words(amount)


@given(st.integers(0, LIMIT - 1), st.integers(0, LIMIT - 1))
def test_two_amounts_never_read_the_same(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)
    assert "  " not in in_words(one)
