"""Trả lại, kèm lý do: never without saying why, and the specialist reads it word for word."""

from __future__ import annotations

import pytest
from tests.office import last_event, state
from tests.sites.desk.conftest import text

from vidan.dossiers.rules.lifecycle import Step

WHY = "Trang 3 của học bạ mờ, mời H’Len mang bản khác <b>sáng mai</b>"


@pytest.fixture
def proposed(brought_to):
    return brought_to(Step.SIGNING)


def url(dossier) -> str:
    return f"/can-bo/ho-so/{dossier.code}/tra-lai/"


def test_it_lies_before_the_specialist_again_with_the_reason(signed_in, phuc, huong, proposed):
    answer = signed_in(phuc).post(
        url(proposed), {"seen": proposed.version, "reason": WHY}, follow=True
    )
    assert f"Đã trả lại {proposed.code} kèm lý do." in text(answer)

    page = text(signed_in(huong).get(f"/can-bo/ho-so/{proposed.code}/"))
    assert "Trang 3 của học bạ mờ" in page
    assert "&lt;b&gt;sáng mai&lt;/b&gt;" in page
    assert "Trả lại, kèm lý do" in page
    assert state(proposed)[0] == Step.CHECKING


def test_it_stands_in_the_list_of_what_came_back(signed_in, phuc, huong, proposed):
    signed_in(phuc).post(url(proposed), {"seen": proposed.version, "reason": WHY})
    assert proposed.code in text(signed_in(huong).get("/can-bo/?muc=bi-tra-lai"))


def test_no_word_of_it_stands_in_the_ledger(signed_in, phuc, proposed):
    signed_in(phuc).post(url(proposed), {"seen": proposed.version, "reason": WHY})
    event = last_event(proposed)
    assert event.kind == "return-to-step"
    assert event.payload == {"from": "signing", "to": "checking"}
    assert event.about.startswith("note:")


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_goes_back(signed_in, phuc, proposed, reason):
    answer = signed_in(phuc).post(url(proposed), {"seen": proposed.version, "reason": reason})
    assert answer.status_code == 422
    assert "Ghi rõ lý do trả lại, để người nhận biết phải sửa gì." in text(answer)
    assert state(proposed)[0] == Step.SIGNING


def test_a_stale_page_keeps_the_words(signed_in, phuc, proposed):
    answer = signed_in(phuc).post(url(proposed), {"seen": "1", "reason": WHY})
    assert answer.status_code == 409
    assert "Trang 3 của học bạ mờ" in text(answer)
    assert f'name="seen" value="{proposed.version}"' in text(answer)


def test_only_the_leader(signed_in, huong, proposed):
    answer = signed_in(huong).post(url(proposed), {"seen": proposed.version, "reason": WHY})
    assert answer.status_code == 403
    assert "lãnh đạo" in text(answer)
    assert "Trang 3 của học bạ mờ" in text(answer)


def test_the_neighbour_finds_no_such_page(signed_in, son, proposed):
    assert signed_in(son).get(url(proposed)).status_code == 404
    answer = signed_in(son).post(url(proposed), {"seen": proposed.version, "reason": WHY})
    assert answer.status_code == 404
