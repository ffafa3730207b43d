"""What the public sees of a dossier: where it is and when to come; never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from vidan.dossiers.models import Dossier, DossierEvent
from vidan.dossiers.queries.explanation import Explanation, explain
from vidan.dossiers.queries.page import Node, amount_words
from vidan.dossiers.rules.deadlines import Reason
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.kernel.clock import ZONE


@dataclass(frozen=True, slots=True)
class Tracked:
    """A dossier as its owner follows it. ``state`` is a chip of the design: ok, late, ready…"""

    code: str
    unit_id: int
    procedure: str
    procedure_code: str
    copies: int
    headline: str
    state: str
    due_at: datetime
    why: Explanation
    thread: tuple[Node, ...]
    fee_due: int
    fee_paid: int
    receipt: str
    papers: tuple[tuple[str, int, int], ...]
    events: int
    first_hash: str
    finished_at: datetime | None
    returned_at: datetime | None


def _headline(step: Step) -> str:
    return {
        Step.QUEUED: _("Đã nhận hồ sơ"),
        Step.CHECKING: _("Đang đối chiếu với bản chính"),
        Step.SIGNING: _("Đang chờ lãnh đạo ký"),
        Step.ISSUING: _("Đang vào sổ và đóng dấu"),
        Step.READY: _("Có kết quả, mời đến nhận"),
        Step.RETURNED: _("Đã nhận kết quả"),
    }[step]


def _step_title(step: Step) -> str:
    """A step that is over or still to come; the current one is told by its headline."""
    return {
        Step.CHECKING: _("Đối chiếu với bản chính"),
        Step.SIGNING: _("Lãnh đạo ký"),
        Step.ISSUING: _("Vào sổ và đóng dấu"),
        Step.READY: _("Mời ông/bà đến nhận"),
    }[step]


_PUBLIC_STEPS = (Step.CHECKING, Step.SIGNING, Step.ISSUING, Step.READY)


def tracked(dossier: Dossier, *, now: datetime) -> Tracked:
    """The public view of a dossier that ``actions.tracking.look_up`` opened."""
    events = list(DossierEvent.objects.filter(dossier=dossier).order_by("seq"))
    papers = list(dossier.papers.all())
    says = dossier.procedure_version.says
    return Tracked(
        code=dossier.code,
        unit_id=dossier.unit_id,
        procedure=says.short_name,
        procedure_code=says.code,
        copies=sum(paper.copies for paper in papers),
        headline=_headline(dossier.at_step),
        state=_state(dossier, now),
        due_at=dossier.due_at.astimezone(ZONE),
        why=explain(dossier.due_at, [Reason.from_json(r) for r in dossier.due_reasons]),
        thread=_thread(dossier, events),
        fee_due=dossier.fee_due,
        fee_paid=dossier.fee_paid,
        receipt=next((e.payload["receipt"] for e in events if "receipt" in e.payload), ""),
        papers=tuple((p.label, p.pages, p.copies) for p in papers),
        events=len(events),
        first_hash=bytes(events[0].hash).hex(),
        finished_at=dossier.finished_at,
        returned_at=dossier.returned_at,
    )


def _state(dossier: Dossier, now: datetime) -> str:
    """Due today is in time for the citizen: the worry is the officer's (face, section 2)."""
    if dossier.at_step is Step.RETURNED:
        return "done"
    if dossier.at_step is Step.READY:
        return "ready"
    return "late" if dossier.due_at < now else "ok"


def _thread(dossier: Dossier, events: list[DossierEvent]) -> tuple[Node, ...]:
    """Receipt, payment, then each step reached last; what an officer undid is not shown twice."""
    nodes = [
        _event_node(e) for e in events if e.kind in (Action.RECEIVE.value, "payment-confirmed")
    ]
    step = dossier.at_step
    reached = _PUBLIC_STEPS.index(step) if step in _PUBLIC_STEPS else len(_PUBLIC_STEPS)
    if step is Step.QUEUED:
        reached = 0
    for place, later in enumerate(_PUBLIC_STEPS):
        if place < reached:
            when = next((e.at for e in reversed(events) if e.payload.get("to") == later), None)
            nodes.append(Node(_step_title(later), "done", when and when.astimezone(ZONE)))
        elif place == reached and step is not Step.QUEUED:
            nodes.append(Node(_headline(later), "now", dossier.step_since.astimezone(ZONE)))
        else:
            nodes.append(Node(_step_title(later), "next"))
    if step is Step.RETURNED:
        nodes.append(Node(_headline(step), "done", dossier.step_since.astimezone(ZONE)))
    return tuple(nodes)


def _event_node(event: DossierEvent) -> Node:
    at = event.at.astimezone(ZONE)
    if event.kind == Action.RECEIVE.value:
        return Node(_("Đã nhận hồ sơ"), "done", at)
    amount = amount_words(event.payload["amount"])
    return Node(
        _("Đã thu phí %(amount)s đ") % {"amount": amount},
        "done",
        at,
        detail=_("tiền mặt, biên lai số %(receipt)s") % {"receipt": event.payload["receipt"]},
    )
