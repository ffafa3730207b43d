"""What papers say, gathered from the areas below."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from vidan.authorities import queries as authorities
from vidan.authorities.models import Unit
from vidan.dossiers.queries.slip import SlipFacts, slip_facts
from vidan.dossiers.rules.intake import ReturnBy
from vidan.kernel import clock
from vidan.letters.rules.form_sets import FormSet, form_set_on
from vidan.letters.rules.papers import (
    Fee,
    FeeState,
    Follow,
    Letterhead,
    ReceiptSlip,
    SubmittedPaper,
)


def letterhead_of(unit: Unit, *, at: datetime) -> Letterhead:
    """How a unit heads its papers on that day, under the name it had then."""
    full_name = authorities.display_name(unit, at.astimezone(clock.ZONE).date())
    return _letterhead(full_name, unit.name, at)


def receipt_slip(dossier_id: int) -> ReceiptSlip:
    """Form 01 of a dossier, of the day on which it was received.

    Always in Vietnamese, whatever language the officer reads.
    """
    with translation.override("vi"):
        return _slip(slip_facts(dossier_id))


def _letterhead(full_name: str, place: str, at: datetime) -> Letterhead:
    local = at.astimezone(clock.ZONE)
    own = full_name.partition(", ")[0]
    return Letterhead(
        agency=f"Ủy ban nhân dân {own[:1].lower()}{own[1:]}",
        desk=form_set_on(local.date()).desk,
        place=place,
        made_at=local,
        trial=settings.DEMO or clock.is_set(),
    )


def _slip(facts: SlipFacts) -> ReceiptSlip:
    forms = form_set_on(facts.form_date.date())
    return ReceiptSlip(
        head=_letterhead(facts.unit_full_name, facts.unit_name, facts.form_date),
        forms=forms,
        code=facts.code,
        applicant=facts.applicant,
        request=f"{facts.procedure} (mã thủ tục {facts.procedure_code})",
        papers=tuple(
            SubmittedPaper(f"{name} ({pages} trang, xin {copies} bản sao)", "Bản chính", 1)
            for name, pages, copies in facts.papers
        ),
        received_at=facts.received_at,
        due_at=facts.due_at,
        delivery=_delivery(facts, forms),
        receiver=facts.receiver,
        follow=Follow(facts.secret, facts.track_url, _typed(facts.track_url)),
        address=facts.address,
        phone=facts.phone,
        email=facts.email,
        submitter=facts.declarant,
        submitter_capacity=facts.authority,
        statutory_time=facts.time_limit,
        fee=_fee(facts.fee_due, facts.fee_paid),
        why=tuple(said for said in facts.why.reasons if said != facts.why.provisional),
        calendar_note=facts.why.provisional,
        first_hash=bytes.fromhex(facts.first_hash),
    )


def _delivery(facts: SlipFacts, forms: FormSet) -> str:
    if facts.return_by == ReturnBy.POST:
        return f"Qua bưu chính, đến {facts.return_address}"
    return f"Nhận trực tiếp tại {forms.desk}"


def _fee(due: int, paid: int) -> Fee:
    if due == 0:
        return Fee(FeeState.NONE)
    return Fee(FeeState.COLLECTED if paid >= due else FeeState.LATER, due)


def _typed(url: str) -> str:
    """The look-up's address as somebody types it: no scheme, no query."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")
