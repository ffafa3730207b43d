"""Reading the catalogue."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from vidan.kernel.search import fold
from vidan.procedures.models import ProcedureVersion


class NoSuchProcedure(LookupError):
    """No version of this code is in force on that day."""


def _in_force(on: date) -> QuerySet[ProcedureVersion]:
    return (
        ProcedureVersion.objects.filter(valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .select_related("procedure")
        .order_by("procedure__code", "-number")
    )


def version_in_force(code: str, *, on: date) -> ProcedureVersion:
    """The version a dossier received on that day is bound to. Raises ``NoSuchProcedure``."""
    version = _in_force(on).filter(procedure__code=code.replace("\x00", "?")).first()
    if version is None:
        raise NoSuchProcedure(code)
    return version


def catalogue(*, on: date) -> list[ProcedureVersion]:
    """Every procedure in force that day, newest version each."""
    newest: dict[str, ProcedureVersion] = {}
    for version in _in_force(on):
        newest.setdefault(version.procedure.code, version)
    return list(newest.values())


def search(text: str, *, on: date) -> list[ProcedureVersion]:
    """Procedures whose names, legal or everyday, hold most of the words, best first.

    Words are compared without tone marks; a text that is a code finds that code.
    """
    # A letter alone begins half of all words: it says nothing.
    words = [word for word in fold(text).split() if len(word) > 1 or word.isdigit()]
    if not words:
        return []
    scored = []
    for version in catalogue(on=on):
        says = version.says
        if text.strip() == says.code:
            return [version]
        names = fold(" ".join((says.short_name, says.name, *says.everyday, says.field))).split()
        hits = sum(any(name.startswith(word) for name in names) for word in words)
        if hits * 2 > len(words) or hits == len(words):
            scored.append((-hits, says.short_name, version))
    return [version for *_, version in sorted(scored, key=lambda row: row[:2])]
