"""Vào sổ, đóng dấu: one number of the year's register for each original, without gaps."""

from __future__ import annotations

from tests.office import DIPLOMA, last_event, state
from tests.sites.desk.conftest import text

from vidan.dossiers.models import DossierPaper
from vidan.dossiers.rules.lifecycle import Status, Step


def numbers() -> list[tuple[int, int]]:
    return list(
        DossierPaper.objects.exclude(register_number=None)
        .order_by("register_number")
        .values_list("register_number", "register_year")
    )


def test_each_original_gets_its_number_and_people_may_come(press, signed_in, huong, brought_to):
    dossier = brought_to(Step.ISSUING)
    assert press(huong, dossier, "issue").status_code == 302

    assert numbers() == [(1, 2026), (2, 2026)]
    assert state(dossier)[:2] == (Step.READY, Status.FINISHED)
    assert last_event(dossier).payload["register"] == [[1, 2026], [2, 2026]]
    page = text(signed_in(huong).get(f"/can-bo/ho-so/{dossier.code}/"))
    assert "Số chứng thực 1/2026, 2/2026" in page


def test_the_register_has_no_gap_over_dossiers_and_units(press, huong, brought_to):
    for papers in ((DIPLOMA,), (DIPLOMA, DIPLOMA, DIPLOMA), (DIPLOMA,)):
        press(huong, brought_to(Step.ISSUING, papers=papers), "issue")
    assert numbers() == [(n, 2026) for n in range(1, 6)]


def test_taken_back_and_issued_again_it_keeps_its_numbers(press, huong, brought_to):
    first = brought_to(Step.READY, papers=(DIPLOMA,))
    press(huong, first, "take-back")
    brought_to(Step.READY, papers=(DIPLOMA,))
    assert press(huong, first, "issue").status_code == 302
    assert first.papers.get().register_number == 1
    assert numbers() == [(1, 2026), (2, 2026)]


def test_a_refused_click_uses_no_number(press, huong, phuc, loan, brought_to):
    dossier = brought_to(Step.ISSUING, papers=(DIPLOMA,))
    assert press(phuc, dossier, "issue").status_code == 403
    assert press(loan, dossier, "issue").status_code == 404
    assert press(huong, dossier, "issue", seen=1).status_code == 409
    assert numbers() == []
    press(huong, dossier, "issue")
    assert numbers() == [(1, 2026)]
