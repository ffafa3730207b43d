"""An office at work: the calendar and the catalogue are published, people come to the counter.

Imported by the conftest of every folder whose tests need dossiers. Dossiers are made through the
verbs, so that what a test finds is what an office would find.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import BEGINNING, DAK_LAK, EA_PHE, KRONG_PAC

from vidan.authorities.actions import load_calendar
from vidan.authorities.models import Unit
from vidan.dossiers import actions
from vidan.dossiers.models import Dossier, DossierEvent
from vidan.dossiers.rules.intake import HandOverProof, Intake, PaperLine, Parties
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.kernel import ledger
from vidan.payments import actions as payments
from vidan.people import actions as people
from vidan.people.models import Person, User
from vidan.people.rules.births import Birth
from vidan.procedures.actions import publish_catalogue

CARD, PHONE = "066187000012", "0900000011"
DIPLOMA, RECORD = PaperLine("Bằng tốt nghiệp THPT", 1, 3), PaperLine("Học bạ THPT", 12, 2)
"""Three copies of one page (6.000 đ) and two of twelve (28.000 đ)."""
FEE = 34_000
MINUTE = timedelta(minutes=1)

Received = Callable[..., Dossier]
BroughtTo = Callable[..., Dossier]


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    """The three units of the cast, without the other hundred of their province."""
    province = Unit.objects.create(
        code=DAK_LAK, kind="province", name="Đắk Lắk", full_name="Tỉnh Đắk Lắk", gso_code="66"
    )
    communes = {
        code: Unit.objects.create(
            code=code, kind="commune", name=name, full_name=f"Xã {name}", parent=province
        )
        for code, name in ((EA_PHE, "Ea Phê"), (KRONG_PAC, "Krông Pắc"))
    }
    return {DAK_LAK: province, **communes}


@pytest.fixture
def catalogue(db: None, settings: Any, tmp_path: Path) -> None:
    """Calendar and procedures are published; files are kept in a folder of the test's own."""
    settings.VIDAN_FILES = tmp_path / "files"
    load_calendar()
    publish_catalogue(at=BEGINNING)


@pytest.fixture
def hlen(anh: User, ea_phe: Unit, at: datetime) -> Person:
    """H’Len Êban, whom Ea Phê knows."""
    return people.register_person(
        people.PersonData(
            full_name="H’Len Êban",
            birth=Birth(1987),
            sex="female",
            citizen_id=CARD,
            phone=PHONE,
            village="buôn Phê",
        ),
        officer=anh,
        unit=ea_phe,
        at=at - timedelta(days=200),
    )


@pytest.fixture
def intake(hlen: Person) -> Callable[..., Intake]:
    """What an officer hands over: H’Len's two papers unless the test says otherwise."""

    def fill_in(**more: Any) -> Intake:
        filled: dict[str, Any] = {
            "key": uuid4(),
            "visit": uuid4(),
            "unit": EA_PHE,
            "procedure": "2.000815",
            "parties": Parties(hlen.pk, None, hlen.pk),
            "papers": (DIPLOMA, RECORD),
        }
        return Intake(**{**filled, **more})

    return fill_in


@pytest.fixture
def received(catalogue: None, anh: User, intake: Callable[..., Intake], at: datetime) -> Received:
    """Receive a dossier at the counter; by Ánh at 09:12 unless the test says otherwise."""

    def receive(*, officer: User = anh, at: datetime = at, **more: Any) -> Dossier:
        return actions.receive(intake(**more), officer=officer, at=at)

    return receive


@pytest.fixture
def dossier(received: Received) -> Dossier:
    """H’Len's dossier, received this morning."""
    return received()


@pytest.fixture
def take_cash(thu: User, at: datetime) -> Callable[[Dossier], None]:
    """Thu takes the money."""

    def take(dossier: Dossier) -> None:
        payments.take_cash(dossier.code, officer=thu, at=at + MINUTE)

    return take


STEPS = (Step.QUEUED, Step.CHECKING, Step.SIGNING, Step.ISSUING, Step.READY, Step.RETURNED)


@pytest.fixture
def brought_to(
    received: Received,
    take_cash: Callable[[Dossier], None],
    huong: User,
    phuc: User,
    khai: User,
) -> BroughtTo:
    """A dossier brought to a step by the people whose work that is, paid unless said otherwise."""

    def bring(step: Step, *, paid: bool = True, **more: Any) -> Dossier:
        dossier = received(**more)
        if paid:
            take_cash(dossier)
        at = dossier.received_at + 2 * MINUTE
        proof = HandOverProof("applicant", "H’Len Êban", "secret", secret=dossier.secret)
        way: tuple[Callable[[int], Dossier], ...] = (
            lambda seen: actions.start(dossier.code, officer=huong, seen=seen, at=at),
            lambda seen: actions.propose(dossier.code, officer=huong, seen=seen, at=at),
            lambda seen: actions.approve(dossier.code, officer=phuc, seen=seen, at=at),
            lambda seen: actions.issue(dossier.code, officer=huong, seen=seen, at=at),
            lambda seen: actions.hand_over(
                dossier.code, officer=khai, seen=seen, proof=proof, at=at
            ),
        )
        for verb in way[: STEPS.index(step)]:
            dossier.refresh_from_db()
            verb(dossier.version)
        return Dossier.objects.get(pk=dossier.pk)

    return bring


@pytest.fixture
def queued() -> Callable[[str], list[dict[str, Any]]]:
    """What the outbox holds for one job: the arguments, oldest first."""

    def read(name: str) -> list[dict[str, Any]]:
        jobs = ProcrastinateJob.objects.filter(task_name=name).order_by("pk")
        return list(jobs.values_list("args", flat=True))

    return read


def history(dossier: Dossier) -> list[str]:
    """The kinds of a dossier's events, in order."""
    return list(dossier.events.order_by("seq").values_list("kind", flat=True))


def last_event(dossier: Dossier) -> DossierEvent:
    return dossier.events.order_by("-seq")[0]


def chain_holds(dossier: Dossier) -> bool:
    """Every link holds, and the dossier's own row stands at the end of its chain."""
    events = list(dossier.events.order_by("seq"))
    row = Dossier.objects.get(pk=dossier.pk)
    at_the_end = (row.version, bytes(row.head_hash)) == (len(events), bytes(events[-1].hash))
    return ledger.first_break(events) is None and at_the_end


def state(dossier: Dossier) -> tuple[str, int, int]:
    """Step, status and version as they are in the database now."""
    row = Dossier.objects.get(pk=dossier.pk)
    return row.step, row.status, row.version


__all__ = [
    "Action",
    "brought_to",
    "catalogue",
    "dossier",
    "hlen",
    "intake",
    "queued",
    "received",
    "take_cash",
    "units",
]
