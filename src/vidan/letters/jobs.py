"""What the outbox runs for letters."""

from __future__ import annotations

from vidan.kernel import clock, outbox
from vidan.letters import actions


@outbox.job("letters.keep_receipt_slip")
def keep_receipt_slip(dossier_id: int) -> None:
    """Form 01 is kept even when nobody presses "print"; running twice keeps one."""
    actions.keep_receipt_slip(dossier_id, at=clock.now())
