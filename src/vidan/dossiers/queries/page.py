"""One dossier's page: its path so far, what comes next, and what this officer may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vidan.authorities.rules.explained import N_
from vidan.dossiers import access
from vidan.dossiers.models import Dossier, DossierEvent, DossierPaper, Note
from vidan.dossiers.queries.explanation import Explanation, explain
from vidan.dossiers.rules import lifecycle
from vidan.dossiers.rules.deadlines import Reason
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.kernel import ledger
from vidan.kernel.clock import ZONE
from vidan.people.access import Capacity
from vidan.people.models import User


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the thread: ``state`` is done, now, or next."""

    title: str
    state: str
    at: datetime | None = None
    who: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """A verb that cannot be done now: what, why, and the lawful way."""

    title: str
    why: str
    way: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class DossierPage:
    """Everything the page shows besides money and letters, which other areas know."""

    dossier: Dossier
    thread: tuple[Node, ...]
    papers: tuple[DossierPaper, ...]
    why: Explanation
    actions: tuple[Action, ...]
    blocked: tuple[Blocked, ...]
    events: int
    broken: ledger.Broken | None
    last_note: str


STEP_NAMES = {
    Step.QUEUED: N_("Chờ xử lý"),
    Step.CHECKING: N_("Đối chiếu"),
    Step.SIGNING: N_("Lãnh đạo ký"),
    Step.ISSUING: N_("Đóng dấu"),
    Step.READY: N_("Chờ trả"),
    Step.RETURNED: N_("Đã trả"),
}
_AHEAD = (Step.CHECKING, Step.SIGNING, Step.ISSUING, Step.READY)


def amount_words(amount: int) -> str:
    """``34.000``, in English ``34,000``."""
    text = f"{amount:,}"
    return text if get_language() == "en" else text.replace(",", ".")


def step_name(step: Step) -> str:
    """The step's name on officers' screens."""
    return _(STEP_NAMES[step])


def dossier_page(dossier: Dossier, posts: Sequence[Capacity], *, officer: User) -> DossierPage:
    """The page of a dossier that ``access.dossier_for`` opened for this officer."""
    events = list(DossierEvent.objects.filter(dossier=dossier).order_by("seq"))
    notes = {str(note.key): note.text for note in Note.objects.filter(dossier=dossier)}
    names = _names(events)
    roles = frozenset(post.role for post in posts if post.unit.pk == dossier.unit_id)
    offered = lifecycle.offered(dossier.at_step, roles)
    actions, blocked = _possible(dossier, offered, officer)
    return DossierPage(
        dossier=dossier,
        thread=(*_past(events, names, notes), *_ahead(dossier)),
        papers=tuple(dossier.papers.prefetch_related("scans__file")),
        why=explain(dossier.due_at, [Reason.from_json(r) for r in dossier.due_reasons]),
        actions=actions,
        blocked=blocked,
        events=len(events),
        broken=ledger.first_break(events),
        last_note=_last_note(dossier, events, notes),
    )


def _names(events: Sequence[DossierEvent]) -> dict[UUID, str]:
    keys = {key for e in events for key in (e.actor, e.on_behalf) if key is not None}
    return dict(User.objects.filter(key__in=keys).values_list("key", "full_name"))


def _past(
    events: Sequence[DossierEvent], names: dict[UUID, str], notes: dict[str, str]
) -> list[Node]:
    nodes = []
    for event in events:
        who = names.get(event.actor, "") if event.actor else ""
        if event.on_behalf:
            who = _("%(who)s thay %(whom)s") % {"who": who, "whom": names.get(event.on_behalf, "")}
        nodes.append(
            Node(
                title=access.event_name(event.kind),
                state="done",
                at=event.at.astimezone(ZONE),
                who=who,
                detail=notes.get(event.about.removeprefix("note:"), "") or _detail(event),
            )
        )
    return nodes


def _detail(event: DossierEvent) -> str:
    if event.kind == "payment-confirmed":
        amount = amount_words(event.payload["amount"])
        return _("%(amount)s đ, biên lai %(receipt)s") % {
            "amount": amount,
            "receipt": event.payload["receipt"],
        }
    if event.kind == Action.ISSUE.value:
        numbers = ", ".join(f"{number}/{year}" for number, year in event.payload["register"])
        return _("Số chứng thực %(numbers)s") % {"numbers": numbers}
    return ""


def _ahead(dossier: Dossier) -> list[Node]:
    step = dossier.at_step
    if step is Step.RETURNED:
        return []
    # Before the leader or at the return desk nobody in particular holds it.
    held = dossier.holder is not None and step in (Step.CHECKING, Step.ISSUING)
    holder = dossier.holder.full_name if held and dossier.holder else ""
    now = Node(step_name(step), "now", dossier.step_since.astimezone(ZONE), holder)
    place = _AHEAD.index(step) + 1 if step in _AHEAD else 0
    return [now, *(Node(step_name(later), "next") for later in _AHEAD[place:])]


def _possible(
    dossier: Dossier, offered: Sequence[Action], officer: User
) -> tuple[tuple[Action, ...], tuple[Blocked, ...]]:
    """The verbs that would succeed, and those that would not with the lawful way beside them."""
    possible: list[Action] = []
    blocked: list[Blocked] = []
    for action in offered:
        if action is Action.TAKE_BACK:
            own = dossier.moved_by_id == officer.pk
            if own and lifecycle.undoes(dossier.at_step, dossier.last_move):
                possible.append(action)
        elif action is Action.APPROVE and access.own_proposal(dossier, officer):
            blocked.append(
                Blocked(
                    _("Chưa ký được"),
                    _("Người trình không tự ký hồ sơ mình trình."),
                    _("Chờ lãnh đạo, hoặc người khác được ủy quyền."),
                )
            )
        elif action is Action.HAND_OVER and dossier.fee_paid < dossier.fee_due:
            blocked.append(
                Blocked(
                    _("Chưa trả kết quả được"),
                    _("Chưa thu đủ phí theo biểu."),
                    _("Thu tiền và in biên lai"),
                    "pay",
                )
            )
        else:
            possible.append(action)
    return tuple(possible), tuple(blocked)


def _last_note(dossier: Dossier, events: Sequence[DossierEvent], notes: dict[str, str]) -> str:
    """The reason with which the dossier came back, while it lies there."""
    if dossier.last_move != Action.RETURN_TO_STEP.value:
        return ""
    last = [e for e in events if e.kind == Action.RETURN_TO_STEP.value][-1]
    return notes.get(last.about.removeprefix("note:"), "")
