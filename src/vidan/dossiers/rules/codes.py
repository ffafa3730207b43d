"""Dossier codes: ``H15.158-261123-0001`` (facts 2.4; circular 03/2025/TT-VPCP). Pure."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime

_SHAPE = re.compile(
    r"^(?P<unit>[A-Z]\d{2}(?:\.\d{2,3}){0,3}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})"
    r"-(?P<day>\d{6}|\d{8})-(?P<number>\d{4,7})$",
    re.ASCII,
)
# Without 0 O 1 I L 8 B: characters an old eye or a bad print confuses.
SECRET_ALPHABET = "ACDEFGHJKMNPQRTUVWXY2345679"  # noqa: S105 - letters, not a secret
SECRET_LENGTH = 6


class CodeRefused(ValueError):
    """Not a dossier code, or its date does not exist."""


@dataclass(frozen=True, slots=True)
class DossierCode:
    """The unit that received, the day, and the day's running number."""

    unit: str
    day: date
    number: int

    def __str__(self) -> str:
        return f"{self.unit}-{self.day:%y%m%d}-{self.number:04d}"


def parse(text: str) -> DossierCode:
    """Read a code as people type it: any case, spaces, long dashes. Raises ``CodeRefused``."""
    dashed = re.sub(r"[\s\-\u2010-\u2015]+", "-", text.strip()).upper()
    match = _SHAPE.match(dashed) or _SHAPE.match(re.sub(r"\s+", "", text).upper())
    if match is None:
        raise CodeRefused(text)
    digits, number = match["day"], int(match["number"])
    try:
        day = datetime.strptime(digits, "%Y%m%d" if len(digits) == 8 else "%y%m%d").date()  # noqa: DTZ007
    except ValueError:
        raise CodeRefused(text) from None
    if number == 0:
        raise CodeRefused(text)
    return DossierCode(match["unit"], day, number)


def new_secret() -> str:
    """Six characters for the slip; look-ups are limited, so guessing them is hopeless."""
    return "".join(secrets.choice(SECRET_ALPHABET) for _ in range(SECRET_LENGTH))


def tidy_secret(text: str) -> str:
    """The secret as typed, with spaces and dashes dropped, upper case."""
    return re.sub(r"[\s\-–.]", "", text).upper()
