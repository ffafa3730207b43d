"""Money for machines."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from vidan.kernel import clock
from vidan.payments import actions
from vidan.people.models import User

router = Router(tags=["payments"])


class ReceiptOut(Schema):
    """The receipt of a payment; amount in đồng."""

    series: str
    number: str
    amount: int
    paid_at: str


@router.post("/dossiers/{code}/take-cash", response=ReceiptOut)
def take_cash(request: HttpRequest, code: str) -> ReceiptOut:
    """The whole charge in cash; asked again, the receipt already given."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the router's token sees to it
    receipt = actions.take_cash(code, officer=user, at=clock.now())
    return ReceiptOut(
        series=receipt.series,
        number=receipt.shown_number,
        amount=receipt.amount,
        paid_at=receipt.paid_at.isoformat(),
    )
