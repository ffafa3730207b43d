"""Rút lại: one's own last move, while nobody has acted on it."""

from __future__ import annotations

import pytest
from tests.office import history, state
from tests.sites.desk.conftest import text

from vidan.dossiers.rules.lifecycle import Step

HIS = {Step.CHECKING: "huong", Step.SIGNING: "huong", Step.ISSUING: "phuc", Step.READY: "huong"}
BEFORE = {
    Step.CHECKING: Step.QUEUED,
    Step.SIGNING: Step.CHECKING,
    Step.ISSUING: Step.SIGNING,
    Step.READY: Step.ISSUING,
}


@pytest.mark.parametrize("step", HIS)
def test_whoever_moved_it_takes_it_back_one_step(press, cast, brought_to, step):
    dossier = brought_to(step)
    assert press(cast[HIS[step]], dossier, "take-back").status_code == 302
    assert state(dossier)[0] == BEFORE[step]


def test_once_only(press, huong, brought_to):
    dossier = brought_to(Step.SIGNING)
    press(huong, dossier, "take-back")
    again = press(huong, dossier, "take-back")
    assert again.status_code == 409
    assert "Chỉ người vừa chuyển hồ sơ mới rút lại được" in text(again)
    assert "nhờ người đang giữ hồ sơ trả lại" in text(again)


def test_a_colleague_does_not(press, signed_in, huong, loan, units, brought_to, at):
    from vidan.people.models import Post

    Post.objects.create(
        user=loan, unit=units["H15.158"], role="specialist", valid_from=at.replace(month=1)
    )
    dossier = brought_to(Step.SIGNING)
    assert press(loan, dossier, "take-back").status_code == 409
    page = text(signed_in(loan).get(f"/can-bo/ho-so/{dossier.code}/"))
    assert "/take-back/" not in page
    assert "/take-back/" in text(signed_in(huong).get(f"/can-bo/ho-so/{dossier.code}/"))


def test_when_the_leader_has_signed_it_is_too_late(press, huong, brought_to):
    dossier = brought_to(Step.ISSUING)
    assert press(huong, dossier, "take-back").status_code == 403
    assert state(dossier)[0] == Step.ISSUING


def test_a_handed_over_result_is_never_taken_back(press, khai, huong, brought_to):
    dossier = brought_to(Step.RETURNED)
    for who in (khai, huong):
        assert press(who, dossier, "take-back").status_code in (403, 409)
    assert history(dossier)[-1] == "hand-over"
