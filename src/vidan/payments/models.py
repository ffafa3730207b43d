"""Charges as the version's schedule produces them, and numbered receipts for cash."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from vidan.authorities.models import Unit
from vidan.dossiers.models import Dossier
from vidan.people.models import User


class Charge(models.Model):
    """What a dossier costs by law, opened in the verb that received it."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="charge")
    total = models.PositiveIntegerField()
    basis = models.CharField(max_length=200)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.total}"


class ChargeLine(models.Model):
    """One line of a charge, with the sum as a clerk would write it; amounts in đồng."""

    charge = models.ForeignKey(Charge, models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    formula = models.CharField(max_length=100)
    amount = models.PositiveIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("charge", "place"), name="charge_line_in_its_place"),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.amount}"


class ReceiptBook(models.Model):
    """The last number of a unit's receipt series; locked until the payment commits."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "series"), name="one_book_per_series"),
        )

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class Receipt(models.Model):
    """A numbered fee receipt: never changed, never deleted, numbers without gaps."""

    charge = models.OneToOneField(Charge, models.PROTECT, related_name="receipt")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()
    method = models.CharField(max_length=10, choices=[("cash", "cash")])
    paid_at = models.DateTimeField()
    cashier = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "series", "number"), name="receipt_numbered_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_for_something"),
        )
        triggers = (
            pgtrigger.Protect(name="receipts_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """The number as printed: six digits."""
        return f"{self.number:06d}"
