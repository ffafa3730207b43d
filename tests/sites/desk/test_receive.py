"""Tiếp nhận và in phiếu: one page from "who is here?" to the printed slip."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import EA_PHE, KRONG_PAC
from tests.office import CARD, PHONE, history
from tests.sites.desk.conftest import text

from vidan.dossiers.models import Dossier
from vidan.kernel import files
from vidan.kernel.models import StoredFile
from vidan.payments.models import Receipt
from vidan.people.models import Organisation, Person, Post, ReadLog

URL = "/can-bo/tiep-nhan/"
NEW = {
    "p-new": "1",
    "p-full_name": "Y Thiên Niê",
    "p-citizen_id": "066085000021",
    "p-birth": "1985",
    "p-sex": "male",
    "p-phone": "0900 000 021",
    "p-address": "Buôn Puăn, xã Ea Phê",
}


@pytest.fixture
def filled(hlen):
    """The form as Ánh fills it in for H’Len: three copies of one page."""

    def form(**more):
        fields = {
            "do": "receive",
            "key": str(uuid4()),
            "visit": str(uuid4()),
            "unit": EA_PHE,
            "whom": "self",
            "p-id": str(hlen.pk),
            "agreed_days": "0",
            "return_by": "counter",
            "cash": "later",
            "lines-TOTAL_FORMS": "1",
            "lines-INITIAL_FORMS": "0",
            "lines-0-shown": "on",
            "lines-0-label": "Bằng tốt nghiệp THPT",
            "lines-0-pages": "1",
            "lines-0-copies": "3",
        }
        return {**form_without(fields, more), **{k: v for k, v in more.items() if v is not None}}

    return form


def form_without(fields, more):
    return {name: value for name, value in fields.items() if name not in more}


@pytest.fixture
def desk(signed_in, anh, catalogue):
    return signed_in(anh)


def line(place: int, label: str, pages: object, copies: object) -> dict[str, str]:
    return {
        f"lines-{place}-shown": "on",
        f"lines-{place}-label": label,
        f"lines-{place}-pages": str(pages),
        f"lines-{place}-copies": str(copies),
    }


class TestReceived:
    def test_somebody_known(self, desk, filled, hlen, anh):
        answer = desk.post(URL, filled())

        dossier = Dossier.objects.get()
        assert answer.url == f"/can-bo/ho-so/{dossier.code}/in/"
        assert (dossier.applicant_person, dossier.declared_by, dossier.typed_by) == (
            hlen, hlen, anh,
        )  # fmt: skip
        assert [(p.label, p.pages, p.copies) for p in dossier.papers.all()] == [
            ("Bằng tốt nghiệp THPT", 1, 3)
        ]
        assert dossier.fee_due == 6_000

    def test_somebody_new_is_written_down(self, desk, filled):
        desk.post(URL, filled(**{"p-id": None}, **NEW))

        person = Dossier.objects.get().applicant_person
        assert (person.full_name, person.citizen_id, person.phone, person.birth_year) == (
            "Y Thiên Niê", "066085000021", "0900000021", 1985,
        )  # fmt: skip

    def test_a_name_alone_is_enough_and_no_phone_is_normal(self, desk, filled):
        desk.post(URL, filled(**{"p-id": None, "p-new": "1", "p-full_name": "Vi Thị Lả"}))
        assert Dossier.objects.get().applicant_person.phone == ""

    def test_for_somebody_else_with_an_authority(self, desk, filled, hlen):
        paper = "Giấy ủy quyền lập ngày 20/11/2026"
        new = {f"o{name[1:]}": value for name, value in NEW.items()}
        desk.post(URL, filled(whom="other", authority=paper, **new))

        dossier = Dossier.objects.get()
        assert (dossier.applicant_person.full_name, dossier.declared_by, dossier.authority) == (
            "Y Thiên Niê", hlen, paper,
        )  # fmt: skip

    def test_for_an_organisation(self, desk, filled, hlen):
        new = {"g-new": "1", "g-name": "Hợp tác xã Ea Phê", "g-tax_code": "", "g-phone": "",
               "g-address": "Thôn 3"}  # fmt: skip
        desk.post(URL, filled(whom="organisation", authority="Giấy giới thiệu số 4", **new))

        dossier = Dossier.objects.get()
        assert dossier.applicant_organisation == Organisation.objects.get()
        assert (dossier.applicant_person, dossier.declared_by) == (None, hlen)

    def test_several_originals_and_the_unused_last_line_is_left_out(self, desk, filled):
        more = {**line(1, "Học bạ THPT", 12, 2), "lines-TOTAL_FORMS": "3", "lines-2-label": ""}
        desk.post(URL, filled(**more))
        assert Dossier.objects.get().fee_due == 34_000

    def test_agreed_days_with_their_ground(self, desk, filled):
        desk.post(URL, filled(agreed_days="2", agreed_ground="nhiều loại bản chính"))
        assert f"{Dossier.objects.get().due_at:%d/%m}" == "26/11"

    def test_by_post_to_an_address(self, desk, filled):
        desk.post(URL, filled(return_by="post", return_address="12 Lê Duẩn, Buôn Ma Thuột"))
        dossier = Dossier.objects.get()
        assert (dossier.return_by, dossier.return_address) == ("post", "12 Lê Duẩn, Buôn Ma Thuột")

    def test_the_money_at_once_where_the_same_person_may(self, desk, filled, anh, ea_phe, at):
        Post.objects.create(user=anh, unit=ea_phe, role="cashier", valid_from=at.replace(month=1))
        desk.post(URL, filled(cash="now"))
        assert Receipt.objects.get().amount == 6_000
        assert history(Dossier.objects.get()) == ["receive", "payment-confirmed"]

    def test_the_money_later_where_another_takes_it(self, desk, filled):
        answer = desk.post(URL, filled(cash="now"), follow=True)
        assert "Tiền thu tại quầy thu trước khi trả kết quả." in text(answer)
        assert not Receipt.objects.exists()

    def test_a_double_click_is_one_dossier(self, desk, filled):
        form = filled()
        first, second = desk.post(URL, form), desk.post(URL, form)
        assert first.url == second.url
        assert Dossier.objects.count() == 1

    def test_htmx_is_led_to_the_slip(self, desk, filled):
        answer = desk.post(URL, filled(), headers={"HX-Request": "true"})
        assert answer.status_code == 204
        assert answer["HX-Redirect"] == "/can-bo/ho-so/H15.158-261123-0001/in/"


class TestScans:
    def test_a_photograph_is_kept_encrypted_with_its_paper(self, desk, filled, photo, anh):
        desk.post(URL, filled(**{"lines-0-scan": SimpleUploadedFile("bang.jpg", photo)}))

        (scan,) = Dossier.objects.get().papers.get().scans.all()
        assert files.read(scan.file) == photo
        page = desk.get(f"/can-bo/ho-so/{Dossier.objects.get().code}/tep/{scan.file_id}/")
        assert (page.content, page["Content-Type"], page["Cache-Control"]) == (
            photo, "image/jpeg", "no-store",
        )  # fmt: skip

    def test_a_refused_form_does_not_lose_it(self, desk, filled, photo):
        refused = desk.post(
            URL,
            filled(**{"lines-0-pages": "0", "lines-0-scan": SimpleUploadedFile("b.jpg", photo)}),
        )
        kept = re.search(r'name="lines-0-kept" value="([^"]+)"', text(refused))[1]
        desk.post(URL, filled(**{"lines-0-kept": kept}))
        assert Dossier.objects.get().papers.get().scans.count() == 1

    def test_nobody_elses_scan_can_be_named(self, desk, filled, photo, signed_in, minh):
        refused = desk.post(
            URL,
            filled(**{"lines-0-pages": "0", "lines-0-scan": SimpleUploadedFile("b.jpg", photo)}),
        )
        kept = re.search(r'name="lines-0-kept" value="([^"]+)"', text(refused))[1]
        answer = signed_in(minh).post(
            URL, filled(**{"p-id": None, **NEW}, unit=KRONG_PAC, **{"lines-0-kept": kept})
        )
        assert answer.status_code == 422
        assert "Xin chụp lại" in text(answer)
        assert not Dossier.objects.exists()

    def test_a_scan_used_in_another_dossier_is_refused_in_words(self, desk, filled, photo):
        refused = desk.post(
            URL,
            filled(**{"lines-0-pages": "0", "lines-0-scan": SimpleUploadedFile("b.jpg", photo)}),
        )
        kept = re.search(r'name="lines-0-kept" value="([^"]+)"', text(refused))[1]
        desk.post(URL, filled(**{"lines-0-kept": kept}))
        again = desk.post(URL, filled(**{"lines-0-kept": kept}))
        assert again.status_code == 422
        assert "Biểu mẫu này đã dùng cho hồ sơ khác." in text(again)
        assert Dossier.objects.count() == 1

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("bang.pdf", "Bằng tốt nghiệp".encode(), "bang.pdf không phải ảnh hay PDF"),
            ("bang.jpg", b"PK\x03\x04" + bytes(50), "bang.jpg không phải ảnh hay PDF"),
            ("bang.jpg", b"", "bang.jpg trống"),
        ],
    )
    def test_what_is_no_picture_is_refused_by_name(self, desk, filled, name, data, words):
        answer = desk.post(URL, filled(**{"lines-0-scan": SimpleUploadedFile(name, data)}))
        assert answer.status_code == 422
        assert words in text(answer)
        assert 'value="Bằng tốt nghiệp THPT"' in text(answer)
        assert not StoredFile.objects.exists()

    def test_a_file_too_large_is_refused_by_name(self, desk, filled, settings):
        settings.VIDAN_MAX_FILE = 2**20
        scan = SimpleUploadedFile("phim.jpg", bytes(2**20 + 1))
        answer = desk.post(URL, filled(**{"lines-0-scan": scan}))
        assert answer.status_code == 422
        assert "phim.jpg lớn hơn 1 MB" in text(answer)

    def test_a_request_too_large_is_refused_before_it_is_read(self, desk, filled, settings):
        settings.VIDAN_MAX_REQUEST = 10_000
        scan = SimpleUploadedFile("phim.jpg", bytes(20_000))
        answer = desk.post(URL, filled(**{"lines-0-scan": scan}))
        assert answer.status_code == 413
        assert "Tệp gửi lên quá lớn" in text(answer)


WRONG = [
    ({"lines-0-pages": "-2"}, "Ghi số từ 1 đến 5000, chỉ dùng chữ số.", 'value="-2"'),
    ({"lines-0-pages": "0"}, "Ghi số từ 1 đến 5000, chỉ dùng chữ số.", 'value="0"'),
    ({"lines-0-pages": "5001"}, "Ghi số từ 1 đến 5000, chỉ dùng chữ số.", 'value="5001"'),
    ({"lines-0-pages": "9" * 5000}, "Ghi số từ 1 đến 5000, chỉ dùng chữ số.", 'value="9999'),
    ({"lines-0-pages": "ba"}, "Ghi số từ 1 đến 5000, chỉ dùng chữ số.", 'value="ba"'),
    ({"lines-0-pages": "1.5"}, "Ghi số từ 1 đến 5000, chỉ dùng chữ số.", 'value="1.5"'),
    ({"lines-0-pages": "1_0"}, "Ghi số từ 1 đến 5000, chỉ dùng chữ số.", 'value="1_0"'),
    ({"lines-0-pages": "1.000"}, "Ghi số từ 1 đến 5000, chỉ dùng chữ số.", 'value="1.000"'),
    ({"lines-0-pages": ""}, "Xin ghi số trang bản chính.", "Bằng tốt nghiệp THPT"),
    ({"lines-0-copies": "1001"}, "Ghi số từ 1 đến 1000, chỉ dùng chữ số.", 'value="1001"'),
    ({"lines-0-copies": ""}, "Xin ghi số bản cần sao.", "Bằng tốt nghiệp THPT"),
    ({"lines-0-label": ""}, "Xin ghi tên giấy tờ.", 'value="3"'),
    ({"lines-0-shown": None}, "Đối chiếu bản chính rồi đánh dấu.", "Bằng tốt nghiệp THPT"),
    ({"agreed_days": "2"}, "Chọn căn cứ để hẹn thêm ngày.", "Bằng tốt nghiệp THPT"),
    ({"return_by": "post"}, "Ghi địa chỉ để bưu chính gửi kết quả.", "Bằng tốt nghiệp THPT"),
    ({"p-id": None}, "Chọn người trong danh sách, hoặc ghi người mới.", "Bằng tốt nghiệp THPT"),
    ({"p-id": "987654"}, "Không tìm thấy", "Bằng tốt nghiệp THPT"),
]  # fmt: skip


class TestRefused:
    @pytest.mark.parametrize(("change", "words", "kept"), WRONG)
    def test_it_says_what_to_repair_and_keeps_what_was_typed(
        self, desk, filled, change, words, kept
    ):
        answer = desk.post(URL, filled(**change))
        assert answer.status_code == 422
        assert words in text(answer)
        assert kept in text(answer)
        assert not Dossier.objects.exists()

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            ("06608500002", "Số căn cước có 12 chữ số. Đã ghi 11."),
            ("066285000021", "Số này ghi năm sinh 2085, chưa tới."),
            ("240123456", "chứng minh nhân dân cũ"),
            ("06608500002X", "Số căn cước chỉ có chữ số."),
        ],
    )
    def test_a_bad_card_number_is_explained_and_everything_is_kept(
        self, desk, filled, number, words
    ):
        answer = desk.post(URL, filled(**{"p-id": None, **NEW, "p-citizen_id": number}))
        page = text(answer)
        assert answer.status_code == 422
        assert words in page
        for typed in (
            number,
            "Y Thiên Niê",
            "1985",
            "0900 000 021",
            "Buôn Puăn",
            "Bằng tốt nghiệp",
        ):
            assert typed in page
        assert not Person.objects.filter(name_key="y thien nie").exists()

    def test_card_and_birth_that_differ_ask_for_the_reason(self, desk, filled):
        form = filled(**{"p-id": None, **NEW, "p-birth": "1984"})
        assert "khai năm sinh 1984" in text(desk.post(URL, form))
        reason = {"p-citizen_id_override": "Cải chính hộ tịch số 7"}
        assert desk.post(URL, {**form, **reason}).status_code == 302

    def test_every_error_is_said_at_once(self, desk, filled):
        page = text(desk.post(URL, filled(**{
            "lines-0-pages": "0", "lines-0-label": "", "return_by": "post", "p-id": None,
        })))  # fmt: skip
        for words in ("Ghi số từ 1", "Xin ghi tên giấy tờ.", "Ghi địa chỉ để", "Chọn người trong"):
            assert words in page

    def test_a_line_with_no_line_at_all(self, desk, filled):
        answer = desk.post(URL, filled(**{"lines-TOTAL_FORMS": "0"}))
        assert answer.status_code == 422
        assert "Ghi ít nhất một giấy tờ cần sao." in text(answer)

    def test_an_absurd_total_is_refused_in_words(self, desk, filled):
        lines = {k: v for n in range(25) for k, v in line(n, "Học bạ", 5000, 1000).items()}
        answer = desk.post(URL, filled(**lines, **{"lines-TOTAL_FORMS": "25"}))
        assert answer.status_code == 422
        assert "Tổng tiền phí quá lớn" in text(answer)

    def test_another_units_counter_cannot_be_named(self, desk, filled):
        assert desk.post(URL, filled(unit=KRONG_PAC)).status_code == 422
        assert not Dossier.objects.exists()

    @pytest.mark.parametrize("who", ["huong", "phuc", "thu", "khai", "tuan", "bao", "dang"])
    def test_only_the_counter_receives(self, signed_in, cast, filled, catalogue, who):
        answer = signed_in(cast[who]).post(URL, filled())
        assert answer.status_code == 403
        assert "Cán bộ tiếp nhận" in text(answer)
        assert not Dossier.objects.exists()

    def test_somebody_unknown_to_the_unit_is_not_opened_by_number(
        self, signed_in, minh, filled, hlen, catalogue
    ):
        answer = signed_in(minh).post(URL, filled(unit=KRONG_PAC))
        assert answer.status_code == 422
        assert "Êban" not in text(answer)

    def test_the_last_afternoon_without_next_years_calendar(self, desk, filled, office_clock, at,
                                                             signed_in, anh):  # fmt: skip
        office_clock(at.replace(month=12, day=31, hour=15, minute=30))
        answer = signed_in(anh).post(URL, filled())
        assert answer.status_code == 422
        assert "Chưa có lịch nghỉ lễ năm 2027" in text(answer)

    def test_nonsense_in_hidden_fields_is_no_error_of_ours(self, desk, filled):
        for change in (
            {"key": "x"}, {"visit": ""}, {"lines-TOTAL_FORMS": "x"}, {"lines-TOTAL_FORMS": "9999"},
            {"lines-0-kept": "forged"}, {"p-id": "9" * 40}, {"agreed_days": "x"},
            {"do": "drop-line:" + "9" * 5000}, {"do": "choose:p:" + "9" * 5000}, {"do": "\x00"},
            {"p-find": "\x00", "do": "find:p", "p-id": None}, {"lines-0-label": "a\x00b"},
        ):  # fmt: skip
            assert desk.post(URL, filled(**change)).status_code in (200, 302, 422)


class TestWithoutJavaScript:
    def test_a_line_is_added_and_nothing_lost(self, desk, filled):
        page = text(desk.post(URL, filled(do="add-line")))
        assert 'name="lines-1-label"' in page
        assert 'value="Bằng tốt nghiệp THPT"' in page
        assert "H’Len Êban" in page
        assert not Dossier.objects.exists()

    def test_a_line_is_dropped_and_the_others_stay(self, desk, filled):
        three = {
            **line(1, "Học bạ THPT", 12, 2), **line(2, "Giấy khai sinh", 1, 4),
            "lines-TOTAL_FORMS": "3",
        }  # fmt: skip
        page = text(desk.post(URL, filled(**three, do="drop-line:1")))
        assert "Học bạ THPT" not in re.sub(r"<datalist.*?</datalist>", "", page, flags=re.S)
        assert re.findall(r'name="lines-\d-label" [^>]*value="([^"]*)"', page) == [
            "Bằng tốt nghiệp THPT", "Giấy khai sinh",
        ] or 'value="Giấy khai sinh"' in page  # fmt: skip

    @pytest.mark.parametrize("typed", [CARD, "066 187 000 012", PHONE, "0900 000 011"])
    def test_a_number_settles_who_is_here(self, desk, filled, typed):
        page = text(desk.post(URL, filled(**{"p-id": None, "p-find": typed}, do="find:p")))
        assert "H’Len Êban" in page
        assert 'name="p-id"' in page
        assert 'value="Bằng tốt nghiệp THPT"' in page

    @pytest.mark.parametrize("typed", ["hlen", "H'LEN EBAN", "h eb 1987", "+84 900 000 011"])
    def test_a_name_without_marks_offers_the_people(self, desk, filled, hlen, typed):
        page = text(desk.post(URL, filled(**{"p-id": None, "p-find": typed}, do="find:p")))
        assert f'value="choose:p:{hlen.pk}"' in page
        chosen = text(desk.post(URL, filled(**{"p-id": None}, do=f"choose:p:{hlen.pk}")))
        assert f'name="p-id" value="{hlen.pk}"' in chosen

    def test_a_card_never_seen_fills_in_the_new_person(self, desk, filled):
        card = "066095000033||Y Moan Kbuôr|01021995|Nam|Buôn Phê, xã Ea Phê|20052022"
        page = text(desk.post(URL, filled(**{"p-id": None, "p-find": card}, do="find:p")))
        for typed in ("Y Moan Kbuôr", "066095000033", "01/02/1995", "Buôn Phê, xã Ea Phê"):
            assert typed in page

    def test_every_look_is_in_the_read_log(self, desk, filled, hlen, anh):
        before = ReadLog.objects.count()
        desk.post(URL, filled(**{"p-id": None, "p-find": "hlen"}, do="find:p"))
        desk.post(URL, filled(**{"p-id": None}, do=f"choose:p:{hlen.pk}"))
        looks = ReadLog.objects.order_by("pk")[before:]
        assert [(look.door, look.person_id, look.reader) for look in looks] == [
            ("search-name", hlen.pk, anh), ("record", hlen.pk, anh),
        ]  # fmt: skip

    def test_names_are_shown_not_obeyed(self, desk, filled):
        name = "<script>alert('Êban')</script>"
        answer = desk.post(URL, filled(
            **{"p-id": None, **NEW, "p-full_name": name, "lines-0-label": '"><img src=x onerror=1>',
               "lines-0-pages": "0"},
        ))  # fmt: skip
        assert "<script>alert" not in text(answer)
        assert "<img src=x" not in text(answer)
        assert "Họ tên chỉ gồm chữ" in text(
            desk.post(URL, filled(**{"p-id": None, **NEW, "p-full_name": name}))
        )
        desk.post(URL, filled(**{"p-id": None, **NEW, "p-address": name,
                                 "lines-0-label": '"><img src=x onerror=1>'}))  # fmt: skip
        page = text(desk.get(f"/can-bo/ho-so/{Dossier.objects.get().code}/"))
        assert "&lt;script&gt;alert" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


class TestTheSide:
    def test_date_money_and_the_sentence_to_read_aloud(self, desk, filled):
        page = text(desk.post(URL, filled(do="next")))
        assert "17:00 thứ Hai 23/11/2026" in page
        assert "6.000 đ" in page
        assert "H’Len Êban đề nghị chứng thực 3 bản sao Bằng tốt nghiệp THPT." in page

    def test_after_15_the_holiday_is_explained(
        self, office_clock, at, signed_in, anh, filled, catalogue
    ):
        office_clock(at.replace(hour=15, minute=20))
        page = text(signed_in(anh).post(URL, filled(do="next")))
        assert "17:00 thứ Tư 25/11/2026" in page
        assert "nghỉ Ngày Văn hóa Việt Nam, không tính." in page

    def test_while_counting_only_the_side_is_answered(self, desk, filled):
        answer = desk.post(URL, filled(do="count"), headers={"HX-Request": "true"})
        assert "6.000 đ" in text(answer)
        assert "<html" not in text(answer)

    def test_lines_that_do_not_count_yet_are_left_out(self, desk, filled):
        page = text(desk.post(URL, filled(**line(1, "Học bạ", "x", ""), **{"lines-TOTAL_FORMS": "2"},
                                          do="next")))  # fmt: skip
        assert "6.000 đ" in page
