"""Papers that were made, for a dossier's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vidan.kernel.clock import ZONE
from vidan.letters.models import IssuedPaper
from vidan.letters.rules.papers import Kind


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept paper: ``name`` is the file's, with the paper's title and reference."""

    kind: Kind
    serial: int
    name: str
    pages: int
    made_at: datetime


def papers_of(dossier_id: int) -> list[Kept]:
    """The papers of a dossier that the caller was allowed to see, oldest first. One query."""
    rows = IssuedPaper.objects.select_related("file").filter(dossier=dossier_id)
    return [
        Kept(
            Kind(row.kind), row.serial, row.file.name, row.file.pages, row.made_at.astimezone(ZONE)
        )
        for row in rows
    ]
