"""A citizen's visit: Ea Phê is open, procedure 2.000815 is published, dossiers can be received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.cast import BEGINNING, EA_PHE
from tests.sites.at_the_door import office_clock  # the Monday morning of every page's test

from vidan.authorities.actions import load_calendar
from vidan.authorities.models import Unit
from vidan.dossiers import actions as verbs
from vidan.dossiers.models import Dossier
from vidan.dossiers.rules.intake import Intake, PaperLine, Parties
from vidan.kernel.clock import ZONE
from vidan.payments.actions import take_cash
from vidan.people.models import Person, User
from vidan.procedures.actions import publish_catalogue

__all__ = ["move", "office_clock", "on", "open_counter", "page_of", "received", "says"]

PAPERS = (PaperLine("Bằng tốt nghiệp THPT", 1, 3), PaperLine("Học bạ THPT", 12, 2))


def on(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    """A moment of November 2026 unless said otherwise."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def open_counter(ea_phe: Unit, anh: User, khai: User) -> Unit:
    """Ea Phê with Ánh receiving and Khải returning, the calendar and the catalogue loaded."""
    load_calendar()
    publish_catalogue(at=BEGINNING)
    return ea_phe


@pytest.fixture
def received(open_counter: Unit, anh: User) -> Callable[..., Dossier]:
    """Receive H'Len's dossier at a moment."""

    def receive(at: datetime) -> Dossier:
        hlen = Person.objects.create(
            full_name="H’Len Êban",
            phone="0900000001",
            address="Buôn Ea Su, xã Ea Phê",
            created_at=at,
            updated_at=at,
            created_by=anh,
        )
        wish = Intake(
            key=uuid4(),
            visit=uuid4(),
            unit=EA_PHE,
            procedure="2.000815",
            parties=Parties(hlen.pk, None, None),
            papers=PAPERS,
        )
        return verbs.receive(wish, officer=anh, at=at)

    return receive


@pytest.fixture
def move(thu: User, huong: User, phuc: User) -> Callable[..., Dossier]:
    """Take the money, then go on verb by verb up to the one named."""
    steps: list[tuple[str, Callable[..., object], User]] = [
        ("start", verbs.start, huong),
        ("propose", verbs.propose, huong),
        ("approve", verbs.approve, phuc),
        ("issue", verbs.issue, huong),
    ]

    def go(dossier: Dossier, last: str, *, at: datetime) -> Dossier:
        take_cash(dossier.code, officer=thu, at=at)
        for name, verb, officer in steps:
            seen = Dossier.objects.get(pk=dossier.pk).version
            verb(dossier.code, officer=officer, seen=seen, at=at)
            if name == last:
                break
        return Dossier.objects.get(pk=dossier.pk)

    return go


def says(answer: Any) -> str:
    """The words of a page, as read: no tags, no line breaks."""
    import re
    from html import unescape

    body = re.sub(r"<(script|style|title)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", " ", body)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+([.,:;])", r"\1", re.sub(r"\s+", " ", text))


def page_of(path: str, status: int = 200, **query: str) -> str:
    """The words of a public page that answers with ``status``."""
    answer = Client().get(path, query)
    assert answer.status_code == status
    return says(answer)
