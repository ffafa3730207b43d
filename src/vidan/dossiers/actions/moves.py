"""The verbs between receipt and return, all over the one table of moves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from vidan.dossiers import access
from vidan.dossiers.actions import refusals
from vidan.dossiers.models import Dossier, DossierEvent, HandOver, Note
from vidan.dossiers.rules import codes, lifecycle
from vidan.dossiers.rules.intake import HandOverProof
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.kernel import ledger
from vidan.people.access import Capacity, capacities
from vidan.people.models import User
from vidan.people.rules import names
from vidan.people.rules.roles import Role


@transaction.atomic
def start(code: str, *, officer: User, seen: int, at: datetime) -> Dossier:
    """Take a waiting dossier into work; whoever does becomes its holder."""
    dossier, post = _locked(code, Action.START, officer, seen, at)
    dossier.holder = officer
    return _move(dossier, Action.START, post, at)


@transaction.atomic
def propose(code: str, *, officer: User, seen: int, at: datetime, note: str = "") -> Dossier:
    """Put the checked copies before the leader, with a note where there is something to say."""
    dossier, post = _locked(code, Action.PROPOSE, officer, seen, at)
    return _move(dossier, Action.PROPOSE, post, at, note=note)


@transaction.atomic
def approve(code: str, *, officer: User, seen: int, at: datetime, note: str = "") -> Dossier:
    """The leader signs the copies (23/2015/NĐ-CP, article 5 names who may).

    Two pairs of eyes: whoever proposed does not sign, not even on a leader's behalf. Raises
    ``OwnProposal``.
    """
    dossier, post = _locked(code, Action.APPROVE, officer, seen, at)
    if access.own_proposal(dossier, officer):
        raise refusals.OwnProposal
    return _move(dossier, Action.APPROVE, post, at, note=note)


@transaction.atomic
def return_to_step(code: str, *, officer: User, seen: int, at: datetime, note: str) -> Dossier:
    """Send the proposal back. Never without saying why: raises ``ReasonMissing``."""
    if not note.strip():
        raise refusals.ReasonMissing
    dossier, post = _locked(code, Action.RETURN_TO_STEP, officer, seen, at)
    return _move(dossier, Action.RETURN_TO_STEP, post, at, note=note)


@transaction.atomic
def take_back(code: str, *, officer: User, seen: int, at: datetime) -> Dossier:
    """Undo one's own last move while nobody has acted on it. Raises ``NotYours``."""
    dossier, post = _locked(code, Action.TAKE_BACK, officer, seen, at)
    if dossier.moved_by_id != officer.pk or not lifecycle.undoes(
        dossier.at_step, dossier.last_move
    ):
        raise refusals.NotYours
    if dossier.at_step is Step.CHECKING:
        dossier.holder = None
    return _move(dossier, Action.TAKE_BACK, post, at)


@transaction.atomic
def issue(code: str, *, officer: User, seen: int, at: datetime) -> Dossier:
    """Enter the signed copies in the register, seal them, send them to the return desk.

    Each original gets one number of the year's register (01/2020/TT-BTP), without gaps.
    """
    dossier, post = _locked(code, Action.ISSUE, officer, seen, at)
    papers = list(dossier.papers.filter(register_number__isnull=True))
    if papers:  # a dossier taken back after issuing keeps its numbers
        last = _register_numbers(dossier, at.year, len(papers))
        for paper, number in zip(papers, range(last - len(papers) + 1, last + 1), strict=True):
            paper.register_number, paper.register_year = number, at.year
            paper.save(update_fields=["register_number", "register_year"])
    numbers = list(dossier.papers.values_list("register_number", "register_year"))
    return _move(dossier, Action.ISSUE, post, at, payload={"register": [list(n) for n in numbers]})


@transaction.atomic
def hand_over(
    code: str, *, officer: User, seen: int, proof: HandOverProof, at: datetime
) -> Dossier:
    """Give the result to somebody we can name, with a proof. Raises ``NotPaid``, ``ProofMissing``.

    Lateness never withholds a result; an unpaid fee of the law does, because the cash desk that
    settles it is one step away.
    """
    dossier, post = _locked(code, Action.HAND_OVER, officer, seen, at)
    if dossier.fee_paid < dossier.fee_due:
        raise refusals.NotPaid
    _check_proof(dossier, proof)
    HandOver.objects.create(
        dossier=dossier,
        recipient=proof.recipient,
        name=proof.name.strip(),
        authority=proof.authority.strip(),
        method=proof.method,
        signature_id=proof.signature,
        at=at,
        by=officer,
    )
    payload = {"recipient": proof.recipient, "method": proof.method}
    return _move(dossier, Action.HAND_OVER, post, at, payload=payload)


def _check_proof(dossier: Dossier, proof: HandOverProof) -> None:
    if not proof.name.strip():
        raise refusals.ProofMissing(_("Ghi họ tên người nhận kết quả."))
    try:
        names.tidy(proof.name)
    except names.NameRefused as refusal:
        raise refusals.ProofMissing(_(refusal.template)) from None
    if proof.recipient == "authorised" and not proof.authority.strip():
        raise refusals.ProofMissing(_("Ghi giấy ủy quyền: số, ngày, ai lập."))
    if proof.method == "secret":
        if codes.tidy_secret(proof.secret) != dossier.secret:
            raise refusals.ProofMissing(
                _("6 ký tự chưa khớp với giấy hẹn. Xem lại giấy, hoặc đối chiếu căn cước.")
            )
    elif proof.method == "citizen_id":
        _check_card(dossier, proof)
    elif proof.method != "signature" or proof.signature is None:
        raise refusals.ProofMissing(_("Chụp hoặc quét phiếu người nhận đã ký."))


def _check_card(dossier: Dossier, proof: HandOverProof) -> None:
    """The card's number must be the applicant's or the declarant's own."""
    typed = "".join(c for c in proof.citizen_id if c.isdigit())
    known = [p.citizen_id for p in (dossier.applicant_person, dossier.declared_by) if p is not None]
    if not typed or typed not in known:
        raise refusals.ProofMissing(
            _("Số căn cước chưa khớp với người nộp. Người khác nhận thì chụp phiếu đã ký.")
        )


def _register_numbers(dossier: Dossier, year: int, count: int) -> int:
    """Take ``count`` numbers; the last one. The row stays locked until the verb commits."""
    register = dossier.procedure_version.says.register_name or dossier.procedure_version.says.code
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_registersequence (unit_id, register, year, last)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (unit_id, register, year) DO UPDATE"
            " SET last = dossiers_registersequence.last + EXCLUDED.last RETURNING last",
            [dossier.unit_id, register, year, count],
        )
        return int(cursor.fetchone()[0])


def _locked(
    code: str, action: Action, officer: User, seen: int, at: datetime
) -> tuple[Dossier, Capacity]:
    """The dossier under lock, the right to do this here, and proof that the page was fresh.

    Raises ``DossierNotFound``, ``StaleClick``, ``WrongStep``, ``NotAllowed`` in that order: what
    somebody may not see stays unseen, and an old page is told what changed before anything else.
    """
    posts = capacities(officer, at)
    dossier = access.locked(posts, code)
    if dossier.version != seen:
        raise refusals.StaleClick(access.changed_since(dossier, seen))
    roles = lifecycle.roles_for(dossier.at_step, action)
    if not roles:
        anywhere = lifecycle.MOVES[action].roles.values()
        access.acting(posts, dossier.unit_id, frozenset[Role]().union(*anywhere))
        raise refusals.WrongStep
    return dossier, access.acting(posts, dossier.unit_id, roles)


def _move(
    dossier: Dossier,
    action: Action,
    post: Capacity,
    at: datetime,
    *,
    note: str = "",
    payload: dict[str, Any] | None = None,
) -> Dossier:
    before = dossier.at_step
    target = lifecycle.after(before, action)
    dossier.step, dossier.status = target, lifecycle.STATUS_AT[target]
    dossier.step_since, dossier.moved_by, dossier.last_move = at, post.user, action.value
    if target is Step.READY:
        dossier.finished_at = at
    elif target is Step.RETURNED:
        dossier.returned_at = at
    else:
        dossier.finished_at = None
    about = _note(dossier, note, post, at)
    event = ledger.link(
        DossierEvent,
        action.value,
        stream=dossier.stream,
        at=at,
        by=post.by(),
        payload={"from": before.value, "to": target.value, **(payload or {})},
        about=about,
        head=ledger.Head(dossier.version, bytes(dossier.head_hash)),
        dossier=dossier,
    )
    dossier.version, dossier.head_hash = event.seq, event.hash
    dossier.save(
        update_fields=[
            "step",
            "status",
            "step_since",
            "moved_by",
            "last_move",
            "finished_at",
            "returned_at",
            "holder",
            "version",
            "head_hash",
        ]
    )
    ledger.record(event)
    return dossier


def _note(dossier: Dossier, text: str, post: Capacity, at: datetime) -> str:
    """Keep the words in an erasable row; the event refers to it."""
    if not text.strip():
        return ""
    note = Note.objects.create(
        dossier=dossier, text=text.strip(), written_by=post.user, written_at=at
    )
    return f"note:{note.key}"
