"""Lending a leader's post for some days, and asking who has looked at whom."""

from __future__ import annotations

import pytest

from vidan.people import access, actions
from vidan.people.actions import PersonData
from vidan.people.models import Delegation

DELEGATE, LOOKED = "/quan-ly/uy-quyen/", "/quan-ly/ai-da-xem/"
NUMBER = "066187000012"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def wish(phuc, huong):
    return {
        "post": phuc.posts.get().pk,
        "to": huong.pk,
        "document": "12/GUQ-UBND",
        "valid_from": "23/11/2026",
        "valid_to": "25/11/2026",
    }


def test_phuc_lends_his_post_until_the_last_day_is_over(client, phuc, huong, wish, enter, at):
    enter(client, "phuc")
    answer = client.post(DELEGATE, wish, follow=True)

    assert "Trần Thị Mai Hương ký thay từ 23/11/2026 đến hết 25/11/2026." in text(answer)
    lent = access.capacities(huong, at.replace(day=25, hour=23, minute=59))[1]
    assert lent.on_behalf_of == phuc
    assert len(access.capacities(huong, at.replace(day=26, hour=0, minute=0))) == 1


def test_the_one_who_signs_for_him_sees_on_whose_behalf(client, phuc, huong, wish, enter):
    enter(client, "phuc")
    client.post(DELEGATE, wish)
    client.post("/dang-xuat/")
    enter(client, "huong")
    assert "thay Lê Đình Phúc" in text(client.get("/tai-khoan/"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to": ""}, "Xin chọn người được ủy quyền."),
        ({"document": ""}, "Xin ghi số văn bản ủy quyền."),
        ({"valid_to": "32/11/2026"}, "Xin ghi ngày như"),
        ({"valid_to": "22/11/2026"}, "Ngày kết thúc phải sau"),
        ({"valid_from": "20/11/2026"}, "lùi ngày"),
    ],
)
def test_a_refusal_says_what_to_repair(client, phuc, wish, enter, change, words):
    enter(client, "phuc")
    answer = client.post(DELEGATE, {**wish, **change})
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Delegation.objects.exists()


def test_a_stranger_cannot_be_picked(client, phuc, minh, wish, enter):
    enter(client, "phuc")
    assert client.post(DELEGATE, {**wish, "to": minh.pk}).status_code == 422


def test_the_administrator_takes_back_but_does_not_lend(client, phuc, tuan, wish, enter):
    enter(client, "phuc")
    client.post(DELEGATE, wish)
    client.post("/dang-xuat/")
    enter(client, "tuan")
    assert "tự giao được" in text(client.get(DELEGATE))
    assert client.post(DELEGATE, wish).status_code == 403
    lent = Delegation.objects.get()
    answer = client.post(f"{DELEGATE}{lent.pk}/thu-hoi/", follow=True)
    assert "Đã thu hồi ủy quyền." in text(answer)


def test_another_commune_neither_sees_nor_ends_it(client, phuc, son, wish, enter):
    enter(client, "phuc")
    client.post(DELEGATE, wish)
    client.post("/dang-xuat/")
    enter(client, "son")
    assert "Chưa có ủy quyền nào" in text(client.get(DELEGATE))
    lent = Delegation.objects.get()
    assert client.post(f"{DELEGATE}{lent.pk}/thu-hoi/").status_code == 404


class TestWhoLooked:
    @pytest.fixture(autouse=True)
    def looked(self, anh, ea_phe, at):
        person = actions.register_person(
            PersonData(full_name="H’Len Êban", citizen_id=NUMBER), officer=anh, unit=ea_phe, at=at
        )
        access.person_for(anh, person.pk, at=at, purpose="dossier", about="H15.158-261123-0001")

    @pytest.mark.parametrize("who", ["phuc", "bao"])
    @pytest.mark.parametrize("asked", [NUMBER, "066 187 000 012", "H15.158-261123-0001"])
    def test_leader_and_inspector_see_who(self, client, cast, enter, who, asked):
        enter(client, who)
        page = text(client.post(LOOKED, {"text": asked}))
        assert "Lê Thị Ngọc Ánh" in page
        assert "Mở thông tin" in page
        assert NUMBER not in page

    def test_a_leader_elsewhere_sees_nothing(self, client, son, enter):
        enter(client, "son")
        assert "Không có lượt xem nào" in text(client.post(LOOKED, {"text": NUMBER}))

    @pytest.mark.parametrize("who", ["anh", "huong", "tuan", "nga", "bham", "dang"])
    def test_others_are_told_which_role_it_takes(self, client, cast, enter, who):
        enter(client, who)
        answer = client.post(LOOKED, {"text": NUMBER})
        assert answer.status_code == 403
        assert "Lãnh đạo" in text(answer)
