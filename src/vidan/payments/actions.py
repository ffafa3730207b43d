"""Money: the charge is computed, cash is taken once, the receipt is numbered."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from vidan.dossiers import access
from vidan.dossiers import actions as dossiers
from vidan.dossiers.models import DossierEvent
from vidan.payments.models import Charge, ChargeLine, Receipt
from vidan.people.access import capacities
from vidan.people.models import User
from vidan.people.rules.roles import Role
from vidan.procedures.rules import fees

CASHIERS = frozenset({Role.CASHIER})


def open_charge(received: DossierEvent) -> None:
    """Open the charge of a dossier just received; wired to ``dossiers.receive``."""
    dossier = received.dossier
    rule = dossier.procedure_version.says.fee
    items = [fees.Copies(p.label, p.pages, p.copies) for p in dossier.papers.all()]
    computed = fees.charge_for(items, rule)
    charge = Charge.objects.create(
        dossier=dossier, total=computed.total, basis=rule.basis, opened_at=received.at
    )
    ChargeLine.objects.bulk_create(
        ChargeLine(
            charge=charge, place=place, label=line.label, formula=line.formula, amount=line.amount
        )
        for place, line in enumerate(computed.lines)
    )


@transaction.atomic
def take_cash(code: str, *, officer: User, at: datetime) -> Receipt:
    """Take the whole charge in cash and give the next receipt number of the unit's series.

    A second click answers with the receipt already given. Raises ``DossierNotFound``,
    ``NotAllowed``. Nobody types an amount.
    """
    posts = capacities(officer, at)
    dossier = access.locked(posts, code)
    post = access.acting(posts, dossier.unit_id, CASHIERS)
    charge = Charge.objects.get(dossier=dossier)
    given = Receipt.objects.filter(charge=charge).first()
    if given is not None:
        return given
    series = f"{settings.VIDAN_RECEIPT_SERIES}{at:%y}"
    receipt = Receipt.objects.create(
        charge=charge,
        unit_id=dossier.unit_id,
        series=series,
        number=_next_number(dossier.unit_id, series),
        amount=charge.total,
        method="cash",
        paid_at=at,
        cashier=officer,
    )
    dossiers.confirm_payment(
        dossier,
        amount=receipt.amount,
        receipt=f"{series}-{receipt.shown_number}",
        by=post.by(),
        at=at,
    )
    return receipt


def _next_number(unit_id: int, series: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_receiptbook (unit_id, series, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (unit_id, series) DO UPDATE"
            " SET last = payments_receiptbook.last + 1 RETURNING last",
            [unit_id, series],
        )
        return int(cursor.fetchone()[0])
