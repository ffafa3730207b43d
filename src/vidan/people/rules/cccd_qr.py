"""The text in the QR code printed on a citizen identity card, read by a scanner at the desk.

Seven fields between bars: number, old nine-digit number (often empty), name, birth (ddmmyyyy),
sex, address, date of issue. Newer cards (2024) may add further fields, which are left alone.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from vidan.authorities.rules.explained import N_, Explained
from vidan.people.rules import births, citizen_id
from vidan.people.rules.births import Birth, BirthRefused
from vidan.people.rules.citizen_id import CitizenId, CitizenIdRefused, Sex

FIELDS = 7
_SEXES: dict[str, Sex] = {"nam": "male", "nữ": "female", "nu": "female"}


class CardRefused(Explained):
    """The scanned text is not a card we can read."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; ``old_number`` is empty where there was none."""

    citizen_id: CitizenId
    old_number: str
    full_name: str
    birth: Birth
    sex: Sex
    address: str
    issued_on: date | None


def looks_like_card(text: str) -> bool:
    """Whether a scanned text has the card's shape, so that any field may recognise it."""
    parts = text.strip().split("|")
    return len(parts) >= FIELDS and len(parts[0]) == 12 and parts[0].isdigit()


def parse(text: str, *, today: date) -> Card:
    """Read a scanned card. Raises ``CardRefused`` saying which part cannot be read."""
    parts = [part.strip() for part in unicodedata.normalize("NFC", text).strip().split("|")]
    if len(parts) < FIELDS:
        raise CardRefused(
            N_("Mã vừa quét không phải mã trên thẻ căn cước, hoặc quét chưa hết. Xin quét lại.")
        )
    number, old_number, name, born, sex, address, issued = parts[:FIELDS]
    if not name:
        raise CardRefused(N_("Không đọc được họ tên trên thẻ. Xin quét lại hoặc ghi tay."))
    if sex.casefold() not in _SEXES:
        raise CardRefused(N_("Không đọc được giới tính trên thẻ. Xin quét lại hoặc ghi tay."))
    if old_number and not (old_number.isascii() and old_number.isdigit() and len(old_number) == 9):
        raise CardRefused(N_("Không đọc được số giấy tờ cũ trên thẻ. Xin quét lại hoặc ghi tay."))
    try:
        return Card(
            citizen_id=citizen_id.check(number, today=today),
            old_number=old_number,
            full_name=" ".join(name.split()),
            birth=births.read(born, today=today),
            sex=_SEXES[sex.casefold()],
            address=" ".join(address.split()),
            issued_on=births.read(issued, today=today).day if issued else None,
        )
    except (CitizenIdRefused, BirthRefused) as refusal:
        raise CardRefused(refusal.template, **refusal.params) from None
