"""Finding dossiers among those a person may see; people are found through their own door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform

from vidan.dossiers.access import visible
from vidan.dossiers.rules import codes
from vidan.dossiers.rules.lifecycle import OPEN_STEPS, Step
from vidan.kernel.clock import ZONE
from vidan.people.access import Capacity, search_persons
from vidan.people.models import User
from vidan.people.rules.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Found:
    """One dossier of a search. ``exact``: the text was this dossier's own code."""

    code: str
    name: str
    procedure: str
    step: Step
    received_at: datetime
    due_at: datetime
    finished_at: datetime | None
    exact: bool

    @property
    def open(self) -> bool:
        return self.step in OPEN_STEPS


def find(
    posts: Sequence[Capacity],
    text: str,
    *,
    officer: User,
    at: datetime,
    limit: int,
    ready_only: bool = False,
) -> list[Found]:
    """By code (also its end, "0021"), or by the applicant; an empty text lists the newest.

    Names, phones and identity numbers go through ``people.access``, which notes the search.
    """
    dossiers = visible(posts)
    if ready_only:
        dossiers = dossiers.filter(step=Step.READY.value)
    where, exact = _where(text, officer, at)
    rows = (
        dossiers.filter(where)
        .annotate(list_name=KeyTextTransform("list_name", "procedure_version__spec"))
        .select_related("applicant_person", "applicant_organisation")
        .order_by(F("received_at").desc(), "-pk")[:limit]
    )
    return [
        Found(
            code=row.code,
            name=str(row.applicant_person or row.applicant_organisation),
            procedure=row.list_name,
            step=row.at_step,
            received_at=row.received_at.astimezone(ZONE),
            due_at=row.due_at.astimezone(ZONE),
            finished_at=row.finished_at,
            exact=exact,
        )
        for row in rows
    ]


def _where(text: str, officer: User, at: datetime) -> tuple[Q, bool]:
    tidy = text.replace("\x00", "").strip()
    if not tidy:
        return Q(), False
    try:
        return Q(code=str(codes.parse(tidy))), True
    except codes.CodeRefused:
        pass
    compact = tidy.replace(" ", "").upper()
    number = compact.isdigit() and 4 <= len(compact) < 9
    if number or ("-" in compact and any(c.isdigit() for c in compact)):
        return Q(code__endswith=compact) | Q(code__contains=f"-{compact}"), False
    try:
        hits = search_persons(officer, tidy, at=at)
    except NotAllowed:
        return Q(pk__in=[]), False
    people = [hit.id for hit in hits]
    return Q(applicant_person__in=people) | Q(declared_by__in=people), False
