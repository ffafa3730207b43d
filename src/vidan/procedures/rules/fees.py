"""What a version's fee rule produces. Nobody types an amount. Pure; amounts in whole đồng."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vidan.procedures.rules.specification import CopiedPages

MOST_PAGES = 5000
MOST_COPIES = 1000
MOST_TOTAL = 1_000_000_000
"""Đồng of one dossier; beyond it somebody has mistyped (and the tables end at two billion)."""


class FeeRefused(ValueError):
    """The counts cannot be charged: not positive, or beyond what a counter ever sees."""


@dataclass(frozen=True, slots=True)
class Copies:
    """``copies`` copies of one original of ``pages`` pages."""

    label: str
    pages: int
    copies: int


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a charge: how it was computed, and the amount."""

    label: str
    pages: int
    copies: int
    parts: tuple[tuple[int, int], ...]
    """(pages, đồng per page) of one copy, by tier."""
    per_copy: int
    capped: bool
    amount: int

    @property
    def formula(self) -> str:
        """The sum as a clerk would write it: ``2 × (2 × 2.000 + 10 × 1.000)``."""
        if self.capped:
            return f"{self.copies} × {_dong(self.per_copy)}"
        inner = " + ".join(f"{pages} × {_dong(rate)}" for pages, rate in self.parts)
        return f"{self.copies} × ({inner})"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a dossier costs by law."""

    lines: tuple[FeeLine, ...]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def line_for(item: Copies, rule: CopiedPages) -> FeeLine:
    """Pages by tier, at most the cap per copy, times copies (226/2016/TT-BTC, article 4).

    Raises ``FeeRefused`` for counts below one or absurdly large.
    """
    if not 1 <= item.pages <= MOST_PAGES or not 1 <= item.copies <= MOST_COPIES:
        raise FeeRefused(f"{item.pages} pages, {item.copies} copies")
    parts = []
    for tier in rule.tiers:
        last = min(item.pages, tier.to_page or item.pages)
        if last >= tier.from_page:
            parts.append((last - tier.from_page + 1, tier.amount))
    full = sum(pages * rate for pages, rate in parts)
    per_copy = min(full, rule.cap_per_copy)
    return FeeLine(
        label=item.label,
        pages=item.pages,
        copies=item.copies,
        parts=tuple(parts),
        per_copy=per_copy,
        capped=full > rule.cap_per_copy,
        amount=per_copy * item.copies,
    )


def charge_for(items: Sequence[Copies], rule: CopiedPages) -> Charge:
    """The whole charge, a line per original. Raises ``FeeRefused``."""
    return Charge(tuple(line_for(item, rule) for item in items))
