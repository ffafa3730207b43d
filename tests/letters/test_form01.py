"""Mẫu số 01: every field of the form, two copies, one sheet each for an ordinary dossier."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader
from tests.letters.papers import (
    CODE,
    DIPLOMA,
    LONG_HEAD,
    LONG_NAME,
    LONG_PAPER,
    SLIP,
    sheets,
)

from vidan.letters import press
from vidan.letters.rules.form_sets import form_set_named
from vidan.letters.rules.papers import Fee, FeeState, ReceiptSlip

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
LONG = replace(
    SLIP,
    head=LONG_HEAD,
    applicant=LONG_NAME,
    submitter=LONG_NAME,
    submitter_capacity="người được ủy quyền theo Giấy ủy quyền chứng thực ngày 20/11/2026",
    email="mot.dia.chi.rat.dai.khong.co.khoang.trang.nao.het.ca@thu.vi.du.cua.mot.nha.cung.cap.vn",
    papers=(LONG_PAPER, DIPLOMA),
    calendar_note="Lịch làm việc năm 2027 là lịch tạm; ngày hẹn có thể được tính lại.",
)


def test_the_applicants_copy_says_all_that_the_form_asks() -> None:
    _, mine = sheets(SLIP)
    for said in (
        "ỦY BAN NHÂN DÂN XÃ EA PHÊ TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        NATION,
        f"Mã hồ sơ: {CODE}",
        "Ea Phê, ngày 23 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ Liên 2: Giao cho người nộp",
        "Bộ phận tiếp nhận và trả kết quả: Trung tâm Phục vụ hành chính công",
        "Tiếp nhận hồ sơ của: H’Len Êban",
        "Địa chỉ: Buôn Ea Su, xã Ea Phê, tỉnh Đắk Lắk",
        "Số điện thoại: 0900 000 001",
        "Nội dung yêu cầu giải quyết: Chứng thực bản sao từ bản chính (mã thủ tục 2.000815)",
        "1. Thành phần hồ sơ nộp gồm: TT Tên giấy tờ Hình thức Số lượng",
        f"1 {DIPLOMA.name} Bản chính 1",
        "2. Số lượng hồ sơ: 1 bộ",
        "3. Thời gian nhận hồ sơ: 15:20, thứ Hai ngày 23/11/2026",
        "4. Thời gian trả kết quả giải quyết hồ sơ: 17:00, thứ Tư ngày 25/11/2026",
        "Vì sao là ngày này: Nhận đủ giấy tờ lúc 15:20 thứ Hai 23/11.",
        "5. Đăng ký nhận kết quả: Nhận trực tiếp tại quầy 4",
        "6. Phí, lệ phí: 34.000 đ, đã nộp (biên lai số 0000021)",
        "7. Vào Sổ theo dõi hồ sơ: quyển số 01, số thứ tự 21",
        "gọi 0900 000 099 hoặc hỏi tại quầy 4, đọc mã và 6 ký tự.",
        "NGƯỜI NỘP HỒ SƠ (Ký, ghi rõ họ tên) H’Len Êban",
        "NGƯỜI TIẾP NHẬN HỒ SƠ (Ký, ghi rõ họ tên) Lê Thị Ngọc Ánh",
        "liên 1 lưu, đi kèm Phiếu kiểm soát quá trình giải quyết hồ sơ (mẫu số 06)",
        "Dấu vết sổ hồ sơ: 2829 2a2b 2c2d 2e2f",
        "Mẫu số 01",
    ):
        assert said in mine


def test_the_offices_copy_keeps_the_six_characters_secret() -> None:
    office, mine = sheets(SLIP)
    assert "Liên 1: Lưu" in office
    assert "K7P3QD" not in office
    assert "Theo dõi hồ sơ" not in office
    assert f"{CODE} 6 ký tự tra cứu K7P3QD" in mine


@pytest.mark.parametrize("papers", [1, 8])
@pytest.mark.parametrize("trial", [False, True])
def test_an_ordinary_dossier_takes_one_sheet_a_copy(papers: int, trial: bool) -> None:
    slip = replace(SLIP, head=replace(SLIP.head, trial=trial), papers=(DIPLOMA,) * papers)
    pages = sheets(slip)
    assert len(pages) == 2
    assert not any("Trang" in page for page in pages)


def test_25_papers_flow_to_a_second_sheet_that_names_the_dossier() -> None:
    pages = sheets(replace(SLIP, papers=(DIPLOMA,) * 25))
    assert [page.count("Trang 1/2") for page in pages] == [1, 0, 1, 0]
    for later in (pages[1], pages[3]):
        assert f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {CODE} Trang 2/2" in later
        assert "NGƯỜI NỘP HỒ SƠ" in later
    assert "24 Bằng tốt nghiệp" in pages[0] + pages[1]


def test_signatures_never_stand_on_a_sheet_alone() -> None:
    for papers in range(6, 20):
        slip = replace(SLIP, papers=(DIPLOMA,) * papers, copies=(2,))
        last = sheets(slip)[-1]
        assert "Theo dõi hồ sơ:" in last, papers


def test_one_copy_may_be_printed_alone() -> None:
    [mine] = sheets(replace(SLIP, copies=(2,)))
    assert "Liên 2" in mine


def test_somebody_else_at_the_desk_is_named_and_signs() -> None:
    slip = replace(SLIP, submitter="Y Thuê Kbuôr", submitter_capacity="người được ủy quyền")
    _, mine = sheets(slip)
    assert "Tiếp nhận hồ sơ của: H’Len Êban" in mine
    assert "Người nộp thay: Y Thuê Kbuôr (người được ủy quyền)" in mine
    assert "NGƯỜI NỘP HỒ SƠ (Ký, ghi rõ họ tên) Y Thuê Kbuôr" in mine


def test_what_is_not_known_leaves_no_line() -> None:
    bare = replace(SLIP, address="", phone="", book="", fee=None, why=(), first_hash=b"")
    _, mine = sheets(bare)
    for absent in ("Địa chỉ", "Số điện thoại", "Email", "Sổ theo dõi", "Phí", "Vì sao", "Dấu vết"):
        assert absent not in mine


def test_a_trial_run_says_so_on_every_sheet() -> None:
    pages = sheets(replace(SLIP, head=LONG_HEAD, papers=(DIPLOMA,) * 25))
    assert len(pages) == 4
    assert all("BẢN CHẠY THỬ - KHÔNG CÓ GIÁ TRỊ" in page for page in pages)
    assert not any("CHẠY THỬ" in page for page in sheets(SLIP))


def test_before_july_2025_the_old_layout_is_printed() -> None:
    old = replace(SLIP, forms=form_set_named("2018"), statutory_time="Trong ngày làm việc")
    _, mine = sheets(old)
    assert "3. Thời gian giải quyết hồ sơ theo quy định: Trong ngày làm việc" in mine
    assert "Phí, lệ phí" not in mine
    assert "(mẫu số 05)" in mine


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (Fee(FeeState.LATER, 34_000), "34.000 đ, chưa nộp lúc lập giấy này"),
        (Fee(FeeState.EXEMPT, receipt="người có công"), "được miễn (người có công)"),
        (Fee(FeeState.NONE), "không thu"),
        (Fee(FeeState.UNDETERMINED), "chưa xác định, chưa thu; hồ sơ vẫn được giải quyết"),
    ],
)
def test_money_is_said_in_words_that_hide_nothing(fee: Fee, words: str) -> None:
    _, mine = sheets(replace(SLIP, fee=fee))
    assert f"6. Phí, lệ phí: {words} 7." in mine


@pytest.mark.parametrize("slip", [SLIP, LONG], ids=["ordinary", "long"])
def test_nothing_leaves_the_margins(slip: ReceiptSlip) -> None:
    """Ink only between 30 mm from the left and 15 mm from the right edge (100 dpi)."""
    for picture in press.pictures(slip, ppi=100):
        page = Image.open(io.BytesIO(picture)).convert("L").point(lambda level: 255 - level)
        left, _, right, bottom = page.getbbox() or (0, 0, 0, 0)
        assert left >= 117
        assert right <= 769
        assert bottom <= 1169 - 40


def gap_above(words: str, pdf: bytes) -> float:
    """Points from the line that holds ``words`` up to the line before it, on the last page."""
    heights: dict[float, str] = {}

    def note(text: str, page: list[float], line: list[float], *_font: object) -> None:
        height = round(line[4] * page[1] + line[5] * page[3] + page[5], 1)
        if text.strip():
            heights[height] = heights.get(height, "") + text

    PdfReader(io.BytesIO(pdf)).pages[-1].extract_text(visitor_text=note)
    own = next(height for height, text in heights.items() if words in text)
    return min(height for height in heights if height > own) - own


@pytest.mark.parametrize("papers", range(1, 13))
def test_what_is_signed_keeps_its_distance_on_a_full_sheet(papers: int) -> None:
    slip = replace(SLIP, papers=(DIPLOMA,) * papers, copies=(2,))
    assert gap_above("NGƯỜI NỘP HỒ SƠ", press.pdf(slip)) >= 18


def test_long_names_are_printed_whole() -> None:
    text = " ".join(sheets(LONG))
    assert text.count(LONG_NAME) >= 6
    assert LONG_HEAD.agency.upper() in text
    assert LONG.email.replace(" ", "") in text.replace(" ", "")


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert press.pdf(SLIP) == press.pdf(replace(SLIP))


def test_a_reader_of_screens_is_told_language_and_title() -> None:
    reader = PdfReader(io.BytesIO(press.pdf(SLIP)))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("vi")
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {CODE}"
