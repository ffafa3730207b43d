"""The catalogue: a procedure and its versions, immutable once published."""

from __future__ import annotations

from functools import cached_property

import pgtrigger
from django.db import models

from vidan.procedures.rules.specification import Specification


class Procedure(models.Model):
    """A thủ tục hành chính by its national code; everything else is in its versions."""

    code = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What was published, from when. A dossier pins the one it was received under."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    spec = models.JSONField()
    spec_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("procedure", "number"), name="version_numbered_once"),
            models.UniqueConstraint(fields=("procedure", "spec_hash"), name="version_said_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="version_dates_in_order",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="published_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="published_is_immutable",
                fields=["procedure", "number", "valid_from", "spec", "spec_hash", "published_at"],
            ),
        )

    def __str__(self) -> str:
        return f"{self.procedure_id}/{self.number}"

    @cached_property
    def says(self) -> Specification:
        """The version as a typed value."""
        return Specification.model_validate(self.spec)
