"""Following a dossier with the code and the six characters of the slip."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from tests.sites.portal_visit import *  # noqa: F403 - fixtures
from tests.sites.portal_visit import on, page_of, says

from vidan.authorities.models import Unit, UnitSuccession
from vidan.dossiers.models import Dossier

PAGE = "/theo-doi/"
Clock = Callable[[datetime], None]
Receive = Callable[[datetime], Dossier]
Move = Callable[..., Dossier]


@pytest.fixture
def dossier(received: Receive, office_clock: Clock) -> Dossier:
    """H'Len's, received on Monday 15:20: too late for the same day, and Tuesday is a holiday."""
    office_clock(on(23, 15, 30))
    return received(on(23, 15, 20))


def look(dossier: Dossier, secret: str | None = None, **more: Any) -> Any:
    typed = {"ma": dossier.code, "khoa": dossier.secret if secret is None else secret}
    return Client(**more).post(PAGE, typed)


def wrong(dossier: Dossier) -> str:
    return ("A" if dossier.secret[0] != "A" else "C") + dossier.secret[1:]


def test_the_form_is_there_before_anything_is_asked(open_counter: Unit) -> None:
    page = page_of(PAGE)

    assert "Mã hồ sơ trên giấy hẹn" in page
    assert "6 ký tự in dưới mã" in page


def test_the_slip_opens_the_dossier(dossier: Dossier) -> None:
    page = says(look(dossier))

    assert f"Hồ sơ {dossier.code} Đã nhận hồ sơ" in page
    assert "Chứng thực bản sao từ bản chính, 5 bản" in page
    assert "Tháng 11 · 2026 25 Thứ Tư 17/10 âm lịch" in page
    assert "Mời ông/bà đến nhận thứ Tư 25/11, trước 17:00 Đúng hẹn" in page


def test_it_says_why_that_date(dossier: Dossier) -> None:
    page = says(look(dossier))

    assert "Nhận đủ giấy tờ lúc 15:20 thứ Hai 23/11. Nhận sau 15:00 thì trả vào ngày" in page
    assert "Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam, không tính." in page
    assert "Hẹn này chưa thay đổi lần nào." in page


def test_it_says_where_the_dossier_is_and_where_to_come(dossier: Dossier, move: Move) -> None:
    move(dossier, "propose", at=on(23, 15, 25))

    page = says(look(dossier))

    assert "Đã thu phí 34.000 đ 15:25 hôm nay, tiền mặt, biên lai số" in page
    assert "Đối chiếu với bản chính 15:25 hôm nay" in page
    assert "Đang làm: Đang chờ lãnh đạo ký từ 15:25 hôm nay" in page
    assert "Sẽ làm: Mời ông/bà đến nhận, quầy 4" in page


def test_the_money_adds_up(dossier: Dossier) -> None:
    page = says(look(dossier))

    assert "Bằng tốt nghiệp THPT, 1 trang: 3 bản 6.000 đ" in page
    assert "Học bạ THPT, 12 trang: 2 bản 28.000 đ Phải trả 34.000 đ Chưa thu." in page


def test_nobody_is_named(dossier: Dossier, move: Move) -> None:
    move(dossier, "issue", at=on(23, 15, 25))

    page = look(dossier).content.decode()

    for name in ("H’Len", "Êban", "Ánh", "Hương", "Phúc", "Thu ", "0900000001", "Buôn Ea Su"):
        assert name not in page


def test_a_result_that_waits_invites(dossier: Dossier, move: Move) -> None:
    move(dossier, "issue", at=on(23, 15, 25))

    page = says(look(dossier))

    assert "Có kết quả, mời đến nhận" in page
    assert "Có kết quả từ 15:25 hôm nay Mời đến nhận" in page
    assert "Mất giấy vẫn nhận được." in page


def test_a_late_dossier_apologises_and_claims_no_letter(
    dossier: Dossier, office_clock: Clock
) -> None:
    office_clock(on(26, 8))

    page = says(look(dossier))

    assert "Hồ sơ trễ hẹn do chúng tôi. Xin lỗi ông/bà." in page
    assert "Đã hẹn trả 17:00 hôm qua Trễ hẹn" in page
    assert "thư xin lỗi" not in page


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda text: f" {text[:3]} {text[3:]} ", lambda text: f"{text[:3]}-{text[3:]}"],
)
def test_people_type_as_they_do(dossier: Dossier, typed: Callable[[str], str]) -> None:
    code = dossier.code.lower().replace("-", " – ")

    answer = Client().post(PAGE, {"ma": code, "khoa": typed(dossier.secret)})

    assert answer.status_code == 200


def test_the_qr_code_opens_the_dossier(dossier: Dossier) -> None:
    answer = Client().get(PAGE, {"ma": dossier.code, "khoa": dossier.secret})

    assert answer.status_code == 200
    assert "Đã nhận hồ sơ" in says(answer)


def test_the_page_is_not_kept_and_tells_no_other_site(dossier: Dossier) -> None:
    answer = look(dossier)

    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    assert dossier.secret not in answer.content.decode()


def test_a_wrong_secret_and_an_unknown_code_get_the_same_answer(dossier: Dossier) -> None:
    unknown = Client().post(PAGE, {"ma": "H15.158-261123-9999", "khoa": dossier.secret})
    mistyped = look(dossier, wrong(dossier))

    words = "Mã và 6 ký tự chưa khớp. Xin xem lại trên giấy hẹn, hoặc hỏi quầy tiếp nhận."
    assert (unknown.status_code, mistyped.status_code) == (422, 422)
    assert words in says(unknown)
    assert says(unknown) == says(mistyped)


def test_what_was_typed_is_kept(dossier: Dossier) -> None:
    page = look(dossier, wrong(dossier)).content.decode()

    assert f'value="{dossier.code}"' in page
    assert f'value="{wrong(dossier)}"' in page
    assert f"khoa={wrong(dossier)}" not in page


@pytest.mark.parametrize(
    ("code", "secret", "words"),
    [
        ("", "AAAAAA", "Xin ghi mã hồ sơ, in ở đầu giấy hẹn."),
        ("H15.158-261123-0001", "", "Xin ghi 6 ký tự in dưới mã hồ sơ."),
        ("H15.158-261123-0001", "AAAAA", "Có 6 ký tự in dưới mã. Ông/bà đã nhập 5."),
        ("khong phai ma", "AAAAAA", "Mã hồ sơ có dạng H15.158-261123-0021."),
        ("H15.158-261323-0001", "AAAAAA", "Mã hồ sơ có dạng H15.158-261123-0021."),
        ("H" * 500, "AAAAAA", "Mã này quá dài."),
        ("H15.158-261123-0001", "A" * 500, "Chỉ 6 ký tự in dưới mã, không ghi thêm."),
    ],
)
def test_what_cannot_be_a_pair_is_explained(
    open_counter: Unit, code: str, secret: str, words: str
) -> None:
    answer = Client().post(PAGE, {"ma": code, "khoa": secret})

    assert answer.status_code == 422
    assert words in says(answer)


def test_guessing_is_slowed_down_even_when_at_last_right(dossier: Dossier) -> None:
    for _each in range(5):
        look(dossier, wrong(dossier))

    answer = look(dossier)

    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "Xin đợi 15 phút rồi thử lại" in says(answer)


def test_who_guesses_shuts_out_nobody_else(dossier: Dossier) -> None:
    for _each in range(6):
        look(dossier, wrong(dossier), REMOTE_ADDR="203.0.113.7")

    assert look(dossier, REMOTE_ADDR="198.51.100.4").status_code == 200


def test_an_invented_forwarded_address_is_not_believed(dossier: Dossier) -> None:
    for number in range(6):
        look(dossier, wrong(dossier), HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    assert look(dossier).status_code == 429


def test_behind_our_proxy_each_visitor_counts_alone(dossier: Dossier, settings: Any) -> None:
    settings.VIDAN_PROXIES = 1
    for _each in range(6):
        look(dossier, wrong(dossier), HTTP_X_FORWARDED_FOR="203.0.113.7")

    assert look(dossier, HTTP_X_FORWARDED_FOR="198.51.100.4").status_code == 200


def test_old_paper_works_after_its_commune_was_merged(
    dossier: Dossier, open_counter: Unit, office_clock: Clock
) -> None:
    heir = Unit.objects.create(
        kind="commune",
        name="Ea Phê Mới",
        full_name="Xã Ea Phê Mới",
        parent=open_counter.parent,
        valid_from=date(2026, 12, 1),
    )
    Unit.objects.filter(pk=open_counter.pk).update(valid_to=date(2026, 11, 30))
    UnitSuccession.objects.create(
        predecessor=open_counter,
        successor=heir,
        is_main=True,
        on=date(2026, 12, 1),
        coverage="whole",
    )
    office_clock(on(2, 9, month=12))

    page = says(look(dossier))

    assert (
        "Nhận tại Xã Ea Phê, tỉnh Đắk Lắk. Nay do xã Ea Phê Mới, tỉnh Đắk Lắk giải quyết tiếp."
        in page
    )
    assert "Ủy ban nhân dân xã Ea Phê Mới." in page


def test_a_change_of_language_leads_back_without_the_secret(dossier: Dossier) -> None:
    page = look(dossier).content.decode()

    assert f'name="next" value="/theo-doi/?ma={dossier.code}"' in page
    assert (
        f'value="{dossier.code}"' in Client().get(f"/theo-doi/?ma={dossier.code}").content.decode()
    )


def test_the_form_needs_its_token(dossier: Dossier) -> None:
    visitor = Client(enforce_csrf_checks=True)

    answer = visitor.post(PAGE, {"ma": dossier.code, "khoa": dossier.secret})

    assert answer.status_code == 403


def test_few_queries(dossier: Dossier, move: Move, django_assert_max_num_queries: Any) -> None:
    move(dossier, "issue", at=on(23, 15, 25))

    with django_assert_max_num_queries(8):
        assert look(dossier).status_code == 200
    with django_assert_max_num_queries(8):
        assert look(dossier, wrong(dossier)).status_code == 422
