"""Intake of a certified copy for somebody who has been here before: under a minute for the hands.

Counted on the real page, then estimated with the keystroke-level model (Card, Moran and Newell
1980): K = 0.28 s for a key (an average typist who does not look at one's hands), M = 1.35 s for
each thing to think of: who is here, which of the hits, what the paper is, its pages, its copies,
that it was compared, whether the money is right, that it is done. Vietnamese is typed with Telex:
a mark or a horned letter costs a key of its own. The computer's own time is not in the model.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from tests.journeys.first_dossier import PAPERS
from tests.journeys.hands import LOOK

from vidan.dossiers.models import Dossier

pytestmark = pytest.mark.browser

K, M = 0.28, 1.35
MOST_KEYS, MOST_FIELDS, MOST_SECONDS = 60, 8, 60.0


def telex(text: str) -> int:
    """How many keys a text costs: letters, and one more for each mark, đ and capital."""
    plain = unicodedata.normalize("NFD", text)
    doubled = sum(letter in "đĐ" for letter in plain)
    return len(plain) + doubled + sum(letter.isupper() for letter in plain)


@dataclass
class Count:
    """Hands that know the way, and count."""

    page: Any
    keys: int = 0
    written: int = 0
    thoughts: int = 0
    fields: int = 0

    def press(self, *names: str) -> None:
        for name in names:
            self.keys += 1 + name.count("+")
            self.page.keyboard.press(name)

    def think(self) -> None:
        self.thoughts += 1

    def name(self, text: str) -> None:
        """A name: its letters are counted in seconds, not against the budget of keys."""
        self.written += telex(text)
        self.page.keyboard.type(text)

    def digits(self, text: str) -> None:
        self.keys += len(text)
        self.page.keyboard.type(text)

    def here(self, wanted: str) -> None:
        """The cursor is where the work goes on, without looking for it."""
        self.fields += 1
        assert self.page.evaluate("document.activeElement.id") == wanted
        assert self.page.evaluate(LOOK) == ""

    @property
    def seconds(self) -> float:
        return (self.keys + self.written) * K + self.thoughts * M


def intake(hands: Count, papers: tuple[tuple[str, str, str], ...]) -> None:
    page = hands.page
    hands.press("F2")
    page.wait_for_url("**/tiep-nhan/")
    page.locator("#p-find:focus").wait_for()
    hands.think()
    hands.here("p-find")
    hands.name("hlen eban")
    hands.press("Enter")
    page.locator(".match:focus").wait_for()
    hands.think()
    hands.press("Enter")
    for place, (label, pages, copies) in enumerate(papers):
        if place:
            hands.press("Control+Enter")
        page.locator(f"#id_lines-{place}-shown:focus").wait_for()
        for field, write in (
            ("shown", lambda: hands.press("Space")),
            ("label", lambda label=label: hands.name(label)),
            ("pages", lambda pages=pages: hands.digits(pages)),
            ("copies", lambda copies=copies: hands.digits(copies)),
        ):
            hands.think()
            hands.here(f"id_lines-{place}-{field}")
            write()
            if field != "copies":
                hands.press("Tab")
    hands.think()  # the money, read aloud
    page.locator("#intake-side-live tfoot").get_by_text(" đ").wait_for()
    hands.think()
    hands.press("F9")
    page.wait_for_url("**/in/")


def test_one_paper(desk_of: Callable[..., Any]) -> None:
    hands = Count(desk_of("anh"))
    intake(hands, PAPERS[:1])

    print(f"{hands.keys} keys, {hands.fields} fields, {hands.seconds:.1f} s")
    assert hands.keys <= MOST_KEYS
    assert hands.fields <= MOST_FIELDS
    assert hands.seconds < MOST_SECONDS
    assert Dossier.objects.get().fee_due == 6_000


def test_two_papers(desk_of: Callable[..., Any]) -> None:
    hands = Count(desk_of("anh"))
    intake(hands, PAPERS)

    print(f"{hands.keys} keys, {hands.fields} fields, {hands.seconds:.1f} s")
    assert hands.keys <= MOST_KEYS
    assert hands.fields <= 1 + 4 * len(PAPERS)
    assert hands.seconds < MOST_SECONDS
    dossier = Dossier.objects.get()
    assert (dossier.fee_due, dossier.fee_paid) == (34_000, 34_000)
    assert str(dossier.applicant_person) == "H’Len Êban"


def test_what_a_word_costs() -> None:
    assert telex("hlen") == 4
    assert telex("Đỗ") == 6  # Shift d d o o x
    assert telex("Học bạ") == 9  # Shift h o j c, a space, b a j
