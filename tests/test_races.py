"""Many hands at once: real threads on the database, and one result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.office import *  # noqa: F403
from tests.office import DIPLOMA, chain_holds, history, state

from vidan.dossiers import actions
from vidan.dossiers.actions.refusals import StaleClick
from vidan.dossiers.models import Dossier, DossierPaper
from vidan.dossiers.rules.lifecycle import Step
from vidan.payments import actions as payments
from vidan.payments.models import Charge, Receipt

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(many: int, act: Callable[[int], Any]) -> list[Any]:
    """``act(0)`` … ``act(many - 1)`` in threads that start together; results or exceptions."""
    start = Barrier(many)

    def one(number: int) -> Any:
        start.wait(timeout=30)
        try:
            return act(number)
        except Exception as failure:
            return failure
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def test_twelve_press_one_button_and_one_wins(dossier, huong, at, queued):
    results = all_at_once(
        12, lambda _n: actions.start(dossier.code, officer=huong, seen=1, at=at)
    )  # fmt: skip

    assert Counter(type(result) for result in results) == {Dossier: 1, StaleClick: 11}
    assert history(dossier) == ["receive", "start"]
    assert state(dossier)[2] == 2
    assert chain_holds(dossier)
    assert all("Trần Thị Mai Hương" in r.explanation for r in results if isinstance(r, StaleClick))


def test_twelve_are_received_at_once_without_gap_or_double(received):
    results = all_at_once(12, lambda _n: received(papers=(DIPLOMA,)).code)

    assert sorted(results) == [f"H15.158-261123-{n:04d}" for n in range(1, 13)]
    assert Charge.objects.count() == 12
    assert all(chain_holds(dossier) for dossier in Dossier.objects.all())


def test_one_that_fails_in_between_leaves_no_gap(received):
    def receive(number: int) -> str:
        with transaction.atomic():
            code = received(papers=(DIPLOMA,)).code
            if number == 3:
                raise ConnectionError("cut off before the commit")
            return code

    results = all_at_once(8, receive)

    codes = sorted(result for result in results if isinstance(result, str))
    assert codes == [f"H15.158-261123-{n:04d}" for n in range(1, 8)]


def test_the_cash_button_eight_times_is_one_receipt(dossier, thu, at):
    results = all_at_once(
        8, lambda _n: payments.take_cash(dossier.code, officer=thu, at=at).shown_number
    )  # fmt: skip

    assert results == ["000001"] * 8
    assert Receipt.objects.count() == 1
    dossier.refresh_from_db()
    assert dossier.fee_paid == dossier.fee_due
    assert history(dossier) == ["receive", "payment-confirmed"]


def test_eight_dossiers_are_paid_at_once_and_the_book_has_no_gap(received, thu, at):
    codes = [received(papers=(DIPLOMA,)).code for _each in range(8)]
    all_at_once(8, lambda n: payments.take_cash(codes[n], officer=thu, at=at))
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 9))


def test_one_form_sent_eight_times_is_one_dossier(received):
    key = uuid4()
    results = all_at_once(8, lambda _n: received(key=key, papers=(DIPLOMA,)).code)

    assert set(results) == {"H15.158-261123-0001"}
    assert Dossier.objects.count() == Charge.objects.count() == 1
    # The losers' numbers went back with them: the next one follows at once.
    assert received().code == "H15.158-261123-0002"


def test_the_register_gives_each_number_once(brought_to, huong, at):
    waiting = [brought_to(Step.ISSUING) for _each in range(5)]
    all_at_once(
        5,
        lambda n: actions.issue(
            waiting[n].code, officer=huong, seen=waiting[n].version, at=at
        ),
    )  # fmt: skip
    numbers = DossierPaper.objects.values_list("register_number", flat=True)
    assert sorted(numbers) == list(range(1, 11))


def test_payment_and_verb_together_keep_one_chain(dossier, thu, huong, at):
    def act(number: int) -> Any:
        if number % 2:
            return payments.take_cash(dossier.code, officer=thu, at=at)
        version = Dossier.objects.get(pk=dossier.pk).version
        return actions.start(dossier.code, officer=huong, seen=version, at=at)

    all_at_once(6, act)
    assert chain_holds(dossier)
    assert Counter(history(dossier))["payment-confirmed"] == 1
    assert Counter(history(dossier))["start"] <= 1
