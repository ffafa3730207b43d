"""What payments tells a dossier."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vidan.dossiers.models import Dossier, DossierEvent
from vidan.kernel import ledger
from vidan.kernel.ledger import By

PAYMENT_CONFIRMED = "payment-confirmed"


@transaction.atomic
def confirm_payment(
    dossier: Dossier, *, amount: int, receipt: str, by: By, at: datetime
) -> Dossier:
    """Record that the fee was settled: amount in đồng and the receipt's number.

    Called by payments inside its own verb. The step does not move.
    """
    fresh = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    event = ledger.link(
        DossierEvent,
        PAYMENT_CONFIRMED,
        stream=fresh.stream,
        at=at,
        by=by,
        payload={"amount": amount, "receipt": receipt},
        head=ledger.Head(fresh.version, bytes(fresh.head_hash)),
        dossier=fresh,
    )
    fresh.fee_paid += amount
    fresh.version, fresh.head_hash = event.seq, event.hash
    fresh.save(update_fields=["fee_paid", "version", "head_hash"])
    ledger.record(event)
    return fresh
