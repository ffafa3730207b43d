"""Everything an officer can do to a dossier: one function, one transaction, one event."""

from __future__ import annotations

from vidan.dossiers.actions.moves import (
    approve,
    hand_over,
    issue,
    propose,
    return_to_step,
    start,
    take_back,
)
from vidan.dossiers.actions.payment import confirm_payment
from vidan.dossiers.actions.receiving import receive

__all__ = [
    "approve",
    "confirm_payment",
    "hand_over",
    "issue",
    "propose",
    "receive",
    "return_to_step",
    "start",
    "take_back",
]
