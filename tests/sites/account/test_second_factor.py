"""The second step: setting it up, using it, what happens when codes run out or are replayed."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.test import Client
from tests.cast import PASSWORD
from tests.sites.at_the_door import code_now


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def entered(client, phuc, enter):
    """Phúc, signed in with his password alone."""
    enter(client, "phuc")
    return client


def confirm(client: Client) -> None:
    client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})


def set_up(client: Client) -> str:
    """Bind the app; the secret it now holds."""
    confirm(client)
    page = text(client.get("/tai-khoan/hai-buoc/ung-dung/bat/"))
    secret = re.search(r"<code[^>]*>([A-Z2-7]{32})</code>", page)[1]
    answer = client.post("/tai-khoan/hai-buoc/ung-dung/bat/", {"code": code_now(secret)})
    assert answer.url == "/tai-khoan/hai-buoc/ma-du-phong/"
    return secret


def later_code(secret: str) -> str:
    """The next code of the app: the one shown now may be spent."""
    return code_now(secret, time.time() + 30)


def test_setting_up_asks_for_the_password_once_more(entered):
    response = entered.get("/tai-khoan/hai-buoc/ung-dung/bat/")
    assert response.url.startswith("/tai-khoan/xac-nhan-lai/")


def test_the_app_is_set_up_with_a_picture_our_policy_allows(entered):
    confirm(entered)
    page = text(entered.get("/tai-khoan/hai-buoc/ung-dung/bat/"))
    assert "<svg" in page
    assert "data:image" not in page
    assert " style=" not in page


def test_the_secret_lies_encrypted(entered, phuc):
    secret = set_up(entered)
    row = Authenticator.objects.get(user=phuc, type="totp")
    assert secret not in str(row.data)
    assert decrypt(row.data["secret"]) == secret


def test_recovery_codes_are_shown_once(entered):
    set_up(entered)
    first = text(entered.get("/tai-khoan/hai-buoc/ma-du-phong/"))
    again = text(entered.get("/tai-khoan/hai-buoc/ma-du-phong/"))
    codes = re.findall(r"<code>(\d{5} \d{5})</code>", first)
    assert len(codes) == 10
    assert not any(code in again for code in codes)
    assert "****" not in again


def test_a_wrong_first_code_binds_nothing(entered, phuc):
    confirm(entered)
    entered.get("/tai-khoan/hai-buoc/ung-dung/bat/")
    page = entered.post("/tai-khoan/hai-buoc/ung-dung/bat/", {"code": "000000"})
    assert "Mã chưa đúng" in text(page)
    assert not Authenticator.objects.filter(user=phuc).exists()


class TestSigningIn:
    @pytest.fixture
    def secret(self, entered):
        return set_up(entered)

    @pytest.fixture
    def halfway(self, secret, enter):
        """A new browser with the right password and no code yet."""
        browser = Client()
        assert enter(browser, "phuc").url == "/dang-nhap/xac-nhan/"
        return browser

    def test_the_password_alone_opens_nothing(self, halfway):
        assert halfway.get("/tai-khoan/").status_code == 302
        page = text(halfway.get("/dang-nhap/xac-nhan/"))
        assert "Mã xác nhận" in page
        for english in ("Code", "Sign In", "Two-Factor", "Cancel"):
            assert english not in page

    def test_the_code_opens(self, halfway, secret):
        response = halfway.post("/dang-nhap/xac-nhan/", {"code": later_code(secret)})
        assert response.url == "/bat-dau/"
        assert halfway.get("/tai-khoan/").status_code == 200

    def test_a_wrong_code_opens_nothing(self, halfway):
        page = halfway.post("/dang-nhap/xac-nhan/", {"code": "000000"})
        assert "Mã chưa đúng" in text(page)
        assert halfway.get("/tai-khoan/").status_code == 302

    def test_a_code_counts_once(self, halfway, secret, enter):
        code = later_code(secret)
        halfway.post("/dang-nhap/xac-nhan/", {"code": code})
        # Another process of ours does not share the first one's memory.
        from django.core.cache import cache

        cache.clear()
        other = Client()
        enter(other, "phuc")
        page = other.post("/dang-nhap/xac-nhan/", {"code": f" {code[:3]} {code[3:]} "})
        assert "đã dùng rồi" in text(page)
        assert other.get("/tai-khoan/").status_code == 302

    def test_a_recovery_code_opens_once(self, entered, secret, halfway, enter):
        shown = text(entered.get("/tai-khoan/hai-buoc/ma-du-phong/"))
        code = re.findall(r"<code>(\d{5} \d{5})</code>", shown)[0]
        assert halfway.post("/dang-nhap/xac-nhan/", {"code": code}).status_code == 302
        other = Client()
        enter(other, "phuc")
        assert other.post("/dang-nhap/xac-nhan/", {"code": code}).status_code == 200

    def test_guessing_codes_is_stopped(self, halfway):
        for _each in range(21):
            page = halfway.post("/dang-nhap/xac-nhan/", {"code": "000000"})
        assert "quá nhiều lần" in text(page)


class TestWhoMust:
    """Whoever signs or administers needs one, where the installation asks for it."""

    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.VIDAN_SECOND_FACTOR = "required"

    @pytest.mark.parametrize("who", ["phuc", "tuan", "dang"])
    def test_they_are_led_to_set_it_up(self, cast, client, enter, who):
        enter(client, who)
        assert client.get("/tai-khoan/").url == "/tai-khoan/hai-buoc/ung-dung/bat/"

    @pytest.mark.parametrize("who", ["anh", "huong", "thu", "bao"])
    def test_others_may_work_without(self, cast, client, enter, who):
        enter(client, who)
        assert client.get("/tai-khoan/").status_code == 200

    def test_after_setting_up_they_work(self, entered):
        set_up(entered)
        assert entered.get("/tai-khoan/").status_code == 200

    def test_the_last_factor_cannot_be_taken_off(self, entered, phuc):
        set_up(entered)
        page = entered.get("/tai-khoan/hai-buoc/ung-dung/tat/")
        assert "không tắt được" in text(page)
        entered.post("/tai-khoan/hai-buoc/ung-dung/tat/")
        assert Authenticator.objects.filter(user=phuc, type="totp").exists()

    def test_whom_a_post_was_lent_to_needs_one_as_well(self, phuc, huong, client, enter, at):
        from datetime import timedelta

        from vidan.people import actions

        actions.delegate(
            by=phuc, post_id=phuc.posts.get().pk, to_id=huong.pk, document="12/GUQ-UBND",
            valid_from=at, valid_to=at + timedelta(days=2), at=at,
        )  # fmt: skip
        enter(client, "huong")
        assert client.get("/tai-khoan/").status_code == 302


def test_in_the_demo_it_is_offered_not_demanded(entered, settings):
    settings.VIDAN_SECOND_FACTOR = "offered"
    page = entered.get("/tai-khoan/")
    assert page.status_code == 200
    assert "Chưa bật" in text(page)


def test_a_security_key_can_be_added(entered):
    confirm(entered)
    page = text(entered.get("/tai-khoan/hai-buoc/khoa/them/"))
    assert '"challenge"' in page
    assert "data-allauth-onload" in page
    for english in ("Add", "Passwordless", "Security Key", "Master key"):
        assert f">{english}" not in page
