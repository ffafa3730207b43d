"""One dossier: its way so far, what comes next, what this officer may do, and why that date."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.office import CARD, PHONE
from tests.sites.desk.conftest import text

from vidan.dossiers.rules.lifecycle import Step
from vidan.people.models import ReadLog


def page_of(signed_in, user, dossier) -> str:
    return text(signed_in(user).get(f"/can-bo/ho-so/{dossier.code}/"))


def test_the_way_so_far_and_what_comes_next(signed_in, huong, brought_to):
    page = page_of(signed_in, huong, brought_to(Step.SIGNING))
    for words in (
        "Tiếp nhận", "Lê Thị Ngọc Ánh", "Thu phí", "34.000 đ, biên lai BL26-000001", "Nhận xử lý",
        "Trình lãnh đạo ký", "Lãnh đạo ký", "Đóng dấu", "Chờ trả",
        "4 sự kiện nối chuỗi, đã kiểm tra, không sửa được.",
    ):  # fmt: skip
        assert words in page


OFFERED = {
    "queued": {"huong": "/start/", "thu": "/thu-tien/"},
    "checking": {"huong": "/propose/"},
    "signing": {"phuc": "/approve/", "huong": "/take-back/"},
    "issuing": {"huong": "/issue/", "phuc": "/take-back/"},
    "ready": {"khai": "/trao/", "huong": "/take-back/"},
    "returned": {},
}


@pytest.mark.parametrize("step", OFFERED)
def test_each_sees_the_buttons_of_their_own_work_only(signed_in, cast, brought_to, step):
    dossier = brought_to(Step(step), paid=step != "queued")
    everything = {"/start/", "/propose/", "/approve/", "/issue/", "/trao/", "/thu-tien/"}
    for who in ("anh", "huong", "phuc", "thu", "khai", "bao"):
        page = page_of(signed_in, cast[who], dossier)
        mine = OFFERED[step].get(who)
        assert mine is None or mine in page, (who, mine)
        others = everything - {mine}
        assert not [verb for verb in others if f"{dossier.code}{verb}" in page], who


def test_each_button_carries_the_version_it_saw(signed_in, huong, brought_to):
    dossier = brought_to(Step.CHECKING)
    assert f'name="seen" value="{dossier.version}"' in page_of(signed_in, huong, dossier)


def test_numbers_of_identity_are_not_shown(signed_in, huong, dossier):
    page = page_of(signed_in, huong, dossier)
    assert "H’Len Êban" in page
    assert CARD not in page
    assert PHONE not in page
    assert dossier.secret not in page


def test_opening_is_in_the_read_log(signed_in, huong, dossier, hlen):
    page_of(signed_in, huong, dossier)
    look = ReadLog.objects.order_by("-pk")[0]
    assert (look.reader, look.person_id, look.purpose, look.about) == (
        huong, hlen.pk, "dossier", dossier.code,
    )  # fmt: skip


def test_the_inspector_of_the_province_looks_and_touches_nothing(signed_in, bao, dossier):
    page = page_of(signed_in, bao, dossier)
    assert "H’Len Êban" in page
    assert "Không có việc nào cho vai trò của anh/chị lúc này." in page
    assert ReadLog.objects.order_by("-pk")[0].role == "inspector"


def test_a_broken_chain_is_said_aloud(signed_in, huong, brought_to):
    dossier = brought_to(Step.SIGNING)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE dossiers_dossierevent SET role = 'leader' WHERE seq = 3")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    page = page_of(signed_in, huong, dossier)
    assert "Chuỗi sự kiện bị đứt ở sự kiện 3. Báo ngay người vận hành." in page


@pytest.mark.parametrize("code", ["H15.158-261123-0777", "x", "%00", "a%00b", "<b>", "x" * 3000])
def test_no_such_dossier_is_404_in_words(signed_in, huong, dossier, code):
    for url in (
        f"/can-bo/ho-so/{code}/",
        f"/can-bo/xem-nhanh/{code}/",
        f"/can-bo/ho-so/{code}/in/",
    ):
        answer = signed_in(huong).get(url)
        assert answer.status_code == 404
        assert "<b>/" not in text(answer)


def test_a_page_costs_few_questions_to_the_database(
    signed_in, huong, brought_to, django_assert_max_num_queries
):
    dossier = brought_to(Step.READY)
    desk, url = signed_in(huong), f"/can-bo/ho-so/{dossier.code}/"
    desk.get(url)
    with django_assert_max_num_queries(18):
        desk.get(url)
