"""Nhận xử lý: Hương takes a waiting dossier into work."""

from __future__ import annotations

from tests.office import history, last_event, state
from tests.sites.desk.conftest import text

from vidan.dossiers.rules.lifecycle import Status, Step


def test_the_dossier_is_hers_from_now_on(press, huong, dossier):
    answer = press(huong, dossier, "start")

    assert answer.url == f"/can-bo/ho-so/{dossier.code}/"
    dossier.refresh_from_db()
    assert (dossier.step, dossier.status, dossier.holder) == (
        Step.CHECKING, Status.PROCESSING, huong,
    )  # fmt: skip
    assert last_event(dossier).payload == {"from": "queued", "to": "checking"}


def test_the_page_says_so(signed_in, press, huong, dossier):
    desk = signed_in(huong)
    page = desk.post(f"/can-bo/ho-so/{dossier.code}/start/", {"seen": "1"}, follow=True)
    assert "Đã nhận xử lý H15.158-261123-0001." in text(page)
    assert "Trình lãnh đạo ký" in text(page)


def test_a_second_click_says_who_did_what(press, huong, dossier):
    press(huong, dossier, "start")
    again = press(huong, dossier, "start", seen=1)

    assert again.status_code == 409
    assert "Trần Thị Mai Hương đã làm việc “nhận xử lý” với hồ sơ này lúc 09:12 23/11." in text(
        again
    )
    assert history(dossier) == ["receive", "start"]


def test_a_button_without_its_version_is_an_old_button(signed_in, huong, dossier):
    for seen in ("", "x", "-1", "1" * 5000, "²"):
        answer = signed_in(huong).post(f"/can-bo/ho-so/{dossier.code}/start/", {"seen": seen})
        assert answer.status_code == 409
    assert state(dossier) == (Step.QUEUED, Status.RECEIVED, 1)


def test_the_money_taken_meanwhile_is_named_too(press, huong, dossier, take_cash):
    take_cash(dossier)
    answer = press(huong, dossier, "start", seen=1)
    assert answer.status_code == 409
    assert "Nông Thị Thu đã làm việc “thu phí”" in text(answer)


def test_another_commune_knows_of_no_such_dossier(press, loan, dossier):
    answer = press(loan, dossier, "start")
    assert answer.status_code == 404
    assert "Êban" not in text(answer)


def test_the_counter_is_told_whose_work_it_is(press, anh, dossier):
    answer = press(anh, dossier, "start")
    assert answer.status_code == 403
    assert "Việc này cần vai trò: chuyên viên." in text(answer)
    assert history(dossier) == ["receive"]


def test_a_step_further_on_it_is_not_offered_and_not_done(press, huong, brought_to):
    dossier = brought_to(Step.ISSUING)
    answer = press(huong, dossier, "start")
    assert answer.status_code == 409
    assert "Hồ sơ không ở bước làm được việc này." in text(answer)


def test_a_button_is_pressed_not_opened(signed_in, huong, dossier):
    assert signed_in(huong).get(f"/can-bo/ho-so/{dossier.code}/start/").status_code == 405
    for verb in ("receive", "erase", "return-to-step", "hand-over", "START"):
        answer = signed_in(huong).post(f"/can-bo/ho-so/{dossier.code}/{verb}/", {"seen": "1"})
        assert answer.status_code == 404


def test_a_form_from_elsewhere_is_refused(huong, dossier):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(huong)
    answer = browser.post(f"/can-bo/ho-so/{dossier.code}/start/", {"seen": "1"})
    assert answer.status_code == 403
    assert "xin mở lại" in text(answer)
    assert history(dossier) == ["receive"]
