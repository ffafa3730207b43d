"""Trả kết quả: to somebody we can name, with a proof, after the fee of the law."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office import CARD, last_event, state
from tests.sites.desk.conftest import text

from vidan.dossiers.models import HandOver
from vidan.dossiers.rules.lifecycle import Status, Step
from vidan.kernel import files


@pytest.fixture
def ready(brought_to):
    return brought_to(Step.READY)


@pytest.fixture
def give(signed_in, khai):
    """Khải fills in the form; by the slip's six characters unless the test says otherwise."""

    def fill_in(dossier, *, by=khai, **more):
        form = {
            "seen": dossier.version,
            "recipient": "applicant",
            "name": "H’Len Êban",
            "method": "secret",
            "secret": dossier.secret,
        }
        return signed_in(by).post(f"/can-bo/ho-so/{dossier.code}/trao/", {**form, **more})

    return fill_in


def test_the_slips_six_characters(give, ready, khai):
    answer = give(ready, secret=f" {ready.secret[:3].lower()} {ready.secret[3:]} ")

    assert answer.url == "/can-bo/tra-ket-qua/"
    assert state(ready)[:2] == (Step.RETURNED, Status.RETURNED)
    given = HandOver.objects.get()
    assert (given.name, given.method, given.recipient, given.by) == (
        "H’Len Êban", "secret", "applicant", khai,
    )  # fmt: skip
    assert last_event(ready).payload == {
        "from": "ready", "to": "returned", "recipient": "applicant", "method": "secret",
    }  # fmt: skip


@pytest.mark.parametrize(
    "card", [CARD, "066 187 000 012", f"{CARD}||H’Len Êban|14031987|Nữ|Buôn Phê|20052022"]
)
def test_the_card_typed_or_scanned(give, ready, card):
    assert give(ready, method="citizen_id", citizen_id=card).status_code == 302
    assert HandOver.objects.get().method == "citizen_id"


def test_the_signed_sheet_photographed(give, ready, photo):
    sheet = SimpleUploadedFile("phieu.jpg", photo)
    assert give(ready, method="signature", signature=sheet).status_code == 302
    assert files.read(HandOver.objects.get().signature) == photo


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"secret": "AAAAAA"}, "6 ký tự chưa khớp với giấy hẹn."),
        ({"secret": ""}, "Ghi 6 ký tự in dưới mã trên giấy hẹn."),
        ({"method": "citizen_id", "citizen_id": "066187000013"}, "Số căn cước chưa khớp"),
        ({"method": "citizen_id", "citizen_id": ""}, "Quét thẻ hoặc ghi 12 chữ số"),
        ({"method": "signature"}, "Chụp phiếu giao nhận đã ký."),
        (
            {"recipient": "authorised", "name": "Y Thiên Niê"},
            "Ghi giấy ủy quyền: số, ngày, ai lập.",
        ),
        ({"name": ""}, "Ghi họ tên người nhận kết quả."),
        ({"method": "friendship"}, "Xin xem lại"),
        ({"recipient": "king"}, "Xin xem lại"),
    ],
)
def test_without_a_proof_nothing_is_given_and_nothing_typed_is_lost(give, ready, change, words):
    answer = give(ready, **{"name": "Y Thiên Niê", **change})
    assert answer.status_code in (409, 422)
    assert words in text(answer)
    assert "Y Thiên Niê" in text(answer) or change.get("name") == ""
    assert state(ready)[0] == Step.READY
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("phieu.pdf", "Đã ký".encode(), "không phải ảnh hay PDF"),
        ("phieu.jpg", b"", "error-summary"),
        ("phieu.jpg", b"PK\x03\x04 zip", "không phải ảnh hay PDF"),
    ],
)
def test_a_sheet_that_is_no_picture_is_refused_by_name(give, ready, name, data, words):
    answer = give(ready, method="signature", signature=SimpleUploadedFile(name, data))
    assert answer.status_code == 422
    assert words in text(answer)


def test_somebody_with_an_authority(give, ready):
    answer = give(
        ready, recipient="authorised", name="Y Thiên Niê",
        authority="Giấy ủy quyền số 7, ngày 20/11/2026",
    )  # fmt: skip
    assert answer.status_code == 302
    assert HandOver.objects.get().authority == "Giấy ủy quyền số 7, ngày 20/11/2026"


def test_unpaid_it_waits_and_the_lawful_way_stands_beside_it(signed_in, give, khai, brought_to):
    dossier = brought_to(Step.READY, paid=False)
    answer = give(dossier)
    assert answer.status_code == 409
    assert "Chưa thu đủ phí theo biểu. Thu tiền, in biên lai rồi trả kết quả." in text(answer)
    page = text(signed_in(khai).get(f"/can-bo/ho-so/{dossier.code}/"))
    assert "Chưa trả kết quả được" in page
    assert "Thu tiền và in biên lai" in page
    assert state(dossier)[0] == Step.READY


def test_lateness_withholds_nothing(give, ready, khai, office_clock, at):
    office_clock(at.replace(month=12, day=30))
    assert give(ready).status_code == 302


@pytest.mark.parametrize("who", ["anh", "huong", "phuc", "thu"])
def test_only_the_return_desk(give, cast, ready, who):
    answer = give(ready, by=cast[who])
    assert answer.status_code == 403
    assert "cán bộ trả kết quả" in text(answer)
    assert state(ready)[0] == Step.READY


def test_the_neighbour_finds_no_such_page(signed_in, give, minh, ready):
    assert signed_in(minh).get(f"/can-bo/ho-so/{ready.code}/trao/").status_code == 404
    assert give(ready, by=minh).status_code == 404


def test_given_twice_the_second_hears_who_gave_it(give, ready):
    give(ready)
    again = give(ready)
    assert again.status_code == 409
    assert "Phạm Văn Khải đã làm việc “trả kết quả”" in text(again)
    assert HandOver.objects.count() == 1


def test_before_there_is_a_result_there_is_no_form(signed_in, khai, dossier):
    answer = signed_in(khai).get(f"/can-bo/ho-so/{dossier.code}/trao/")
    assert answer.url == f"/can-bo/ho-so/{dossier.code}/"


def test_what_waits_is_found_by_slip_name_or_card(signed_in, khai, ready, dossier):
    desk = signed_in(khai)
    for typed in ("", ready.code, "hlen eban", CARD):
        page = text(desk.get("/can-bo/tra-ket-qua/", {"q": typed}))
        assert f"/can-bo/ho-so/{ready.code}/trao/" in page
        assert f"/can-bo/ho-so/{dossier.code}/trao/" not in page
