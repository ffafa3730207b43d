"""The fee receipt and the signed proof that a result was handed over."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from tests.letters.papers import (
    CODE,
    HAND_OVER,
    LONG_HEAD,
    LONG_NAME,
    RECEIPT,
    sheets,
)

from vidan.letters import press


def test_the_receipt_says_who_paid_what_for_which_reason() -> None:
    [page] = sheets(RECEIPT)
    for said in (
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "Mã số thuế: 6000000000",
        "Ký hiệu mẫu: 01BLP0-001 Ký hiệu: BL26 Số: 000021",
        "Họ tên người nộp (hoặc tên đơn vị): H’Len Êban",
        f"Mã hồ sơ: {CODE}",
        "1 Bằng tốt nghiệp trung học phổ thông 2 × (2 × 2.000 + 10 × 1.000) 28.000 đ",
        "2 Giấy khai sinh 3 × (1 × 2.000) 6.000 đ",
        "Tổng cộng 34.000 đ",
        "Số tiền viết bằng chữ: Ba mươi tư nghìn đồng",
        "Hình thức thanh toán: Tiền mặt. Thời gian nộp: 15:20, thứ Hai ngày 23/11/2026",
        "NGƯỜI THU TIỀN (Ký, ghi rõ họ tên) Trần Thị Thu",
    ):
        assert said in page


def test_the_receipt_is_a5_lying() -> None:
    [page] = PdfReader(io.BytesIO(press.pdf(RECEIPT))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 420)


def test_a_receipt_whose_lines_do_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="sum"):
        replace(RECEIPT, total=35_000)


def test_an_agency_without_tax_code_has_no_such_line() -> None:
    [page] = sheets(replace(RECEIPT, tax_code="", symbol=""))
    assert "Mã số thuế" not in page
    assert "Ký hiệu mẫu" not in page


def test_many_lines_flow_on_and_the_total_comes_last() -> None:
    lines = (RECEIPT.lines[0],) * 12
    pages = sheets(replace(RECEIPT, lines=lines, total=12 * 28_000, head=LONG_HEAD))
    assert len(pages) == 2
    assert "Biên lai thu phí, lệ phí số 000021 Trang 2/2" in pages[1]
    assert "Tổng cộng 336.000 đ" in pages[1]
    assert "NGƯỜI THU TIỀN" in pages[1]


def test_the_hand_over_slip_says_who_took_what_and_how_we_know() -> None:
    [page] = sheets(HAND_OVER)
    for said in (
        "PHIẾU GIAO NHẬN KẾT QUẢ",
        f"Mã hồ sơ: {CODE}",
        "Hồ sơ của: H’Len Êban",
        "Thời gian giao kết quả: 17:00, thứ Tư ngày 25/11/2026",
        "1 Bản sao Bằng tốt nghiệp Số 1234/2026 2",
        "2. Người nhận kết quả: Y Thuê Kbuôr",
        "3. Tư cách: Người được ủy quyền",
        "4. Giấy tờ ủy quyền, giới thiệu: Giấy ủy quyền ngày 24/11/2026",
        "5. Cách kiểm tra người nhận: Thẻ căn cước, 4 số cuối 0042",
        "NGƯỜI GIAO KẾT QUẢ (Ký, ghi rõ họ tên) Phạm Văn Bình",
    ):
        assert said in page


def test_long_names_and_many_results_stay_whole() -> None:
    slip = replace(
        HAND_OVER,
        head=LONG_HEAD,
        recipient=LONG_NAME,
        applicant=LONG_NAME,
        results=HAND_OVER.results * 12,
    )
    pages = sheets(slip)
    assert len(pages) == 2
    assert " ".join(pages).count(LONG_NAME) == 3
    assert f"Phiếu giao nhận kết quả {CODE} Trang 2/2" in pages[1]
