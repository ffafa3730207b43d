"""A Monday morning at Ea Phê: the cast at their desks, people who have been here before, a server.

Set ``VIDAN_PICTURES`` to a folder to keep a picture of every step.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from tests.cast import BEGINNING, MONDAY
from tests.journeys.hands import Eye
from tests.office import *  # noqa: F403 - dossiers, and the people they are for

from vidan.kernel.clock import ZONE
from vidan.people import actions as people
from vidan.people.models import Person, Post, User
from vidan.people.rules import births
from vidan.people.rules.roles import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = os.environ.get("VIDAN_PICTURES", "")
PATIENCE = 15_000
"""Milliseconds until something that should be on the page counts as missing."""


@dataclass
class Office:
    """Who works here, and the people of the commune the story is about."""

    address: str
    staff: dict[str, User]
    hlen: Person


@dataclass
class Windows:
    """Browser windows onto the office; what any of them complains of is kept."""

    browser: Browser
    address: str
    open: list[Any] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __call__(self, name: str = "", width: int = 1280, **options: Any) -> Page:
        """A fresh window of somebody's own: no cookies of another's."""
        size = {"width": width, "height": 900 if width > 600 else 640}
        context = self.browser.new_context(locale="vi-VN", viewport=size, **options)
        context.set_default_timeout(PATIENCE)
        self.open.append(context)
        page = context.new_page()
        context.on("page", self._listen)
        self._listen(page)
        page.vidan_eye = Eye(page, name, PICTURES)  # type: ignore[attr-defined]
        return page

    def _listen(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda problem: self.complaints.append(f"script: {problem}"))
        page.on("response", self._answered)

    def _heard(self, said: Any) -> None:
        # A refusal is an answer with a status of its own; the browser reports every one of them.
        refused = "Failed to load resource" in said.text and "status of 4" in said.text
        # Somebody went on before the preview was there.
        left = said.text.startswith(("htmx:afterRequest", "htmx:sendAbort"))
        if said.type == "error" and not refused and not left:
            self.complaints.append(f"console: {said.text}")

    def _answered(self, answer: Any) -> None:
        missing = answer.status >= 400 and "/static/" in answer.url
        if missing or answer.status >= 500:
            self.complaints.append(f"{answer.status}: {answer.url}")


@pytest.fixture(autouse=True)
def monday_morning(settings: Any) -> Callable[[datetime], None]:
    """It is Monday 23/11/2026, 09:12; signing in asks no second step of the story's people."""
    cache.clear()
    settings.VIDAN_SECOND_FACTOR = "offered"

    def show(moment: datetime) -> None:
        settings.VIDAN_CLOCK = moment.isoformat()
        settings.VIDAN_CLOCK_STARTED = datetime.fromtimestamp(time.time(), ZONE).isoformat()

    show(MONDAY)
    return show


@pytest.fixture(scope="session", autouse=True)
def static_root() -> Path:
    """WhiteNoise warns where nothing was collected yet; an empty directory is fine for tests."""
    root = Path(django_settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    return root


@pytest.fixture
def hlen(anh: User, ea_phe: Any, at: datetime) -> Person:
    """H’Len Êban of buôn Phê, born 1987, without a telephone; Ea Phê knows her."""
    return _known(anh, ea_phe, at, "14/03/1987", "066187000012", "buôn Phê")


def _known(officer: User, unit: Any, at: datetime, birth: str, card: str, where: str) -> Person:
    return people.register_person(
        people.PersonData(
            full_name="H’Len Êban",
            birth=births.read(birth, today=at.date()),
            sex="female",
            citizen_id=card,
            address=f"{where}, xã Ea Phê",
        ),
        officer=officer,
        unit=unit,
        at=at - timedelta(days=70),
    )


@pytest.fixture
def office(
    live_server: Any,
    catalogue: None,
    cast: dict[str, User],
    ea_phe: Any,
    hlen: Person,
    at: datetime,
) -> Office:
    """Ea Phê at work; H’Len Êban has been here before, and so has a namesake of hers."""
    Post.objects.create(  # as in the demo: who receives also takes the money
        user=cast["anh"],
        unit=ea_phe,
        role=Role.CASHIER.value,
        place="quầy 2",
        valid_from=BEGINNING,
    )
    _known(cast["anh"], ea_phe, at, "02/09/1994", "066194000018", "buôn Puăn")
    return Office(live_server.url, cast, hlen)


@pytest.fixture
def window(browser: Browser, live_server: Any) -> Iterator[Windows]:
    """Opens windows; a script error, a breach of the security policy or a 500 fails the test."""
    windows = Windows(browser, live_server.url)
    yield windows
    for context in windows.open:
        context.close()
    assert windows.complaints == []


@pytest.fixture
def desk_of(window: Windows, office: Office, signed_in: Any) -> Callable[..., Page]:
    """A window in which somebody has already signed in."""

    def sit_down(who: str, path: str = "/can-bo/", width: int = 1280, **options: Any) -> Page:
        page = window(who, width, **options)
        client = signed_in(office.staff[who])
        page.context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": office.address}
                for name, morsel in client.cookies.items()
            ]
        )
        page.goto(office.address + path)
        return page

    return sit_down
