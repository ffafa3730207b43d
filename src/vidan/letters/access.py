"""Who may hold a dossier's papers: those who work on it. A slip shows the look-up secret."""

from __future__ import annotations

from datetime import datetime

from vidan.dossiers import access
from vidan.dossiers.models import Dossier
from vidan.people.access import capacities
from vidan.people.models import User


def dossier_to_print(code: str, *, officer: User, at: datetime, purpose: str) -> Dossier:
    """The dossier, its reading noted. Raises ``DossierNotFound`` and ``NotAllowed``."""
    posts = capacities(officer, at)
    dossier = access.dossier_for(posts, code, at=at, purpose=purpose)
    access.acting(posts, dossier.unit_id, access.WORKING)
    return dossier
