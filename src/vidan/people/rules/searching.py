"""What somebody typed into the search for a person: a number, a phone, or a name and a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from vidan.kernel.search import fold
from vidan.people.rules import cccd_qr, phones

_YEAR = re.compile(r"(19|20)\d{2}")
_BORN = re.compile(r"(?:\d{1,2}[/.\-]){2}((?:19|20)\d{2})")
_SEPARATORS = re.compile(r"[\s.\-]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; ``words`` are folded as stored names are."""

    kind: Literal["citizen-id", "phone", "name"]
    number: str = ""
    words: tuple[str, ...] = ()
    birth_year: int | None = None


def read(text: str) -> Wanted:
    """Recognise by shape: a scanned card or 12 digits, a phone number, else a name."""
    text = text.strip()
    if cccd_qr.looks_like_card(text):
        return Wanted("citizen-id", number=text.split("|")[0])
    compact = _SEPARATORS.sub("", text)
    if compact.isascii() and compact.isdigit() and len(compact) == 12 and compact[:2] != "84":
        return Wanted("citizen-id", number=compact)
    try:
        return Wanted("phone", number=phones.normalise(text))
    except phones.PhoneRefused:
        pass
    if compact.isascii() and compact.isdigit() and len(compact) == 12:
        return Wanted("citizen-id", number=compact)
    parts, year = text.split(), None
    if len(parts) > 1 and (match := _YEAR.fullmatch(parts[-1]) or _BORN.fullmatch(parts[-1])):
        year = int(match.group(0)[-4:])
        parts = parts[:-1]
    return Wanted("name", words=tuple(fold(" ".join(parts)).split()), birth_year=year)
