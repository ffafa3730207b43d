"""Who reacts to what: every reaction of one area to another, on one page. No signals.

A reaction runs inside the transaction of the event it reacts to; what may wait is a job in the
outbox, written in the same transaction.
"""

from __future__ import annotations

from vidan.dossiers.models import DossierEvent
from vidan.kernel import outbox
from vidan.kernel.reactions import subscribe
from vidan.payments import actions as payments


def connect() -> None:
    """Subscribe the areas above to the events of the areas below."""
    subscribe("dossiers.receive", payments.open_charge)
    subscribe("dossiers.receive", _print_the_slip)


def _print_the_slip(received: DossierEvent) -> None:
    """Form 01 is kept even when nobody presses "print".

    Held back while the officer takes the money, so that the slip says what was paid at once.
    """
    outbox.enqueue("letters.keep_receipt_slip", in_seconds=90, dossier_id=received.dossier_id)
