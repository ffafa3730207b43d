"""Việc của tôi: what waits for a hand of mine, nearest due first, and the lists beside it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.office import DIPLOMA
from tests.sites.desk.conftest import text

from vidan.dossiers.queries import inbox
from vidan.dossiers.rules.lifecycle import Step

URL = "/can-bo/"


def codes(answer) -> list[str]:
    """The dossiers of the list, in its order."""
    found = re.findall(r'href="/can-bo/ho-so/(H15[^/"]+)/"', text(answer))
    return list(dict.fromkeys(found))


@pytest.fixture
def office_full(brought_to):
    """A dossier at every step; the one being checked is not paid."""
    return {
        step: brought_to(step, paid=step is not Step.CHECKING, papers=(DIPLOMA,)) for step in Step
    }


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("huong", ["queued", "checking", "issuing"]),
        ("phuc", ["signing"]),
        ("khai", ["ready"]),
        ("anh", []),
        ("thu", []),
        ("tuan", []),
        ("bao", []),
        ("loan", []),
    ],
)
def test_mine_is_what_waits_for_my_hand(signed_in, cast, office_full, who, steps):
    answer = signed_in(cast[who]).get(URL)
    assert sorted(codes(answer)) == sorted(office_full[Step(step)].code for step in steps)
    assert f"{len(steps)} hồ sơ cần xử lý" in text(answer)


@pytest.mark.parametrize(
    ("who", "box", "steps", "title"),
    [
        ("huong", "tat-ca", ["queued", "checking", "issuing"], "3 hồ sơ cần xử lý"),
        ("huong", "han-hom-nay", ["queued", "checking", "issuing"], "Hạn hôm nay: 3 hồ sơ"),
        ("huong", "qua-han", [], "Quá hạn: 0 hồ sơ"),
        ("huong", "bi-tra-lai", [], "Bị trả lại: 0 hồ sơ"),
        ("huong", "cho-ky", ["signing"], "Chờ lãnh đạo ký: 1 hồ sơ"),
        ("huong", "cho-tra", ["ready"], "Chờ dân đến nhận: 1 hồ sơ"),
        ("huong", "chua-co-nguoi-nhan", ["queued"], "Chưa có người nhận: 1 hồ sơ"),
        ("huong", "cho-thu-tien", [], "Chờ thu tiền: 0 hồ sơ"),
        ("thu", "cho-thu-tien", ["checking"], "Chờ thu tiền: 1 hồ sơ"),
        ("anh", "nhan-hom-nay", [step.value for step in Step], "Tôi nhận hôm nay: 6 hồ sơ"),
        ("huong", "khong-co", ["queued", "checking", "issuing"], "3 hồ sơ cần xử lý"),
    ],
)
def test_every_list_of_the_rail(signed_in, cast, office_full, who, box, steps, title):
    answer = signed_in(cast[who]).get(URL, {"muc": box})
    assert sorted(codes(answer)) == sorted(office_full[Step(step)].code for step in steps)
    assert title in text(answer)


def test_two_days_later_they_are_late(signed_in, huong, office_full, office_clock, at):
    office_clock(at + timedelta(days=2))
    answer = signed_in(huong).get(URL, {"muc": "qua-han"})
    assert len(codes(answer)) == 3
    assert "trễ từ 17:00 23/11" in text(answer)
    assert codes(signed_in(huong).get(URL, {"muc": "han-hom-nay"})) == []


def test_nearest_due_first_under_the_name_of_its_day(signed_in, huong, received, at, office_clock):
    later = received(agreed_days=1, agreed_ground="nhiều loại bản chính")
    sooner = received()
    page = signed_in(huong).get(URL)
    assert codes(page) == [sooner.code, later.code]
    assert "Hôm nay, thứ Hai 23/11" in text(page)
    assert "Ngày làm việc tới, thứ Tư 25/11" in text(page)


def test_the_next_page_begins_where_this_one_ends(signed_in, huong, received, at, monkeypatch):
    monkeypatch.setitem(inbox.inbox.__kwdefaults__, "page", 3)
    expected = [received(at=at + timedelta(minutes=n)).code for n in range(5)]
    desk = signed_in(huong)
    first = desk.get(URL)
    address = re.search(r'href="(\?muc=tat-ca&amp;sau=[^"]+)"', text(first))[1].replace(
        "&amp;", "&"
    )
    second = desk.get(URL + address)
    assert codes(first) + codes(second) == expected


def test_nonsense_in_the_address_is_the_first_page(signed_in, huong, dossier):
    for after in ("x", "_1", "2026-11-23T10:00:00_1", "2026-11-23T10:00:00Z_" + "9" * 40, "\x00"):
        assert codes(signed_in(huong).get(URL, {"sau": after})) == [dossier.code]


def test_the_month_so_far_shows_both_numbers(signed_in, huong, office_full, office_clock, at):
    office_clock(at + timedelta(days=2))
    page = text(signed_in(huong).get(URL))
    assert "2 trên 6" in page
    assert "hồ sơ đến hạn đã xong đúng hoặc trước hạn" in page


def test_a_list_costs_the_same_for_three_as_for_thirty(
    signed_in, huong, received, django_assert_max_num_queries
):
    for _each in range(12):
        received(papers=(DIPLOMA,))
    desk = signed_in(huong)
    desk.get(URL)
    with django_assert_max_num_queries(12):
        desk.get(URL)


def test_the_preview_of_a_row(signed_in, huong, dossier, django_assert_max_num_queries):
    desk, url = signed_in(huong), f"/can-bo/xem-nhanh/{dossier.code}/"
    desk.get(url)
    with django_assert_max_num_queries(12):
        page = text(desk.get(url))
    assert "H’Len Êban" in page
    assert "Nhận xử lý" in page
    assert "<html" not in page


def test_somebody_without_a_post_has_an_empty_desk(signed_in, dossier):
    from vidan.people.models import User

    answer = signed_in(User.objects.create_user("moi", full_name="Người Mới")).get(URL)
    assert answer.status_code == 200
    assert codes(answer) == []
