"""The fee of certified copies: 2.000 đ a page, 1.000 đ from the third, 200.000 đ at most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidan.procedures.rules.fees import (
    MOST_COPIES,
    MOST_PAGES,
    Copies,
    FeeRefused,
    charge_for,
    line_for,
)
from vidan.procedures.rules.specification import CopiedPages, Tier

BY_LAW = CopiedPages(
    rule="copied_pages",
    name="Phí chứng thực bản sao từ bản chính",
    tiers=(Tier(from_page=1, to_page=2, amount=2000), Tier(from_page=3, amount=1000)),
    cap_per_copy=200_000,
    basis="226/2016/TT-BTC, Điều 4",
)


@pytest.mark.parametrize(
    ("pages", "copies", "amount", "formula"),
    [
        (1, 1, 2_000, "1 × (1 × 2.000)"),
        (2, 1, 4_000, "1 × (2 × 2.000)"),
        (3, 1, 5_000, "1 × (2 × 2.000 + 1 × 1.000)"),
        (12, 1, 14_000, "1 × (2 × 2.000 + 10 × 1.000)"),
        (12, 2, 28_000, "2 × (2 × 2.000 + 10 × 1.000)"),
        (1, 3, 6_000, "3 × (1 × 2.000)"),
        (198, 1, 200_000, "1 × (2 × 2.000 + 196 × 1.000)"),
        (199, 1, 200_000, "1 × 200.000"),
        (MOST_PAGES, 1, 200_000, "1 × 200.000"),
        (5000, 1000, 200_000_000, "1000 × 200.000"),
    ],
)
def test_what_is_charged_and_how_a_clerk_would_write_it(pages, copies, amount, formula):
    line = line_for(Copies("Học bạ", pages, copies), BY_LAW)
    assert (line.amount, line.formula) == (amount, formula)


def test_a_line_per_original_and_one_total():
    charge = charge_for([Copies("Bằng", 1, 3), Copies("Học bạ", 12, 2)], BY_LAW)
    assert [line.amount for line in charge.lines] == [6_000, 28_000]
    assert charge.total == 34_000


@pytest.mark.parametrize(
    ("pages", "copies"),
    [(0, 1), (1, 0), (-1, 1), (1, -1), (-2, -2), (MOST_PAGES + 1, 1), (1, MOST_COPIES + 1)],
)
def test_counts_that_cannot_be_are_refused(pages, copies):
    with pytest.raises(FeeRefused):
        line_for(Copies("Học bạ", pages, copies), BY_LAW)


@given(st.integers(1, MOST_PAGES), st.integers(1, MOST_COPIES))
def test_against_a_count_page_by_page(pages, copies):
    one = min(sum(2_000 if page <= 2 else 1_000 for page in range(1, pages + 1)), 200_000)
    assert line_for(Copies("x", pages, copies), BY_LAW).amount == copies * one


@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 9_999)), min_size=1, max_size=5),
    st.integers(1, 200),
    st.integers(1, 50),
    st.integers(1, 10**6),
)
def test_any_joined_tiers_against_the_same_count(widths, pages, copies, cap):
    """``widths``: how many pages each tier covers and its rate; the last one is open."""
    tiers, rates, start = [], {}, 1
    for place, (width, rate) in enumerate(widths):
        last = place == len(widths) - 1
        tiers.append(
            Tier(from_page=start, to_page=None if last else start + width - 1, amount=rate)
        )
        rates.update(dict.fromkeys(range(start, 10_000 if last else start + width), rate))
        start += width
    rule = CopiedPages(
        rule="copied_pages", name="x", tiers=tuple(tiers), cap_per_copy=cap, basis="y"
    )
    one = min(sum(rates[page] for page in range(1, pages + 1)), cap)
    line = line_for(Copies("x", pages, copies), rule)
    assert line.amount == copies * one
    assert sum(count for count, _rate in line.parts) == pages
