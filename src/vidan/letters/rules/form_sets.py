"""Which set of one-stop forms a dossier's papers follow: the law in force when it was received.

Facts 2.1, 2.3. A dossier keeps its set; a paper printed later for it still follows that set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Form(StrEnum):
    """The papers of the one-stop mechanism, by what they are for."""

    RECEIPT_SLIP = "receipt_slip"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP_NOTICE = "stop_notice"
    CONTROL_SLIP = "control_slip"
    TRACKING_BOOK = "tracking_book"


class NoFormSet(ValueError):
    """No set of forms is known for that day, or the set has no such form."""


@dataclass(frozen=True, slots=True)
class FormSet:
    """One annex of forms with the days on which it is used."""

    name: str
    valid_from: date
    valid_to: date | None
    """The last day; ``None``: still in force."""
    source: str
    """The instrument, and where our reading of it comes from."""
    numbers: Mapping[Form, str]
    desk: str
    """What the place that receives and returns is called on papers (facts 2.1)."""
    shows_statutory_time: bool
    """The 2018 receipt slip has a line for the time limit in law; the 2025 layout has none."""
    shows_fee: bool
    """The 2025 receipt slip has a line "Phí, lệ phí (nếu có)"; the 2018 layout has none."""

    def number(self, form: Form) -> str:
        """The two digits of "Mẫu số …". Raises ``NoFormSet`` where the set lacks the form."""
        try:
            return self.numbers[form]
        except KeyError:
            raise NoFormSet(f"the {self.name} set has no form {form}") from None


SETS = (
    FormSet(
        name="2018",
        # The day the circular was signed; no dossier in this system is older.
        valid_from=date(2018, 11, 23),
        valid_to=date(2025, 6, 30),
        source="Thông tư 01/2018/TT-VPCP, mẫu 01-06 (facts 2.1 [verified in S25])",
        numbers=MappingProxyType(
            {
                Form.RECEIPT_SLIP: "01",
                Form.SUPPLEMENT: "02",
                Form.REFUSAL: "03",
                Form.APOLOGY: "04",
                Form.CONTROL_SLIP: "05",
                Form.TRACKING_BOOK: "06",
            }
        ),
        desk="Bộ phận tiếp nhận và trả kết quả",
        shows_statutory_time=True,
        shows_fee=False,
    ),
    FormSet(
        name="2025",
        # The decree's first day. Its circular came on 15 September 2025; for the weeks between
        # we print the new set, for the decree had already ended the old one (our ruling).
        valid_from=date(2025, 7, 1),
        valid_to=None,
        source=(
            "Nghị định 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP, mẫu 01-07 "
            "(facts 2.1, 2.3 [verified in S16, S26])"
        ),
        numbers=MappingProxyType(
            {
                Form.RECEIPT_SLIP: "01",
                Form.SUPPLEMENT: "02",
                Form.REFUSAL: "03",
                Form.APOLOGY: "04",
                Form.STOP_NOTICE: "05",
                Form.CONTROL_SLIP: "06",
                Form.TRACKING_BOOK: "07",
            }
        ),
        desk="Trung tâm Phục vụ hành chính công",
        shows_statutory_time=False,
        shows_fee=True,
    ),
)


def form_set_on(day: date) -> FormSet:
    """The set for a dossier received on ``day``. Raises ``NoFormSet``."""
    for forms in SETS:
        if forms.valid_from <= day and (forms.valid_to is None or day <= forms.valid_to):
            return forms
    raise NoFormSet(f"no set of forms is known for {day:%d/%m/%Y}")


def form_set_named(name: str) -> FormSet:
    """The set a dossier or a kept paper was pinned to. Raises ``NoFormSet``."""
    for forms in SETS:
        if forms.name == name:
            return forms
    raise NoFormSet(name)
