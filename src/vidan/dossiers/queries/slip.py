"""The facts that form 01 prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings

from vidan.authorities import queries as authorities
from vidan.dossiers.models import Dossier, DossierEvent
from vidan.dossiers.queries.explanation import Explanation, explain
from vidan.dossiers.rules.deadlines import Reason
from vidan.kernel.clock import ZONE
from vidan.people.models import Person


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """Everything form 01 says of a dossier (facts 2.3); times in the office's zone."""

    code: str
    secret: str
    track_url: str
    unit_name: str
    unit_full_name: str
    procedure: str
    procedure_code: str
    applicant: str
    address: str
    phone: str
    email: str
    declarant: str
    """Who stood at the counter when that is not the applicant; empty otherwise."""
    authority: str
    papers: tuple[tuple[str, int, int], ...]
    """(name, pages, copies) of each original shown."""
    received_at: datetime
    due_at: datetime
    time_limit: str
    why: Explanation
    return_by: str
    return_address: str
    fee_due: int
    fee_paid: int
    receiver: str
    form_date: datetime
    first_hash: str


def slip_facts(dossier_id: int) -> SlipFacts:
    """The facts as of now; the kept paper, once printed, is never computed again."""
    dossier = Dossier.objects.select_related(
        "unit",
        "procedure_version",
        "applicant_person",
        "applicant_organisation",
        "declared_by",
        "typed_by",
    ).get(pk=dossier_id)
    subject = dossier.applicant_person or dossier.applicant_organisation
    first = DossierEvent.objects.get(dossier=dossier, seq=1)
    says = dossier.procedure_version.says
    declarant = dossier.declared_by
    for_another = declarant is not None and declarant != dossier.applicant_person
    return SlipFacts(
        code=dossier.code,
        secret=dossier.secret,
        track_url=track_url(dossier),
        unit_name=dossier.unit.name,
        unit_full_name=authorities.display_name(dossier.unit),
        procedure=says.short_name,
        procedure_code=says.code,
        applicant=str(subject),
        address=subject.address if subject else "",
        phone=subject.phone if subject else "",
        email="",
        declarant=declarant.full_name if isinstance(declarant, Person) and for_another else "",
        authority=dossier.authority,
        papers=tuple((p.label, p.pages, p.copies) for p in dossier.papers.all()),
        received_at=dossier.received_at.astimezone(ZONE),
        due_at=dossier.due_at.astimezone(ZONE),
        time_limit=says.time_limit.basis,
        why=explain(dossier.due_at, [Reason.from_json(r) for r in dossier.due_reasons]),
        return_by=dossier.return_by,
        return_address=dossier.return_address,
        fee_due=dossier.fee_due,
        fee_paid=dossier.fee_paid,
        receiver=dossier.typed_by.full_name,
        form_date=dossier.received_at.astimezone(ZONE),
        first_hash=bytes(first.hash).hex(),
    )


def track_url(dossier: Dossier) -> str:
    """The address behind the slip's QR code: it opens the dossier's public page."""
    query = urlencode({"ma": dossier.code, "khoa": dossier.secret})
    return f"{settings.BASE_URL}/theo-doi/?{query}"
