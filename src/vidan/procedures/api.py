"""The catalogue for machines; no token needed."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from vidan.kernel import clock
from vidan.procedures import queries
from vidan.procedures.models import ProcedureVersion

router = Router(tags=["procedures"])


class ProcedureOut(Schema):
    """A procedure in force today."""

    code: str
    version: int
    name: str
    short_name: str
    field: str
    valid_from: str
    decision: str


class ProceduresOut(Schema):
    items: list[ProcedureOut]
    next: str | None = None


def _out(version: ProcedureVersion) -> ProcedureOut:
    says = version.says
    return ProcedureOut(
        code=says.code,
        version=version.number,
        name=says.name,
        short_name=says.short_name,
        field=says.field,
        valid_from=says.valid_from.isoformat(),
        decision=says.decision,
    )


@router.get("/procedures", response=ProceduresOut)
def procedures(request: HttpRequest, q: str = "") -> ProceduresOut:
    """The catalogue, or what fits the words ``q`` (everyday words, no tone marks needed)."""
    today = clock.today()
    found = queries.search(q, on=today) if q.strip() else queries.catalogue(on=today)
    return ProceduresOut(items=[_out(version) for version in found])


@router.get("/procedures/{code}", response=ProcedureOut)
def procedure(request: HttpRequest, code: str) -> ProcedureOut:
    """One procedure as it is in force today."""
    return _out(queries.version_in_force(code, on=clock.today()))
