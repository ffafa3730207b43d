"""A paper is made once; whoever asks again gets the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import ProgrammingError, transaction
from django.utils import translation
from pypdf import PdfReader
from pytest_django.fixtures import Settings
from tests.letters.conftest import staff
from tests.letters.papers import CODE, HAND_OVER, RECEIPT, RECEIVED

from vidan.authorities.models import Unit
from vidan.dossiers.access import DossierNotFound, NotAllowed
from vidan.dossiers.models import Dossier
from vidan.kernel import files
from vidan.letters import actions, compose, queries
from vidan.letters.models import IssuedPaper
from vidan.letters.rules.papers import Kind, Paper, ReceiptSlip
from vidan.people.models import Person, ReadLog, User
from vidan.people.rules.roles import Role

LATER = RECEIVED + timedelta(days=1)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def never() -> Paper:
    raise AssertionError("a kept paper is not made again")


def test_the_slip_says_what_was_received(dossier: Dossier) -> None:
    paper = actions.keep_receipt_slip(dossier.pk, at=RECEIVED)
    text = text_of(files.read(paper.file))
    for said in (
        "ỦY BAN NHÂN DÂN XÃ EA PHÊ TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        f"Mã hồ sơ: {dossier.code}",
        "Tiếp nhận hồ sơ của: H’Len Êban",
        "Bằng tốt nghiệp (2 trang, xin 5 bản sao) Bản chính 1",
        "Thời gian nhận hồ sơ: 15:20, thứ Hai ngày 23/11/2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 17:00, thứ Tư ngày 25/11/2026",
        "Đăng ký nhận kết quả: Nhận trực tiếp tại Trung tâm Phục vụ hành chính công",
        "Phí, lệ phí: 26.000 đ, chưa nộp lúc lập giấy này",
        f"6 ký tự tra cứu {dossier.secret}",
        "Lê Thị Ngọc Ánh",
    ):
        assert said in text
    assert (paper.form_set, paper.serial, paper.file.pages) == ("2025", 1, 2)
    assert paper.file.name == f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {dossier.code}.pdf"


def test_asked_again_the_kept_one_is_given_even_when_the_person_has_changed(
    dossier: Dossier, anh: User
) -> None:
    first = actions.print_receipt_slip(dossier.code, officer=anh, at=RECEIVED)
    Person.objects.update(full_name="H’Len Niê", address="nơi khác")
    again = actions.print_receipt_slip(dossier.code, officer=anh, at=LATER)

    assert again == first
    assert IssuedPaper.objects.count() == 1
    kept = IssuedPaper.objects.get()
    assert bytes(kept.sha256) == sha256(first.data).digest()
    assert kept.made_at == RECEIVED


def test_the_quicker_of_two_wins_and_the_slower_answers_with_it(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = compose.receipt_slip

    def while_a_twin_keeps_one(dossier_id: int) -> ReceiptSlip:
        monkeypatch.setattr(compose, "receipt_slip", slip)
        actions.keep_receipt_slip(dossier_id, at=RECEIVED)
        return slip(dossier_id)

    monkeypatch.setattr(compose, "receipt_slip", while_a_twin_keeps_one)
    slower = actions.keep_receipt_slip(dossier.pk, at=LATER)

    assert slower.made_at == RECEIVED
    assert IssuedPaper.objects.count() == 1


def test_the_job_keeps_it_too_and_twice_is_once(dossier: Dossier) -> None:
    from vidan.letters.jobs import keep_receipt_slip

    keep_receipt_slip(dossier_id=dossier.pk)
    keep_receipt_slip(dossier_id=dossier.pk)
    assert [paper.kind for paper in queries.papers_of(dossier.pk)] == [Kind.RECEIPT_SLIP]


def test_a_kept_paper_cannot_be_rewritten(dossier: Dossier) -> None:
    paper = actions.keep_receipt_slip(dossier.pk, at=RECEIVED)
    paper.made_at = LATER
    with pytest.raises(ProgrammingError, match="letters_issuedpaper"), transaction.atomic():
        paper.save()


def test_the_slip_is_vietnamese_on_an_english_screen(dossier: Dossier) -> None:
    with translation.override("vi"):
        vietnamese = compose.receipt_slip(dossier.pk)
    with translation.override("en"):
        assert compose.receipt_slip(dossier.pk) == vietnamese


def test_a_demo_or_a_set_clock_marks_the_paper(dossier: Dossier, settings: Settings) -> None:
    assert not compose.receipt_slip(dossier.pk).head.trial
    settings.VIDAN_CLOCK = "2026-11-23T15:20"
    assert compose.receipt_slip(dossier.pk).head.trial
    settings.VIDAN_CLOCK, settings.DEMO = "", True
    assert compose.receipt_slip(dossier.pk).head.trial


def test_another_units_officer_gets_nothing(dossier: Dossier, ea_phe: Unit) -> None:
    other = Unit.objects.create(
        code="H15.159", code_assumed=True, kind="commune", name="Krông Pắc",
        full_name="Xã Krông Pắc", parent=ea_phe.parent,
    )  # fmt: skip
    minh = staff(other, "minh", "Trần Văn Minh", Role.RECEPTIONIST)
    with pytest.raises(DossierNotFound):
        actions.print_receipt_slip(dossier.code, officer=minh, at=RECEIVED)


def test_an_inspector_sees_dossiers_but_prints_no_secret(dossier: Dossier, ea_phe: Unit) -> None:
    inspector = staff(ea_phe, "tra", "Phan Thị Trà", Role.INSPECTOR)
    with pytest.raises(NotAllowed):
        actions.print_receipt_slip(dossier.code, officer=inspector, at=RECEIVED)


def test_printing_is_noted_in_the_read_log(dossier: Dossier, anh: User) -> None:
    actions.print_receipt_slip(dossier.code, officer=anh, at=LATER)
    line = ReadLog.objects.get(at=LATER)
    assert (line.reader, line.purpose, line.about) == (anh, "receipt_slip", dossier.code)


def test_papers_of_other_areas_are_kept_the_same_way(dossier: Dossier, anh: User) -> None:
    def receipt() -> Paper:
        return replace(RECEIPT, code=dossier.code)

    first = actions.print_paper(dossier.code, Kind.FEE_RECEIPT, receipt, officer=anh, at=RECEIVED)
    again = actions.print_paper(dossier.code, Kind.FEE_RECEIPT, never, officer=anh, at=LATER)
    assert again.data == first.data
    assert first.name == "Biên lai thu phí, lệ phí BL26 000021.pdf"

    second = replace(HAND_OVER, code=CODE)
    actions.keep(dossier.pk, Kind.HAND_OVER_SLIP, lambda: second, at=LATER)
    kinds = [(paper.kind, paper.serial, paper.pages) for paper in queries.papers_of(dossier.pk)]
    assert kinds == [(Kind.FEE_RECEIPT, 1, 1), (Kind.HAND_OVER_SLIP, 1, 1)]


def test_a_paper_of_the_wrong_kind_is_a_fault_of_ours(dossier: Dossier) -> None:
    with pytest.raises(TypeError, match="FeeReceipt"):
        actions.keep(dossier.pk, Kind.HAND_OVER_SLIP, lambda: RECEIPT, at=RECEIVED)
