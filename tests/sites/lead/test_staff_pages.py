"""Staff administration through the pages: who opens them, what they do, what stays closed."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.cast import MONDAY, PASSWORD

from vidan.people import access, actions
from vidan.people.models import Post, User
from vidan.people.rules.roles import Role

STAFF, HIRE = "/quan-ly/nhan-su/", "/quan-ly/nhan-su/them/"


def text(response) -> str:
    return response.content.decode()


def first_password(answer) -> str:
    shown = text(answer).replace("<wbr>", "")
    return re.search(r">((?:[a-z0-9]{5}-){3}[a-z0-9]{5})<", shown)[1]


@pytest.fixture
def desk(client, tuan, enter) -> Client:
    """Tuấn's browser, a moment after he gave his password again."""
    enter(client, "tuan")
    client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})
    return client


def test_tuan_begins_at_his_staff(client, tuan, enter):
    enter(client, "tuan")
    assert client.get("/bat-dau/").url == STAFF


def test_everybody_of_the_unit_is_on_the_page_and_nobody_else(desk, cast):
    page = text(desk.get(STAFF))

    for name in ("Lê Thị Ngọc Ánh", "Trần Thị Mai Hương", "H’Nga Niê", "quầy 2"):
        assert name in page
    assert "Đỗ Quang Minh" not in page


def test_the_page_costs_the_same_for_three_as_for_thirty(
    desk, cast, ea_phe, at, django_assert_max_num_queries
):
    for number in range(27):
        actions.hire(
            by=None, unit=ea_phe, role=Role.RECEPTIONIST, username=f"hoa{number}",
            full_name="Cao Thị Hoa", at=MONDAY,
        )  # fmt: skip
    with django_assert_max_num_queries(16):
        desk.get(STAFF)


@pytest.mark.parametrize("who", ["anh", "huong", "phuc", "nga", "bao", "bham", "dang", "minh"])
@pytest.mark.parametrize("page", [STAFF, HIRE, "/quan-ly/nhan-su/1/"])
def test_others_are_told_which_role_it_takes(cast, client, enter, who, page):
    enter(client, who)
    answer = client.get(page)
    assert answer.status_code == 403
    assert "Quản trị đơn vị" in text(answer)


@pytest.mark.parametrize("page", [STAFF, HIRE, "/quan-ly/uy-quyen/", "/quan-ly/ai-da-xem/"])
def test_without_signing_in_one_is_led_to_the_door(client, db, page):
    assert client.get(page).url == f"/dang-nhap/?next={page}"


def test_hiring_shows_the_first_password_once(desk):
    answer = desk.post(
        HIRE,
        {"full_name": "Cao Thị Hoa", "username": "hoa", "role": "receptionist", "place": "quầy 5"},
    )

    password = first_password(answer)
    hoa = User.objects.get(username="hoa")
    assert hoa.check_password(password)
    assert "no-store" in answer["Cache-Control"]
    assert password not in text(desk.get(f"{STAFF}{hoa.pk}/"))


def test_hiring_needs_the_password_again(client, tuan, enter):
    enter(client, "tuan")
    assert client.get(HIRE).url.startswith("/tai-khoan/xac-nhan-lai/")


def test_a_refusal_keeps_what_was_typed(desk, anh):
    answer = desk.post(
        HIRE, {"full_name": "Cao Thị Hoa", "username": "anh", "role": "receptionist"}
    )
    assert answer.status_code == 422
    assert "chọn tên khác" in text(answer)
    assert 'value="Cao Thị Hoa"' in text(answer)


@pytest.mark.parametrize("role", ["inspector", "outside_monitor", "operator", "", "king"])
def test_roles_from_above_cannot_be_picked(desk, role):
    answer = desk.post(HIRE, {"full_name": "Cao Thị Hoa", "username": "hoa", "role": role})
    assert answer.status_code == 422
    assert not User.objects.filter(username="hoa").exists()


def test_a_role_from_a_day_to_a_day(desk, anh):
    answer = desk.post(
        f"{STAFF}{anh.pk}/giao-vai-tro/",
        {"role": "returner", "place": "quầy 4", "valid_from": "01/12/2026", "valid_to": "24122026"},
    )
    assert answer.status_code == 302
    post = Post.objects.get(user=anh, role="returner")
    assert (f"{post.valid_from:%d/%m %z}", post.place) == ("30/11 +0000", "quầy 4")
    page = text(desk.get(f"{STAFF}{anh.pk}/"))
    assert "chưa bắt đầu" in page


def test_two_roles_better_kept_apart_take_a_second_press(desk, anh):
    url, wish = f"{STAFF}{anh.pk}/giao-vai-tro/", {"role": "cashier"}
    doubt = desk.post(url, wish)
    assert doubt.status_code == 422
    assert "hai người khác nhau" in text(doubt)
    assert not Post.objects.filter(user=anh, role="cashier").exists()
    confirmed = re.search(r'name="confirmed" value="(\w+)"', text(doubt))[1]
    assert desk.post(url, {**wish, "confirmed": confirmed}).status_code == 302
    assert Post.objects.filter(user=anh, role="cashier").exists()


def test_ending_a_post_ends_the_work_at_once(desk, anh):
    post = anh.posts.get()
    desk.post(f"{STAFF}{anh.pk}/vai-tro/{post.pk}/")
    assert access.capacities(anh, MONDAY.replace(hour=10)) == []
    assert "Kết thúc vai trò" in text(desk.get(f"{STAFF}{anh.pk}/"))


def test_a_forgotten_password(desk, anh, enter):
    answer = desk.post(f"{STAFF}{anh.pk}/mat-khau/")
    password = first_password(answer)
    browser = Client()
    assert enter(browser, "anh").status_code == 200
    assert enter(browser, "anh", password).status_code == 302


@pytest.mark.parametrize("what", ["mat-khau", "hai-buoc", "ngung", "giao-vai-tro"])
def test_delicate_steps_wait_for_the_password(client, tuan, anh, enter, what):
    Authenticator.objects.create(user=anh, type="totp", data={"secret": "x"})
    enter(client, "tuan")
    url = f"{STAFF}{anh.pk}/{what}/"
    asked = client.post(url, {"role": "returner"})
    assert asked.url.startswith("/tai-khoan/xac-nhan-lai/")
    assert anh.posts.count() == 1
    # The step that was asked for happens after the password, without being entered again.
    client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD, "next": url})
    anh.refresh_from_db()
    done = {
        "mat-khau": anh.must_change_password,
        "hai-buoc": not Authenticator.objects.filter(user=anh).exists(),
        "ngung": not anh.is_active,
        "giao-vai-tro": anh.posts.count() == 2,
    }
    assert done[what]


def test_everything_about_another_commune_is_not_there(desk, minh, anh):
    page = f"{STAFF}{minh.pk}/"
    assert desk.get(page).status_code == 404
    for what in ("mat-khau", "hai-buoc", "mo-khoa", "phien", "ngung", "giao-vai-tro"):
        assert desk.post(f"{page}{what}/", {"role": "returner"}).status_code == 404
    post = minh.posts.get()
    assert desk.post(f"{page}vai-tro/{post.pk}/").status_code == 404
    assert desk.post(f"{STAFF}{anh.pk}/vai-tro/{post.pk}/").status_code == 404
    assert desk.get(f"{STAFF}?don-vi={post.unit_id}").status_code == 404
    post.refresh_from_db()
    assert post.valid_to is None


def test_oneself_is_not_administered(desk, tuan):
    assert "Không tự làm" in text(desk.get(f"{STAFF}{tuan.pk}/"))
    assert desk.post(f"{STAFF}{tuan.pk}/ngung/").status_code == 403


def test_somebody_who_works_elsewhere_is_taken_on(desk, minh, ea_phe):
    answer = desk.post("/quan-ly/nhan-su/nhan-them/", {"username": "minh", "role": "receptionist"})
    assert answer.status_code == 302
    assert Post.objects.filter(user=minh, unit=ea_phe).exists()
    # Power over the account stays with those above both communes.
    assert desk.post(f"{STAFF}{minh.pk}/mat-khau/").status_code == 403


def test_the_province_looks_into_a_commune(client, dak_lak, krong_pac, minh, enter):
    hired = actions.hire(
        by=None, unit=dak_lak, role=Role.UNIT_ADMINISTRATOR, username="quan",
        full_name="Quản trị tỉnh", at=MONDAY,
    )  # fmt: skip
    hired.user.must_change_password = False
    hired.user.set_password(PASSWORD)
    hired.user.save()
    enter(client, "quan")
    found = text(client.get(STAFF, {"tim": "krong pac"}))
    assert f"?don-vi={krong_pac.pk}" in found
    assert "Đỗ Quang Minh" in text(client.get(STAFF, {"don-vi": krong_pac.pk}))
