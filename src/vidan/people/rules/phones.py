"""Phone numbers as people write them, in one form: ten digits for a mobile, eleven for a landline.

Numbers with the prefixes used before 15 September 2018 are carried over to today's. A prefix does
not prove the operator (numbers may be ported), so nothing here says whose customer somebody is.
"""

from __future__ import annotations

import re

import phonenumbers

from vidan.authorities.rules.explained import N_, Explained

_SEPARATORS = re.compile(r"[\s.\-()\u2010-\u2015\u00a0]+")

NEW_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip

_MOBILE = re.compile(r"0[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{9}")
_SERVICE = re.compile(r"0?1[89]00\d*")


class PhoneRefused(Explained):
    """Not a phone number we can call."""


def normalise(text: str) -> str:
    """``0xxxxxxxxx`` (mobile) or ``02xxxxxxxxx`` (landline). Raises ``PhoneRefused``.

    84 is the country code and also the start of 084: it is taken off only from 11 digits (12 for
    a number from before 2018), so that a nine-digit 84xxxxxxx is an 084 number without its zero.
    """
    digits = _digits(text)
    if _SERVICE.fullmatch(digits):
        raise PhoneRefused(
            N_("Số 1800, 1900 là số tổng đài, không nhận được tin. Xin ghi số khác.")
        )
    digits = _national(digits)
    if len(digits) == 11 and digits[:4] in NEW_PREFIXES:
        digits = NEW_PREFIXES[digits[:4]] + digits[4:]
    if not (_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)):
        raise _what_is_wrong(digits)
    if not phonenumbers.is_valid_number(phonenumbers.parse(digits, "VN")):
        raise PhoneRefused(N_("Số này không gọi được ở Việt Nam. Xin xem lại từng chữ số."))
    return digits


def _digits(text: str) -> str:
    bare = _SEPARATORS.sub("", text)
    plus = bare.startswith("+")
    bare = bare.removeprefix("+")
    if not bare:
        raise PhoneRefused(N_("Xin ghi số điện thoại, hoặc để trống nếu không có."))
    if not (bare.isascii() and bare.isdigit()):
        raise PhoneRefused(N_("Số điện thoại chỉ có chữ số. Xin bỏ các chữ và dấu khác."))
    if plus and not bare.startswith("84"):
        raise PhoneRefused(N_("Hệ thống chỉ dùng số điện thoại Việt Nam (+84)."))
    return "0" + bare.removeprefix("84").removeprefix("0") if plus else bare


def _national(digits: str) -> str:
    """With its leading zero, whichever way it was written."""
    if digits.startswith("0084"):
        return "0" + digits[4:].removeprefix("0")
    if digits.startswith("84") and len(digits) in (11, 12):
        return "0" + digits[2:].removeprefix("0")
    if len(digits) == 9 and digits[0] in "35789":
        return "0" + digits
    if len(digits) == 10 and "0" + digits[:3] in NEW_PREFIXES:
        return "0" + digits
    return digits


def _what_is_wrong(digits: str) -> PhoneRefused:
    if digits.startswith("02"):
        return PhoneRefused(
            N_("Số máy bàn có 11 chữ số kể cả mã vùng. Đã ghi %(count)s."), count=len(digits)
        )
    if len(digits) != 10:
        return PhoneRefused(N_("Số di động có 10 chữ số. Đã ghi %(count)s."), count=len(digits))
    return PhoneRefused(N_("Đầu số này không có ở Việt Nam. Xin xem lại từng chữ số."))


def masked(number: str) -> str:
    """What others may see of a number: "0900 ••• 001"."""
    return f"{number[:4]} ••• {number[-3:]}" if len(number) >= 9 else ""


def spaced(number: str) -> str:
    """For reading aloud: "0900 000 001"."""
    return f"{number[:4]} {number[4:7]} {number[7:]}" if number else ""
