"""Reading charges and receipts."""

from __future__ import annotations

from dataclasses import dataclass

from vidan.dossiers.models import Dossier
from vidan.payments.models import Charge, Receipt


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line of a bill: what, how computed, đồng."""

    label: str
    formula: str
    amount: int


@dataclass(frozen=True, slots=True)
class Bill:
    """A dossier's charge and, once paid, its receipt."""

    lines: tuple[MoneyLine, ...]
    total: int
    basis: str
    receipt: Receipt | None


def bill_of(dossier: Dossier) -> Bill:
    """The bill of a dossier that the caller was allowed to see. Two queries."""
    charge = (
        Charge.objects.select_related("receipt__cashier")
        .prefetch_related("lines")
        .get(dossier=dossier)
    )
    return Bill(
        lines=tuple(MoneyLine(x.label, x.formula, x.amount) for x in charge.lines.all()),
        total=charge.total,
        basis=charge.basis,
        receipt=getattr(charge, "receipt", None),
    )
