"""Tax codes of organisations: ten digits with a check digit, or those and a branch of three.

General knowledge, not read in a legal text: a household business uses its owner's identity number
of twelve digits since 1 July 2025, and the tenth digit is a check digit (weights 31 29 23 19 17 13
7 5 3, then 10 minus the sum modulo 11).
"""

from __future__ import annotations

import re

from vidan.authorities.rules.explained import N_, Explained

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_FORM = re.compile(r"(\d{10})(?:-?(\d{3}))?|\d{12}")


class TaxCodeRefused(Explained):
    """Not a tax code."""


def normalise(text: str) -> str:
    """``0123456789``, ``0123456789-001`` or twelve digits. Raises ``TaxCodeRefused``."""
    compact = re.sub(r"[\s.]+", "", text)
    match = _FORM.fullmatch(compact)
    if match is None:
        raise TaxCodeRefused(
            N_("Mã số thuế có 10 chữ số, thêm 3 chữ số nếu là chi nhánh, hoặc 12 chữ số.")
        )
    main, branch = match.groups()
    if main is None:
        return compact
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, main, strict=False))
    if 10 - total % 11 != int(main[9]):
        raise TaxCodeRefused(N_("Mã số thuế này sai một chữ số. Xin xem lại trên giấy."))
    return f"{main}-{branch}" if branch else main
