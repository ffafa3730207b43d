"""In: a paper is made once and comes out the same ever after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.sites.desk.conftest import text

from vidan.dossiers.rules.lifecycle import Step


def pdf(browser, dossier, kind):
    return browser.get(f"/can-bo/ho-so/{dossier.code}/in/{kind}.pdf")


def test_the_slip_is_the_same_to_the_byte_whoever_prints_it_and_when(
    signed_in, anh, huong, dossier, take_cash, office_clock, at
):
    first = pdf(signed_in(anh), dossier, "giay-hen")
    take_cash(dossier)
    office_clock(at + timedelta(days=40))
    again = pdf(signed_in(huong), dossier, "giay-hen")

    assert first["Content-Type"] == "application/pdf"
    assert first["Cache-Control"] == "no-store"
    assert first.content.startswith(b"%PDF")
    assert first.content == again.content


def test_before_payment_there_is_no_receipt(signed_in, anh, dossier, take_cash):
    assert pdf(signed_in(anh), dossier, "bien-lai").status_code == 404
    take_cash(dossier)
    assert pdf(signed_in(anh), dossier, "bien-lai").content.startswith(b"%PDF")


def test_the_sheet_to_sign_is_there_while_the_result_waits(signed_in, khai, dossier, brought_to):
    assert pdf(signed_in(khai), dossier, "giao-nhan").status_code == 404
    assert pdf(signed_in(khai), brought_to(Step.READY), "giao-nhan").content.startswith(b"%PDF")


def test_what_was_made_is_looked_at_as_a_picture(signed_in, anh, dossier):
    desk, base = signed_in(anh), f"/can-bo/ho-so/{dossier.code}/in/"
    page = text(desk.get(base))
    assert "Giấy tiếp nhận và hẹn trả" in page
    assert f"{base}giay-hen-1.png" in page
    assert desk.get(f"{base}giay-hen-1.png").content.startswith(b"\x89PNG")
    assert desk.get(f"{base}giay-hen-99.png").status_code == 404
    assert desk.get(f"{base}thu-moi-1.png").status_code == 404


@pytest.mark.parametrize("kind", ["giay-hen", "bien-lai", "giao-nhan"])
@pytest.mark.parametrize("who", ["minh", "loan", "son", "bao", "bham", "dang", "tuan"])
def test_nobody_else_holds_the_papers(signed_in, cast, dossier, kind, who):
    """A slip shows the characters that open the public page."""
    answer = pdf(signed_in(cast[who]), dossier, kind)
    assert answer.status_code == 404
    assert b"%PDF" not in answer.content


def test_another_dossiers_scan_is_not_there(signed_in, anh, dossier, at, received):
    from tests.office import PaperLine

    from vidan.kernel import files

    scan = files.store(files.Checked("trang.jpg", b"jpeg", "image/jpeg", 1), at=at)
    owner = received(papers=(PaperLine("Học bạ", 1, 1, (scan.id,)),))
    desk = signed_in(anh)
    assert desk.get(f"/can-bo/ho-so/{owner.code}/tep/{scan.id}/").status_code == 200
    assert desk.get(f"/can-bo/ho-so/{dossier.code}/tep/{scan.id}/").status_code == 404
