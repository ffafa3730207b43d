"""Signing in with user name and password: what opens, what is said, what nobody learns."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client
from tests.cast import MONDAY, PASSWORD

from vidan.people import actions
from vidan.people.models import SignIn

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
LOCKED = "Đã ghi sai mật khẩu 5 lần"


def text(response) -> str:
    return response.content.decode()


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_the_page_speaks_vietnamese_and_offers_no_registration(client, db):
    page = client.get("/dang-nhap/")

    assert page.status_code == 200
    shown = text(page)
    assert "Tên đăng nhập" in shown
    for english in ("Sign", "Password", "Username", "Remember", "Forgot", "sign up"):
        assert english not in shown


def test_nothing_of_the_page_runs_inline(client, db):
    page = client.get("/dang-nhap/")
    policy = page["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<style" not in text(page)
    assert " style=" not in text(page)


def test_anh_signs_in_and_lands_at_her_work(client, anh, enter):
    response = enter(client, "anh")

    assert (response.status_code, response.url) == (302, "/bat-dau/")
    assert client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize("written", ["ANH", " anh ", "Anh"])
def test_the_user_name_in_any_writing(client, anh, enter, written):
    assert enter(client, written).status_code == 302


def test_the_session_is_a_new_one_after_signing_in(client, anh, enter):
    client.get("/dang-nhap/")
    client.session["planted"] = "x"
    before = client.session.session_key
    enter(client, "anh")

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_the_cookie_ends_with_the_browser_and_is_out_of_reach_for_scripts(client, anh, enter):
    cookie = enter(client, "anh").cookies[django_settings.SESSION_COOKIE_NAME]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]
    assert not cookie["max-age"]


def test_a_wrong_password_and_an_unknown_name_are_one_answer(client, anh, enter):
    wrong = enter(client, "anh", "sai mật khẩu này rồi")
    unknown = enter(client, "khong-co", "sai mật khẩu này rồi")

    assert wrong.status_code == unknown.status_code == 200
    assert WRONG in text(wrong)
    typed = text(unknown).replace('value="khong-co"', 'value="anh"')
    assert without_tokens(text(wrong)) == without_tokens(typed)


def test_what_was_typed_stays_but_never_the_password(client, anh, enter):
    page = text(enter(client, "anh", "sai mật khẩu này rồi"))

    assert 'value="anh"' in page
    assert "sai mật khẩu này rồi" not in page


@pytest.mark.parametrize("field", ["login", "password"])
def test_an_empty_field_is_named(client, db, field):
    values = {"login": "anh", "password": "x", field: ""}
    page = text(client.post("/dang-nhap/", values))
    assert ("Xin ghi tên đăng nhập." if field == "login" else "Xin ghi mật khẩu.") in page


def test_a_megabyte_of_password_is_not_hashed(client, anh, enter):
    assert "quá 128 ký tự" in text(enter(client, "anh", "x" * 100_000))


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away_to_another_site(client, anh, enter, where):
    assert enter(client, "anh", next=where).url == "/bat-dau/"


def test_one_returns_to_the_page_asked_for(client, anh, enter):
    asked = client.get("/tai-khoan/phien/")
    assert asked.url == "/dang-nhap/?next=/tai-khoan/phien/"
    assert enter(client, "anh", next="/tai-khoan/phien/").url == "/tai-khoan/phien/"


def test_signing_out_takes_a_button_not_a_link(client, anh, enter):
    enter(client, "anh")
    assert client.get("/dang-xuat/").status_code == 200
    assert client.get("/tai-khoan/").status_code == 200
    key = client.session.session_key
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_the_last_sign_in_is_told_at_the_next(client, anh, enter, office_clock):
    enter(client, "anh", **{})
    office_clock(MONDAY + timedelta(days=1))
    second = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")
    enter(second, "anh")

    assert "Lần đăng nhập trước: 09:12 23/11/2026" in text(second.get("/tai-khoan/"))
    latest = SignIn.objects.filter(user=anh).latest("at")
    assert (latest.device, latest.new_device) == ("Firefox, Windows", True)


class TestLockOut:
    def fail(self, client, enter, name="anh", times=5):
        for _each in range(times):
            response = enter(client, name, "sai mật khẩu này rồi")
        return response

    def test_five_wrong_passwords_close_the_door_and_say_for_how_long(self, client, anh, enter):
        response = self.fail(client, enter)

        assert response.status_code == 429
        assert LOCKED in text(response)
        assert "15 phút" in text(response)
        assert "quản trị đơn vị" in text(response)
        assert response["Retry-After"] == "900"

    def test_then_even_the_right_password_is_refused(self, client, anh, enter):
        self.fail(client, enter)
        assert enter(client, "anh").status_code == 429
        assert client.get("/tai-khoan/").status_code == 302

    def test_a_name_that_does_not_exist_is_locked_the_same(self, client, anh, enter):
        known, unknown = self.fail(client, enter), self.fail(client, enter, "khong-co")
        assert known.status_code == unknown.status_code
        assert without_tokens(text(known)) == without_tokens(text(unknown))

    def test_writing_the_name_otherwise_does_not_start_over(self, client, anh, enter):
        for name in ("anh", "ANH", " Anh", "aNh", "anh "):
            response = enter(client, name, "sai mật khẩu này rồi")
        assert response.status_code == 429

    def test_a_colleague_at_the_same_desk_is_not_locked_out(self, client, anh, thu, enter):
        self.fail(client, enter)
        assert enter(client, "thu").status_code == 302

    def test_a_stranger_elsewhere_does_not_lock_anh_out(self, client, anh, enter):
        self.fail(Client(REMOTE_ADDR="198.51.100.7"), enter)
        assert enter(client, "anh").status_code == 302

    def test_a_forwarded_address_counts_only_behind_our_own_proxy(
        self, client, anh, enter, settings
    ):
        for number in range(5):
            spoofed = Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
            response = enter(spoofed, "anh", "sai mật khẩu này rồi")
        assert response.status_code == 429
        settings.VIDAN_PROXIES = 1
        behind = Client(HTTP_X_FORWARDED_FOR="203.0.113.99, 198.51.100.8")
        assert enter(behind, "anh").status_code == 302
        assert SignIn.objects.get(user=anh).address == "198.51.100.8"

    def test_success_starts_the_count_over(self, client, anh, enter):
        self.fail(client, enter, times=4)
        enter(client, "anh")
        client.post("/dang-xuat/")
        assert self.fail(client, enter, times=4).status_code == 200

    def test_the_administrator_opens_the_door_again(self, client, anh, tuan, enter, at):
        self.fail(client, enter)
        actions.lift_lockout(by=tuan, user_id=anh.pk, at=at)
        assert enter(client, "anh").status_code == 302

    def test_no_password_is_kept_with_the_attempts(self, client, anh, enter):
        self.fail(client, enter, times=1)
        attempt = AccessAttempt.objects.get()
        kept = f"{attempt.post_data}{attempt.get_data}"
        assert "sai mật khẩu" not in kept
        assert "anh" not in kept


class TestSession:
    def test_it_closes_after_half_an_hour_without_a_click(self, client, anh, enter, office_clock):
        enter(client, "anh")
        assert client.get("/tai-khoan/").status_code == 200
        office_clock(MONDAY + timedelta(minutes=31))

        response = client.get("/tai-khoan/", follow=True)
        assert response.redirect_chain == [("/dang-nhap/?next=/tai-khoan/", 302)]
        assert "30 phút không thao tác" in text(response)

    def test_every_click_keeps_it_open(self, client, anh, enter, office_clock):
        enter(client, "anh")
        for minutes in (0, 25, 50, 75):
            office_clock(MONDAY + timedelta(minutes=minutes))
            assert client.get("/tai-khoan/").status_code == 200

    def test_it_closes_after_twelve_hours_whatever_one_does(self, client, anh, enter, office_clock):
        enter(client, "anh")
        for minutes in range(0, 720, 20):
            office_clock(MONDAY + timedelta(minutes=minutes))
            client.get("/tai-khoan/phien/")
        office_clock(MONDAY + timedelta(minutes=725))
        assert "đủ 12 giờ" in text(client.get("/tai-khoan/phien/", follow=True))

    def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(
        self, client, anh, enter, office_clock
    ):
        enter(client, "anh")
        client.get("/tai-khoan/")
        office_clock(MONDAY + timedelta(minutes=31))
        response = client.get("/tai-khoan/", headers={"HX-Request": "true"})
        assert (response.status_code, response["HX-Redirect"]) == (204, "/dang-nhap/")

    def test_a_closed_account_is_out_at_once(self, client, anh, tuan, enter, at):
        enter(client, "anh")
        actions.deactivate(by=tuan, user_id=anh.pk, at=at)
        assert client.get("/tai-khoan/").status_code == 302
        assert Session.objects.count() == 0
        assert "không còn dùng được" in text(
            client.post("/dang-nhap/", {"login": "anh", "password": PASSWORD}, follow=True)
        )

    def test_a_page_without_signing_in_asks_nothing_of_the_session(
        self, client, db, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            client.get("/dang-nhap/")
