"""What each paper says, as typed values. ``as_json`` puts them into the words the template prints.

A paper's words are Vietnamese in every language of the screens: they are the form's own.
Nothing here computes a date, a fee or a number; it only says what it is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from vidan.letters.rules import wording
from vidan.letters.rules.form_sets import Form, FormSet

TRIAL = "BẢN CHẠY THỬ - KHÔNG CÓ GIÁ TRỊ"


class Kind(StrEnum):
    """What a paper is for; a dossier keeps its papers by kind."""

    RECEIPT_SLIP = "receipt_slip"
    FEE_RECEIPT = "fee_receipt"
    HAND_OVER_SLIP = "hand_over_slip"


class Paper(Protocol):
    """Anything that can be printed and kept."""

    kind: ClassVar[Kind]
    template: ClassVar[str]
    """File in ``letters/typst``."""
    title: ClassVar[str]

    @property
    def form_set(self) -> str:
        """The name of the annex it follows; empty where it is not a one-stop form."""

    @property
    def reference(self) -> str:
        """The code or number by which people ask for this paper."""

    def as_json(self) -> dict[str, object]:
        """What the template reads, less the QR codes."""

    def qr_texts(self) -> dict[str, str]:
        """What its QR codes say, by the template's name for them."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the paper, and where and when (decree 30/2020/NĐ-CP, annex I)."""

    agency: str
    """The body above, printed light: "Ủy ban nhân dân xã Ea Phê". Empty: none."""
    desk: str
    """The body that issues, printed bold: "Trung tâm Phục vụ hành chính công"."""
    place: str
    """Before the date: "Ea Phê"."""
    made_at: datetime
    """The paper's date, and the document's: printed again later, it stays this one."""
    trial: bool = False
    """A demo, or a machine whose clock was set: every page says that it is worth nothing."""

    def as_json(self) -> dict[str, object]:
        return {
            "agency": self.agency,
            "desk": self.desk,
            "place_and_date": wording.place_and_date(self.place, self.made_at.date()),
            "made_at": self.made_at.isoformat(),
            "trial": TRIAL if self.trial else "",
        }


class FeeState(StrEnum):
    """Where a dossier's money stands (facts 4.1)."""

    COLLECTED = "collected"
    LATER = "later"
    EXEMPT = "exempt"
    UNDETERMINED = "undetermined"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Fee:
    """Form 01, line "Phí, lệ phí (nếu có)": the amount and whether it was paid."""

    state: FeeState
    amount: int | None = None
    """Whole đồng; ``None`` where nothing is charged or the amount is not yet determined."""
    receipt: str = ""
    """The receipt's number, or the ground of an exemption."""

    def __post_init__(self) -> None:
        charged = self.state in {FeeState.COLLECTED, FeeState.LATER}
        if charged != (self.amount is not None):
            raise ValueError("an amount stands exactly where something is charged")

    def words(self) -> str:
        note = f" ({self.receipt})" if self.receipt else ""
        match self.state:
            case FeeState.COLLECTED:
                return f"{wording.dong(self.amount or 0)}, đã nộp{note}"
            case FeeState.LATER:
                return f"{wording.dong(self.amount or 0)}, chưa nộp lúc lập giấy này{note}"
            case FeeState.EXEMPT:
                return f"được miễn{note}"
            case FeeState.UNDETERMINED:
                return "chưa xác định, chưa thu; hồ sơ vẫn được giải quyết"
            case FeeState.NONE:
                return "không thu"


@dataclass(frozen=True, slots=True)
class SubmittedPaper:
    """One row of form 01's table "Thành phần hồ sơ nộp"."""

    name: str
    form: str
    """"Bản chính", "Bản sao", "Bản điện tử"."""
    quantity: int


@dataclass(frozen=True, slots=True)
class Follow:
    """How the applicant learns where the dossier is. Printed on the applicant's copy only."""

    secret: str
    """Six characters that open the public look-up together with the code."""
    tracking_url: str
    """What the QR code holds."""
    site: str
    """The same place as a person types it: "motcua.example.vn/tra-cuu"."""
    phone: str = ""
    """The desk's help line. Empty: none, then the counter only."""
    counter: str = ""
    """Where to ask in person: "quầy 4"."""

    def words(self) -> str:
        counter = f"tại {self.counter}" if self.counter else "nơi nộp hồ sơ"
        ask = f"gọi {self.phone} hoặc hỏi {counter}" if self.phone else f"hỏi {counter}"
        return (
            f"quét mã QR, hoặc vào {self.site} nhập mã hồ sơ và 6 ký tự trong khung. "
            f"Không dùng mạng: {ask}, đọc mã và 6 ký tự."
        )


@dataclass(frozen=True, slots=True)
class ReceiptSlip:
    """Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả (facts 2.3)."""

    kind: ClassVar[Kind] = Kind.RECEIPT_SLIP
    template: ClassVar[str] = "form01.typ"
    title: ClassVar[str] = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"

    head: Letterhead
    forms: FormSet
    code: str
    """Mã hồ sơ (circular 03/2025/TT-VPCP)."""
    applicant: str
    """Whose dossier it is: a person's or an organisation's full name."""
    request: str
    """Nội dung yêu cầu giải quyết: the procedure's legal name."""
    papers: tuple[SubmittedPaper, ...]
    received_at: datetime
    due_at: datetime
    """The time promised to the applicant."""
    delivery: str
    """How and where the result is received: "Nhận trực tiếp tại quầy 4"."""
    receiver: str
    """The officer who received; signs."""
    follow: Follow
    sets: int = 1
    address: str = ""
    phone: str = ""
    email: str = ""
    submitter: str = ""
    """Who stands at the desk for the applicant; signs. Empty: the applicant."""
    submitter_capacity: str = ""
    """By what right: "người được ủy quyền theo Giấy ủy quyền ngày 20/11/2026"."""
    statutory_time: str = ""
    """The limit in law; printed where the form set has the line."""
    fee: Fee | None = None
    book: str = ""
    """Sổ theo dõi hồ sơ: "quyển số 01, số thứ tự 21"."""
    why: tuple[str, ...] = ()
    """Why this date, in one or two sentences."""
    calendar_note: str = ""
    """Said where the year's calendar is provisional and the date may be derived anew."""
    first_hash: bytes = b""
    """Hash of the dossier's first event: with it the holder can have the history checked."""
    key_fingerprint: bytes = b""
    """Of the key that signs the anchors."""
    copies: tuple[int, ...] = field(default=(1, 2))
    """Which copies this document holds: 1 stays with the office, 2 goes to the applicant."""

    @property
    def form_set(self) -> str:
        return self.forms.name

    @property
    def reference(self) -> str:
        return self.code

    def as_json(self) -> dict[str, object]:
        forms = self.forms
        marks = [wording.fingerprint(self.first_hash)] if self.first_hash else []
        if self.key_fingerprint:
            marks.append(f"khóa {wording.fingerprint(self.key_fingerprint)}")
        return {
            **self.head.as_json(),
            "form_number": forms.number(Form.RECEIPT_SLIP),
            "code": self.code,
            "secret": self.follow.secret,
            "applicant": self.applicant,
            "submitter": self.submitter,
            "submitter_capacity": self.submitter_capacity or "người nộp hồ sơ",
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
            "request": self.request,
            "papers": [
                {"name": paper.name, "form": paper.form, "quantity": paper.quantity}
                for paper in self.papers
            ],
            "sets": self.sets,
            "statutory_time": self.statutory_time if forms.shows_statutory_time else "",
            "received": wording.moment(self.received_at),
            "due": wording.moment(self.due_at),
            "why": " ".join(self.why),
            "calendar_note": self.calendar_note,
            "delivery": self.delivery,
            "fee": self.fee.words() if self.fee and forms.shows_fee else "",
            "book": self.book,
            "how_to_follow": self.follow.words(),
            "signer": self.submitter or self.applicant,
            "receiver": self.receiver,
            "copies_note": (
                "Giấy lập thành 2 liên: liên 1 lưu, đi kèm Phiếu kiểm soát quá trình giải quyết "
                f"hồ sơ (mẫu số {forms.number(Form.CONTROL_SLIP)}); liên 2 giao cho người nộp."
            ),
            "fingerprint": ", ".join(marks),
            "copies": list(self.copies),
        }

    def qr_texts(self) -> dict[str, str]:
        return {"tracking_qr": self.follow.tracking_url, "code_qr": self.code}


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One reason of a payment with the sum it comes from."""

    reason: str
    formula: str
    """"2 × (2 × 2.000 + 10 × 1.000)". Empty: a fixed amount."""
    amount: int
    """Whole đồng."""


@dataclass(frozen=True, slots=True)
class FeeReceipt:
    """Biên lai thu phí, lệ phí (facts 4.4 [GK]: decree 123/2020/NĐ-CP as amended by 70/2025,
    circular 32/2025/TT-BTC). A finance document, not one of the one-stop forms.
    """

    kind: ClassVar[Kind] = Kind.FEE_RECEIPT
    template: ClassVar[str] = "receipt.typ"
    title: ClassVar[str] = "Biên lai thu phí, lệ phí"
    form_set: ClassVar[str] = ""

    head: Letterhead
    tax_code: str
    """Mã số thuế of the collecting agency. Empty: the line is left out."""
    symbol: str
    """Ký hiệu mẫu biên lai. Empty: the line is left out."""
    serial: str
    """Ký hiệu biên lai."""
    number: str
    """Số biên lai, with its leading zeros; without gaps within a serial."""
    payer: str
    lines: tuple[ReceiptLine, ...]
    total: int
    """Whole đồng; refused where it is not the sum of the lines."""
    total_words: str
    """Số tiền viết bằng chữ, from the caller."""
    method: str
    """"Tiền mặt", "Chuyển khoản"."""
    paid_at: datetime
    collector: str
    code: str = ""
    """The dossier paid for."""
    payer_address: str = ""
    check_url: str = ""
    """What the QR code holds; empty: the receipt's symbol, serial and number."""

    def __post_init__(self) -> None:
        if sum(line.amount for line in self.lines) != self.total:
            raise ValueError("the total is not the sum of the lines")

    @property
    def reference(self) -> str:
        return f"{self.serial} {self.number}"

    def as_json(self) -> dict[str, object]:
        return {
            **self.head.as_json(),
            "tax_code": self.tax_code,
            "symbol": self.symbol,
            "serial": self.serial,
            "number": self.number,
            "payer": self.payer,
            "payer_address": self.payer_address,
            "code": self.code,
            "lines": [
                {
                    "reason": line.reason,
                    "formula": line.formula,
                    "amount": wording.dong(line.amount),
                }
                for line in self.lines
            ],
            "total": wording.dong(self.total),
            "total_words": self.total_words,
            "method": self.method,
            "paid": wording.moment(self.paid_at),
            "collector": self.collector,
        }

    def qr_texts(self) -> dict[str, str]:
        return {"check_qr": self.check_url or f"{self.symbol} {self.serial} {self.number}".strip()}


@dataclass(frozen=True, slots=True)
class Result:
    """One thing handed over: "Bản sao chứng thực Bằng tốt nghiệp", its number, how many."""

    name: str
    number: str
    quantity: int


@dataclass(frozen=True, slots=True)
class HandOverSlip:
    """Phiếu giao nhận kết quả: the signature on paper that a result reached somebody.

    Not a national form; the house's own proof, scanned back into the dossier by its QR code.
    """

    kind: ClassVar[Kind] = Kind.HAND_OVER_SLIP
    template: ClassVar[str] = "handover.typ"
    title: ClassVar[str] = "Phiếu giao nhận kết quả"
    form_set: ClassVar[str] = ""

    head: Letterhead
    code: str
    applicant: str
    request: str
    results: tuple[Result, ...]
    recipient: str
    """Who collects; signs."""
    capacity: str
    """"Người đứng tên hồ sơ", "Người được ủy quyền", "Nhân viên bưu chính"."""
    identified_by: str
    """How the officer knows: "Thẻ căn cước, 4 số cuối 0042", "6 ký tự trên giấy hẹn"."""
    handed_over_at: datetime
    officer: str
    authority: str = ""
    """The paper by which somebody else collects."""
    due_at: datetime | None = None
    note: str = ""

    @property
    def reference(self) -> str:
        return self.code

    def as_json(self) -> dict[str, object]:
        return {
            **self.head.as_json(),
            "code": self.code,
            "applicant": self.applicant,
            "request": self.request,
            "results": [
                {"name": item.name, "number": item.number, "quantity": item.quantity}
                for item in self.results
            ],
            "recipient": self.recipient,
            "capacity": self.capacity,
            "identified_by": self.identified_by,
            "authority": self.authority,
            "handed_over": wording.moment(self.handed_over_at),
            "due": wording.moment(self.due_at) if self.due_at else "",
            "officer": self.officer,
            "note": self.note,
        }

    def qr_texts(self) -> dict[str, str]:
        return {"code_qr": self.code}
