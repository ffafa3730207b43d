"""What an intake would cost and when it would be due, before anything is received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from vidan.authorities import queries as authorities
from vidan.authorities.rules.calendar import CalendarGap
from vidan.dossiers.queries.explanation import Explanation, explain
from vidan.dossiers.rules import deadlines
from vidan.dossiers.rules.deadlines import Due
from vidan.dossiers.rules.intake import PaperLine
from vidan.procedures.rules import fees
from vidan.procedures.rules.fees import Charge, Copies
from vidan.procedures.rules.specification import Specification


@dataclass(frozen=True, slots=True)
class Preview:
    """The date with its reasons (or why there is none), and the charge as far as counted."""

    due: Due | None
    why: Explanation | None
    gap: str
    charge: Charge


def preview(
    says: Specification,
    *,
    unit_code: str,
    papers: Sequence[PaperLine],
    at: datetime,
    agreed_days: int = 0,
) -> Preview:
    """The same rules as the verb itself, on what has been typed so far."""
    lines = []
    for paper in papers:
        try:
            lines.append(fees.line_for(Copies(paper.label, paper.pages, paper.copies), says.fee))
        except fees.FeeRefused:
            continue
    charge = Charge(tuple(lines))
    extension = says.time_limit.agreed_extension
    days = min(agreed_days, extension.most_days if extension else 0)
    calendar = authorities.calendar_of(authorities.unit_by_code(unit_code))
    try:
        due = deadlines.same_day(
            at, cutoff=says.time_limit.cutoff, calendar=calendar, agreed_days=days
        )
    except CalendarGap as gap:
        return Preview(None, None, _(gap.template) % gap.params, charge)
    return Preview(due, explain(due.at, due.reasons), "", charge)
