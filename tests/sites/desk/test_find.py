"""Tìm hồ sơ: by code, by its end, by name without marks, by card or phone."""

from __future__ import annotations

import pytest
from tests.cast import KRONG_PAC
from tests.office import CARD, PHONE
from tests.sites.desk.conftest import text

from vidan.people.models import ReadLog

URL = "/can-bo/ho-so/"


@pytest.mark.parametrize(
    "typed", ["H15.158-261123-0001", " h15.158 – 261123 – 0001 ", "H15.158-20261123-0001"]
)
def test_a_whole_code_opens_its_dossier(signed_in, huong, dossier, typed):
    answer = signed_in(huong).get(URL, {"q": typed})
    assert answer.url == f"/can-bo/ho-so/{dossier.code}/"


@pytest.mark.parametrize(
    "typed", ["", "0001", "261123-0001", "hlen", "H'LEN EBAN", "eban 1987",
        "eb 1987", CARD, PHONE,
              "066 187 000 012"],
)  # fmt: skip
def test_it_is_found(signed_in, huong, dossier, typed):
    assert f"/can-bo/ho-so/{dossier.code}/" in text(signed_in(huong).get(URL, {"q": typed}))


@pytest.mark.parametrize(
    "typed",
    ["0002", "khong ai", "066187000013", "%", "_", "'; drop table", "12\x0034", "-", "\x00"],
)
def test_nothing_is_found_and_that_is_said(signed_in, huong, dossier, typed):
    answer = signed_in(huong).get(URL, {"q": typed})
    assert answer.status_code == 200
    assert f"/can-bo/ho-so/{dossier.code}/" not in text(answer) or typed == "\x00"


@pytest.mark.parametrize("typed", ["H15.158-261123-0001", "0001", "hlen", CARD, ""])
def test_the_neighbour_finds_nothing_of_ours(signed_in, loan, dossier, typed):
    answer = signed_in(loan).get(URL, {"q": typed})
    assert answer.status_code == 200
    assert "Êban" not in text(answer)


def test_the_inspector_finds_it_by_code_and_by_nobodys_name(signed_in, bao, dossier):
    assert signed_in(bao).get(URL, {"q": dossier.code}).status_code == 302
    assert dossier.code not in text(signed_in(bao).get(URL, {"q": "hlen"}))


def test_a_search_by_name_is_in_the_read_log(signed_in, huong, dossier, hlen):
    before = ReadLog.objects.count()
    signed_in(huong).get(URL, {"q": "hlen"})
    (look,) = ReadLog.objects.order_by("pk")[before:]
    assert (look.reader, look.person_id, look.door) == (huong, hlen.pk, "search-name")


def test_the_command_bar_offers_commands_and_dossiers(signed_in, anh, huong, dossier):
    page = text(signed_in(anh).get("/can-bo/tim/", {"q": "tiep nhan"}))
    assert "/can-bo/tiep-nhan/" in page
    assert "/can-bo/tiep-nhan/" not in text(
        signed_in(huong).get("/can-bo/tim/", {"q": "tiep nhan"})
    )
    assert dossier.code in text(signed_in(anh).get("/can-bo/tim/", {"q": "hlen"}))


def test_two_units_two_lists(signed_in, huong, loan, minh, dossier, received):
    theirs = received(officer=minh, unit=KRONG_PAC)
    ours, there = text(signed_in(huong).get(URL)), text(signed_in(loan).get(URL))
    assert dossier.code in ours
    assert theirs.code not in ours
    assert theirs.code in there
    assert dossier.code not in there
