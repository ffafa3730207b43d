"""Dossiers for machines: one typed address per verb, over the same actions as the buttons."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import AfterValidator, Field

from vidan.authorities import queries as authorities
from vidan.dossiers import access, actions
from vidan.dossiers.actions.tracking import look_up
from vidan.dossiers.models import Dossier
from vidan.dossiers.queries import inbox as inboxes
from vidan.dossiers.queries.inbox import Box
from vidan.dossiers.queries.tracking import tracked
from vidan.dossiers.rules.intake import HandOverProof, Intake, PaperLine, Parties, ReturnBy
from vidan.kernel import clock
from vidan.people import actions as people
from vidan.people.access import capacities, person_for
from vidan.people.models import Person, User
from vidan.people.rules import births

router = Router(tags=["dossiers"])


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a text holds no NUL character")
    return text


Plain = Annotated[str, AfterValidator(_plain)]
Text = Annotated[Plain, Field(max_length=250)]


class DossierOut(Schema):
    """A dossier as it is now; ``version`` is what a verb's ``seen`` must say."""

    code: str
    status: int
    step: str
    version: int
    received_at: str
    due_at: str
    fee_due: int
    fee_paid: int


class ReceivedOut(DossierOut):
    """A dossier just received, with the six characters of its slip."""

    secret: str


class DossiersOut(Schema):
    items: list[DossierOut]
    next: str | None


class PersonIn(Schema):
    """A person by number, or with what is needed to write them down."""

    id: int | None = None
    full_name: Text = ""
    citizen_id: Text = ""
    birth: Annotated[Plain, Field(max_length=20)] = ""
    sex: Literal["", "male", "female"] = ""
    phone: Annotated[Plain, Field(max_length=30)] = ""
    address: Text = ""


class PaperIn(Schema):
    label: Annotated[Plain, Field(min_length=1, max_length=200)]
    pages: int
    copies: int


class DossierIn(Schema):
    """A request for certified copies. ``key`` makes sending it twice harmless."""

    key: UUID
    unit: Annotated[Plain, Field(max_length=35)]
    procedure: Annotated[Plain, Field(max_length=20)]
    applicant: PersonIn
    papers: Annotated[list[PaperIn], Field(max_length=25)]
    agreed_days: int = 0
    agreed_ground: Annotated[Plain, Field(max_length=100)] = ""


class VerbIn(Schema):
    """A click: the version it was made on, and words where the verb takes them."""

    seen: Annotated[int, Field(ge=0, le=10**8)]
    note: Annotated[Plain, Field(max_length=2000)] = ""


class HandOverIn(VerbIn):
    """The proof of a hand-over without a file: the slip's secret, or the card's number."""

    recipient: Literal["applicant", "authorised", "bearer"] = "applicant"
    name: Annotated[Plain, Field(max_length=120)]
    method: Literal["secret", "citizen_id"]
    secret: Annotated[Plain, Field(max_length=20)] = ""
    citizen_id: Annotated[Plain, Field(max_length=20)] = ""
    authority: Annotated[Plain, Field(max_length=200)] = ""


class TrackOut(Schema):
    """What the public sees; no names."""

    code: str
    state: str
    headline: str
    due_at: str
    why: list[str]
    fee_due: int
    fee_paid: int


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the router's token sees to it
    return user


def _fields(dossier: Dossier) -> dict[str, object]:
    return {
        "code": dossier.code,
        "status": int(dossier.status),
        "step": str(dossier.step),
        "version": dossier.version,
        "received_at": dossier.received_at.astimezone(clock.ZONE).isoformat(),
        "due_at": dossier.due_at.astimezone(clock.ZONE).isoformat(),
        "fee_due": dossier.fee_due,
        "fee_paid": dossier.fee_paid,
    }


def _out(dossier: Dossier) -> DossierOut:
    return DossierOut.model_validate(_fields(dossier))


@router.get("/dossiers", response=DossiersOut)
def dossiers(request: HttpRequest, inbox: Literal["mine"] = "mine", after: str = "") -> DossiersOut:
    """What waits for a hand of mine, nearest due first, 50 at a time."""
    posts = capacities(_user(request), clock.now())
    found = inboxes.inbox(posts, Box.ALL, now=clock.now(), after=after)
    rows = {d.code: d for d in access.visible(posts).filter(code__in=[r.code for r in found.rows])}
    return DossiersOut(items=[_out(rows[r.code]) for r in found.rows], next=found.next_after)


@router.get("/dossiers/{code}", response=DossierOut)
def dossier(request: HttpRequest, code: str) -> DossierOut:
    """One dossier."""
    posts = capacities(_user(request), clock.now())
    return _out(access.dossier_for(posts, code, at=clock.now(), purpose="api"))


@router.post("/dossiers", response={201: ReceivedOut})
def receive(request: HttpRequest, body: DossierIn) -> Status[ReceivedOut]:
    """Receive a dossier at the counter."""
    user, at = _user(request), clock.now()
    person = _person(user, body)
    made = actions.receive(
        Intake(
            key=body.key,
            visit=uuid4(),
            unit=body.unit,
            procedure=body.procedure,
            parties=Parties(person.pk, None, person.pk),
            papers=tuple(PaperLine(p.label, p.pages, p.copies) for p in body.papers),
            return_by=ReturnBy.COUNTER,
            agreed_days=body.agreed_days,
            agreed_ground=body.agreed_ground,
        ),
        officer=user,
        at=at,
    )
    return Status(201, ReceivedOut.model_validate({**_fields(made), "secret": made.secret}))


def _person(user: User, body: DossierIn) -> Person:
    at, who = clock.now(), body.applicant
    if who.id is not None:
        return person_for(user, who.id, at=at, purpose="intake")
    birth = births.read(who.birth, today=at.date()) if who.birth.strip() else None
    return people.register_person(
        people.PersonData(
            full_name=who.full_name,
            birth=birth,
            sex=who.sex,
            citizen_id=who.citizen_id,
            phone=who.phone,
            address=who.address,
        ),
        officer=user,
        unit=authorities.unit_by_code(body.unit, on=at.date()),
        at=at,
    )


@router.post("/dossiers/{code}/start", response=DossierOut)
def start(request: HttpRequest, code: str, body: VerbIn) -> DossierOut:
    """Nhận xử lý."""
    return _out(actions.start(code, officer=_user(request), seen=body.seen, at=clock.now()))


@router.post("/dossiers/{code}/propose", response=DossierOut)
def propose(request: HttpRequest, code: str, body: VerbIn) -> DossierOut:
    """Trình lãnh đạo ký."""
    return _out(
        actions.propose(
            code, officer=_user(request), seen=body.seen, note=body.note, at=clock.now()
        )
    )


@router.post("/dossiers/{code}/approve", response=DossierOut)
def approve(request: HttpRequest, code: str, body: VerbIn) -> DossierOut:
    """Lãnh đạo ký."""
    return _out(
        actions.approve(
            code, officer=_user(request), seen=body.seen, note=body.note, at=clock.now()
        )
    )


@router.post("/dossiers/{code}/return-to-step", response=DossierOut)
def return_to_step(request: HttpRequest, code: str, body: VerbIn) -> DossierOut:
    """Trả lại, kèm lý do."""
    return _out(
        actions.return_to_step(
            code, officer=_user(request), seen=body.seen, note=body.note, at=clock.now()
        )
    )


@router.post("/dossiers/{code}/take-back", response=DossierOut)
def take_back(request: HttpRequest, code: str, body: VerbIn) -> DossierOut:
    """Rút lại."""
    return _out(actions.take_back(code, officer=_user(request), seen=body.seen, at=clock.now()))


@router.post("/dossiers/{code}/issue", response=DossierOut)
def issue(request: HttpRequest, code: str, body: VerbIn) -> DossierOut:
    """Vào sổ, đóng dấu."""
    return _out(actions.issue(code, officer=_user(request), seen=body.seen, at=clock.now()))


@router.post("/dossiers/{code}/hand-over", response=DossierOut)
def hand_over(request: HttpRequest, code: str, body: HandOverIn) -> DossierOut:
    """Trả kết quả."""
    proof = HandOverProof(
        recipient=body.recipient,
        name=body.name,
        method=body.method,
        secret=body.secret,
        citizen_id=body.citizen_id,
        authority=body.authority,
    )
    return _out(
        actions.hand_over(code, officer=_user(request), seen=body.seen, proof=proof, at=clock.now())
    )


@router.get("/track/{code}", response=TrackOut, auth=None)
def track(request: HttpRequest, code: str, secret: str) -> TrackOut:
    """A dossier by its slip: code and the six characters. Guessing is slowed down."""
    at = clock.now()
    origin = request.META.get("REMOTE_ADDR", "")
    seen = tracked(look_up(code, secret, origin=origin, at=at), now=at)
    return TrackOut(
        code=seen.code,
        state=seen.state,
        headline=seen.headline,
        due_at=seen.due_at.isoformat(),
        why=list(seen.why.reasons),
        fee_due=seen.fee_due,
        fee_paid=seen.fee_paid,
    )
