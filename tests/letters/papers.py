"""Sample papers of the letters tests: invented people, a day with a reason."""

from __future__ import annotations

import io
from datetime import datetime
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from vidan.letters import press
from vidan.letters.rules.form_sets import form_set_on
from vidan.letters.rules.papers import (
    Fee,
    FeeReceipt,
    FeeState,
    Follow,
    HandOverSlip,
    Letterhead,
    Paper,
    ReceiptLine,
    ReceiptSlip,
    Result,
    SubmittedPaper,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
RECEIVED = datetime(2026, 11, 23, 15, 20, tzinfo=ZONE)
DUE = datetime(2026, 11, 25, 17, 0, tzinfo=ZONE)
CODE = "H15.158-261123-0021"
LONG_NAME = "Công Huyền Tôn Nữ Hoàng Nguyễn Phương Thảo Bảo Ngọc Quỳnh Anh Thùy Trang Hương Ly"

HEAD = Letterhead(
    agency="Ủy ban nhân dân xã Ea Phê",
    desk="Trung tâm Phục vụ hành chính công",
    place="Ea Phê",
    made_at=RECEIVED,
)
LONG_HEAD = Letterhead(
    agency="Ủy ban nhân dân thành phố Buôn Ma Thuột và các xã lân cận của tỉnh Đắk Lắk",
    desk="Trung tâm Phục vụ hành chính công số 2, điểm tiếp nhận lưu động buôn Cư Bao",
    place="Buôn Ma Thuột",
    made_at=RECEIVED,
    trial=True,
)
DIPLOMA = SubmittedPaper("Bằng tốt nghiệp trung học phổ thông (2 trang, 5 bản sao)", "Bản chính", 1)
LONG_PAPER = SubmittedPaper(
    "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất "
    "số phát hành BA 123456789, kèm trang bổ sung (14 trang, 3 bản sao)",
    "Bản chính",
    1,
)
SLIP = ReceiptSlip(
    head=HEAD,
    forms=form_set_on(RECEIVED.date()),
    code=CODE,
    applicant="H’Len Êban",
    request="Chứng thực bản sao từ bản chính (mã thủ tục 2.000815)",
    papers=(DIPLOMA,),
    received_at=RECEIVED,
    due_at=DUE,
    delivery="Nhận trực tiếp tại quầy 4",
    receiver="Lê Thị Ngọc Ánh",
    follow=Follow(
        secret="K7P3QD",
        tracking_url=f"https://motcua.example.vn/theo-doi/?ma={CODE}&khoa=K7P3QD",
        site="motcua.example.vn/theo-doi",
        phone="0900 000 099",
        counter="quầy 4",
    ),
    address="Buôn Ea Su, xã Ea Phê, tỉnh Đắk Lắk",
    phone="0900 000 001",
    fee=Fee(FeeState.COLLECTED, 34_000, "biên lai số 0000021"),
    book="quyển số 01, số thứ tự 21",
    why=(
        "Nhận đủ giấy tờ lúc 15:20 thứ Hai 23/11. "
        "Nhận sau 15:00 thì trả vào ngày làm việc tiếp theo.",
        "Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam, không tính.",
        "Ngày làm việc tiếp theo là thứ Tư 25/11. Hạn cuối là giờ đóng cửa 17:00.",
    ),
    first_hash=bytes(range(40, 72)),
)
RECEIPT = FeeReceipt(
    head=HEAD,
    tax_code="6000000000",
    symbol="01BLP0-001",
    serial="BL26",
    number="000021",
    payer="H’Len Êban",
    lines=(
        ReceiptLine("Bằng tốt nghiệp trung học phổ thông", "2 × (2 × 2.000 + 10 × 1.000)", 28_000),
        ReceiptLine("Giấy khai sinh", "3 × (1 × 2.000)", 6_000),
    ),
    total=34_000,
    total_words="Ba mươi tư nghìn đồng",
    method="Tiền mặt",
    paid_at=RECEIVED,
    collector="Trần Thị Thu",
    code=CODE,
    payer_address="Buôn Ea Su, xã Ea Phê, tỉnh Đắk Lắk",
)
HAND_OVER = HandOverSlip(
    head=HEAD,
    code=CODE,
    applicant="H’Len Êban",
    request="Chứng thực bản sao từ bản chính",
    results=(
        Result("Bản sao Bằng tốt nghiệp", "Số 1234/2026", 2),
        Result("Bản sao Giấy khai sinh", "Số 1235/2026", 3),
    ),
    recipient="Y Thuê Kbuôr",
    capacity="Người được ủy quyền",
    identified_by="Thẻ căn cước, 4 số cuối 0042",
    handed_over_at=DUE,
    officer="Phạm Văn Bình",
    authority="Giấy ủy quyền ngày 24/11/2026",
)


def sheets(paper: Paper) -> list[str]:
    """What a reader copies out of each page, with runs of white space as one space."""
    reader = PdfReader(io.BytesIO(press.pdf(paper)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]
