"""Trình lãnh đạo ký, Đã ký: from Hương's table to Phúc's and on to the seal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.office import last_event, state
from tests.sites.desk.conftest import text

from vidan.dossiers.models import Note
from vidan.dossiers.rules.lifecycle import Status, Step
from vidan.people import actions as people


def test_proposed_it_waits_for_the_leader(press, signed_in, huong, phuc, brought_to):
    dossier = brought_to(Step.CHECKING)
    assert press(huong, dossier, "propose").status_code == 302

    assert state(dossier)[:2] == (Step.SIGNING, Status.PROCESSING)
    assert dossier.code in text(signed_in(phuc).get("/can-bo/"))


def test_a_note_goes_along_and_stays_out_of_the_ledger(press, signed_in, huong, phuc, brought_to):
    dossier = brought_to(Step.CHECKING)
    press(huong, dossier, "propose", note="Trang 7 chữ mờ, đã so với học bạ gốc")

    assert "đã so với học bạ gốc" in text(signed_in(phuc).get(f"/can-bo/ho-so/{dossier.code}/"))
    event = last_event(dossier)
    assert event.about == f"note:{Note.objects.get().key}"
    assert "học bạ" not in str(event.payload)


def test_signed_it_goes_to_the_seal(press, signed_in, phuc, brought_to):
    dossier = brought_to(Step.SIGNING)
    answer = press(phuc, dossier, "approve")

    assert answer.status_code == 302
    assert state(dossier)[:2] == (Step.ISSUING, Status.PROCESSING)
    assert (last_event(dossier).role, last_event(dossier).actor) == ("leader", phuc.key)


@pytest.mark.parametrize("who", ["huong", "anh", "thu", "khai"])
def test_nobody_but_the_leader_signs(press, cast, brought_to, who):
    dossier = brought_to(Step.SIGNING)
    answer = press(cast[who], dossier, "approve")
    assert answer.status_code == 403
    assert "lãnh đạo" in text(answer)
    assert state(dossier)[0] == Step.SIGNING


def test_the_neighbours_leader_does_not_know_it(press, son, brought_to):
    assert press(son, brought_to(Step.SIGNING), "approve").status_code == 404


def test_lent_the_post_thu_signs_in_his_name(press, signed_in, thu, phuc, brought_to, at):
    people.delegate(
        by=phuc, post_id=phuc.posts.get().pk, to_id=thu.pk, document="12/GUQ-UBND",
        valid_from=at - timedelta(minutes=5), valid_to=at + timedelta(days=1), at=at,
    )  # fmt: skip
    dossier = brought_to(Step.SIGNING)
    assert press(thu, dossier, "approve").status_code == 302
    page = text(signed_in(thu).get(f"/can-bo/ho-so/{dossier.code}/"))
    assert "Nông Thị Thu thay Lê Đình Phúc" in page


def test_lent_the_post_hương_does_not_sign_her_own(press, signed_in, huong, phuc, brought_to, at):
    people.delegate(
        by=phuc, post_id=phuc.posts.get().pk, to_id=huong.pk, document="12/GUQ-UBND",
        valid_from=at - timedelta(minutes=5), valid_to=at + timedelta(days=1), at=at,
    )  # fmt: skip
    dossier = brought_to(Step.SIGNING)
    page = text(signed_in(huong).get(f"/can-bo/ho-so/{dossier.code}/"))
    assert "Chưa ký được" in page
    answer = press(huong, dossier, "approve")
    assert answer.status_code == 409
    assert "Người trình không tự ký" in text(answer)


def test_an_old_page_does_not_sign(press, phuc, brought_to):
    dossier = brought_to(Step.SIGNING)
    answer = press(phuc, dossier, "approve", seen=dossier.version - 1)
    assert answer.status_code == 409
    assert "Trần Thị Mai Hương đã làm việc “trình lãnh đạo ký”" in text(answer)
