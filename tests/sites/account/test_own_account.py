"""One's own account: a password that must be changed, sessions, posts, keys of programs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import MONDAY, PASSWORD

from vidan.people import access, actions
from vidan.people.models import StaffEvent
from vidan.people.rules.roles import Role

NEW = "buổi sáng gà gáy ba lần"
CHANGE = "/tai-khoan/mat-khau/"


def text(response) -> str:
    return response.content.decode()


def change(client: Client, new: str, old: str = PASSWORD):
    return client.post(CHANGE, {"oldpassword": old, "password1": new})


class TestFirstPassword:
    @pytest.fixture
    def hired(self, tuan, ea_phe, at):
        return actions.hire(
            by=tuan, unit=ea_phe, role=Role.RECEPTIONIST, username="hoa",
            full_name="Cao Thị Hoa", at=at,
        )  # fmt: skip

    def test_every_page_leads_to_the_change(self, hired, client, enter):
        enter(client, "hoa", hired.first_password)
        for page in ("/tai-khoan/", "/bat-dau/", "/can-bo/", "/quan-ly/nhan-su/"):
            assert client.get(page).url == CHANGE
        assert "Mật khẩu đang dùng do người khác đặt" in text(client.get(CHANGE))

    def test_after_the_change_one_works(self, hired, client, enter):
        enter(client, "hoa", hired.first_password)
        assert change(client, NEW, hired.first_password).status_code == 302
        assert client.get("/tai-khoan/").status_code == 200
        kinds = StaffEvent.objects.filter(stream=f"staff/{hired.user.key}").values_list("kind")
        assert ("password-changed",) in kinds

    def test_one_may_leave_instead(self, hired, client, enter):
        enter(client, "hoa", hired.first_password)
        assert client.post("/dang-xuat/").url == "/dang-nhap/"

    def test_after_a_week_it_opens_nothing(self, hired, client, enter, office_clock):
        office_clock(MONDAY + timedelta(days=7))
        page = enter(client, "hoa", hired.first_password)
        assert "đã hết hạn" in text(page)
        assert client.get("/tai-khoan/").status_code == 302

    def test_it_cannot_be_kept(self, hired, client, enter):
        enter(client, "hoa", hired.first_password)
        page = change(client, hired.first_password, hired.first_password)
        assert "phải khác" in text(page)


class TestPassword:
    @pytest.fixture
    def entered(self, client, anh, enter):
        enter(client, "anh")
        return client

    @pytest.mark.parametrize(
        ("new", "words"),
        [
            ("ngắn quá", "từ 15 ký tự"),
            ("x" * 129, "quá 128 ký tự"),
            ("123456789012345", "quá dễ đoán"),
            ("passwordpassword", "quá dễ đoán"),
            ("aaaaaaaaaaaaaaaa", "quá dễ đoán"),
            ("lethingocanh2026", "tên riêng, tên cơ quan"),
            ("UBND Ea Phê 2026!", "tên riêng, tên cơ quan"),
            ("vidan-motcua-2026", "tên riêng, tên cơ quan"),
        ],
    )
    def test_what_anybody_would_try_is_refused(self, entered, anh, new, words):
        page = change(entered, new)
        assert words in text(page)
        anh.refresh_from_db()
        assert anh.check_password(PASSWORD)

    @pytest.mark.parametrize(
        "new",
        [NEW, "một hai ba bốn năm sáu", "correct horse battery", "ỄỄ Ậ đ 🌾 lúa chín vàng đồng"],
    )
    def test_any_long_sentence_is_taken_as_it_is(self, entered, anh, new):
        change(entered, new)
        anh.refresh_from_db()
        assert anh.check_password(new)

    def test_a_wrong_old_password_is_named(self, entered):
        assert "đang dùng chưa đúng" in text(change(entered, NEW, "không phải thế"))

    def test_other_browsers_are_signed_out(self, entered, anh, enter):
        other = Client()
        enter(other, "anh")
        change(entered, NEW)
        assert entered.get("/tai-khoan/").status_code == 200
        assert other.get("/tai-khoan/").status_code == 302

    def test_it_can_be_pasted_and_is_kept_by_password_managers(self, entered):
        page = text(entered.get(CHANGE))
        assert "onpaste" not in page
        assert 'autocomplete="new-password"' in page
        assert 'autocomplete="current-password"' in page


class TestSessions:
    def test_another_session_can_be_ended(self, client, anh, enter):
        enter(client, "anh")
        other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")
        enter(other, "anh")
        page = text(client.get("/tai-khoan/phien/"))
        assert "Firefox, Windows" in page
        number = re.search(r'name="session" value="(\d+)"', page)[1]

        asked = client.post("/tai-khoan/phien/ket-thuc/", {"session": number})
        assert asked.url.startswith("/tai-khoan/xac-nhan-lai/")
        client.post(asked.url, {"password": PASSWORD, "next": "/tai-khoan/phien/ket-thuc/"})
        assert other.get("/tai-khoan/").status_code == 302
        assert client.get("/tai-khoan/").status_code == 200

    def test_nobody_ends_somebody_elses(self, client, anh, thu, enter):
        from allauth.usersessions.models import UserSession

        other = Client()
        enter(other, "thu")
        theirs = UserSession.objects.get(user=thu).pk
        enter(client, "anh")
        client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})
        client.post("/tai-khoan/phien/ket-thuc/", {"session": theirs})
        assert other.get("/tai-khoan/").status_code == 200


class TestPosts:
    @pytest.fixture
    def in_two_places(self, anh, krong_pac, at):
        actions.give_post(
            by=None, user_id=anh.pk, unit=krong_pac, role=Role.RECEPTIONIST, at=MONDAY
        )
        return anh

    def test_one_chooses_in_which_post_one_works(self, in_two_places, client, enter):
        enter(client, "anh")
        client.get("/tai-khoan/")
        answer = client.post("/tai-khoan/vai-tro/", {"capacity": "1", "next": "/tai-khoan/"})
        assert answer.url == "/tai-khoan/"
        page = text(client.get("/tai-khoan/"))
        assert re.search(r'me__post">[^<]*Krông Pắc', page)

    def test_a_post_that_ended_is_not_chosen(self, in_two_places, client, enter):
        enter(client, "anh")
        for wrong in ("7", "-9", "x", ""):
            answer = client.post("/tai-khoan/vai-tro/", {"capacity": wrong, "next": "//evil/"})
            assert answer.url == "/bat-dau/"

    def test_somebody_without_a_post_is_told_whom_to_ask(self, client, anh, tuan, enter, at):
        actions.end_post(by=tuan, post_id=anh.posts.get().pk, at=MONDAY)
        enter(client, "anh")
        assert "quản trị đơn vị" in text(client.get("/bat-dau/", follow=True))


class TestKeysOfPrograms:
    def test_a_key_is_shown_once(self, client, anh, enter):
        enter(client, "anh")
        client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})
        page = client.post("/tai-khoan/khoa-phan-mem/", {"name": "Máy quét", "days": "30"})
        key = re.search(r'data-copy="(vd_[\w-]{43})"', text(page))[1]
        assert access.user_for_token(key, MONDAY) == anh
        assert key not in text(client.get("/tai-khoan/khoa-phan-mem/"))
        assert "Máy quét" in text(client.get("/tai-khoan/khoa-phan-mem/"))

    def test_somebody_elses_key_is_not_revoked(self, client, anh, thu, enter):
        token, key = actions.issue_api_token(
            by=thu, user_id=thu.pk, name="x", lasts=timedelta(days=3), at=MONDAY
        )
        enter(client, "anh")
        client.post(f"/tai-khoan/khoa-phan-mem/{token.pk}/thu-hoi/")
        assert access.user_for_token(key, MONDAY) == thu
