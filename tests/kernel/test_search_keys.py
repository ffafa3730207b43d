"""Search keys: a name is found however its marks were typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidan.kernel.search import fold


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("H’Len Êban", "hlen eban"),
        ("H'LEN ÊBAN", "hlen eban"),
        ("H‘Len  Ê\u0302ban ", "hlen eban"),
        ("Đặng Quốc Bảo", "dang quoc bao"),
        ("ĐẶNG QUỐC BẢO", "dang quoc bao"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ươm"), "nguyen thi uom"),
        ("Y Bhăm Mlô", "y bham mlo"),
        ("Ea-Phê (xã)", "ea phe xa"),
        ("  \t\n", ""),
        ("’", ""),
        ("2.000815", "2 000815"),
    ],
)
def test_a_key(written, key):
    assert fold(written) == key


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_no_marks_no_capitals_no_double_spaces(text):
    key = fold(text)
    assert not any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", key))
    assert "  " not in key
    assert key == key.strip()
    assert "đ" not in key


@given(st.text())
def test_composed_or_not_is_the_same(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
