"""Papers that were made: the very bytes, so that a second print is the first one again."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from vidan.dossiers.models import Dossier
from vidan.kernel.models import StoredFile
from vidan.letters.rules.papers import Kind


class IssuedPaper(models.Model):
    """One paper of a dossier, as it was given out.

    ``serial`` counts papers of one kind within the dossier; the copies of one paper ("liên") are
    pages of its file. The row never changes; erasing the person's data deletes row and file.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="issued_papers")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    serial = models.PositiveSmallIntegerField(default=1)
    # The annex the paper follows (rules.form_sets); empty where the paper is not of that annex.
    form_set = models.CharField(max_length=10, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    # Of the plain PDF: a file brought back can be told to be ours, to the byte.
    sha256 = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("dossier", "kind", "serial"), name="paper_issued_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="paper_kind_known"
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="paper_serial_counts"),
        )
        triggers = (pgtrigger.Protect(name="issued_papers_stay", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return f"{self.kind} {self.dossier_id}/{self.serial}"
