"""Real verbs by anybody at any moment: whatever happens, a dossier stays a dossier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office import chain_holds, history

from vidan.dossiers import access, actions
from vidan.dossiers.actions.refusals import Refused
from vidan.dossiers.models import Dossier
from vidan.dossiers.rules.intake import HandOverProof
from vidan.dossiers.rules.lifecycle import STATUS_AT, Step
from vidan.payments import actions as payments

MOVES = {
    ("start", "queued"): "checking",
    ("propose", "checking"): "signing",
    ("approve", "signing"): "issuing",
    ("return-to-step", "signing"): "checking",
    ("issue", "issuing"): "ready",
    ("hand-over", "ready"): "returned",
    ("take-back", "checking"): "queued",
    ("take-back", "signing"): "checking",
    ("take-back", "issuing"): "signing",
    ("take-back", "ready"): "issuing",
}
WHO = st.sampled_from(["anh", "huong", "phuc", "thu", "khai", "tuan", "bao", "loan", "son"])
WHAT = st.sampled_from([*sorted({verb for verb, _step in MOVES}), "take-cash"])
# Half of the clicks are by the person whose turn it is, or most walks would end at the door.
CLICKS = st.lists(st.tuples(WHAT, WHO, st.integers(0, 9), st.booleans()), max_size=14)
TURN = {
    "queued": ("start", "huong"),
    "checking": ("propose", "huong"),
    "signing": ("approve", "phuc"),
    "issuing": ("issue", "huong"),
    "ready": ("hand-over", "khai"),
    "returned": ("take-cash", "thu"),
}
FIXED = (
    "code", "unit_id", "applicant_person_id", "applicant_organisation_id", "declared_by_id",
    "typed_by_id", "authority", "channel", "received_at", "fee_due", "due_at", "original_due_at",
)  # fmt: skip


def click(dossier: Dossier, verb: str, officer: Any, seen: int, at: Any) -> None:
    common: dict[str, Any] = {"officer": officer, "at": at}
    if verb == "take-cash":
        payments.take_cash(dossier.code, **common)
        return
    act: Callable[..., Any] = getattr(actions, verb.replace("-", "_"))
    more: dict[str, Any] = {"seen": seen}
    if verb == "return-to-step":
        more["note"] = "Trang 3 mờ"
    elif verb == "hand-over":
        more["proof"] = HandOverProof("applicant", "H’Len", "secret", secret=dossier.secret)
    act(dossier.code, **common, **more)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(clicks=CLICKS)
def test_only_the_tables_moves_happen_and_everything_else_stays(cast, received, at, clicks):
    with transaction.atomic():
        dossier = received()
        live(dossier, cast, at, clicks)
        transaction.set_rollback(True)


def live(dossier: Dossier, everybody: dict[str, Any], at: Any, clicks: Any) -> None:
    fixed = Dossier.objects.values(*FIXED).get(pk=dossier.pk)
    for number, (wish, anybody, seen, in_turn) in enumerate(clicks):
        before = Dossier.objects.get(pk=dossier.pk)
        verb, who = TURN[before.step] if in_turn else (wish, anybody)
        version = before.version if in_turn or seen < 7 else seen
        moment = at + timedelta(minutes=number + 1)
        try:
            with transaction.atomic():
                click(dossier, verb, everybody[who], version, moment)
        except (Refused, access.NotAllowed, access.DossierNotFound):
            unchanged = Dossier.objects.get(pk=dossier.pk)
            assert (unchanged.step, unchanged.version) == (before.step, before.version)
        now = Dossier.objects.get(pk=dossier.pk)
        grown = now.version - before.version
        assert grown in (0, 1)
        if grown and history(dossier)[-1] != "payment-confirmed":
            assert MOVES[verb, before.step] == now.step
        else:
            assert now.step == before.step
        assert now.status == STATUS_AT[Step(now.step)]
        assert (now.finished_at is None) == (now.step not in ("ready", "returned"))
        assert now.fee_paid in (0, now.fee_due)
        assert now.step != "returned" or now.fee_paid == now.fee_due
        assert now.version == len(history(dossier))
    assert chain_holds(dossier)
    assert Dossier.objects.values(*FIXED).get(pk=dossier.pk) == fixed
