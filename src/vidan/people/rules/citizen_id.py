"""The twelve digits of a citizen identity card (CCCD): what they say, and what they cannot say.

``PPP C YY NNNNNN``: place of birth registration, century and sex, year of birth, random digits
(Circular 59/2021/TT-BCA). There is no check digit: a well-formed number need not exist.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from vidan.authorities.rules.explained import N_, Explained
from vidan.people.rules.births import Birth
from vidan.people.rules.refusals import Notice

Sex = Literal["male", "female"]

_SEPARATORS = re.compile(r"[\s.\-\u00a0]+")
FIRST_CENTURY = 1900


class CitizenIdRefused(Explained):
    """Cannot be such a number."""


@dataclass(frozen=True, slots=True)
class CitizenId:
    """A well-formed number and what it says about its holder."""

    number: str
    province_code: str
    province_known: bool
    sex: Sex
    birth_year: int

    @property
    def province_name(self) -> str:
        """The province as it was named when numbers were first issued; empty if unknown."""
        return provinces().get(self.province_code, "")


@cache
def provinces() -> Mapping[str, str]:
    """The 63 codes given to provinces before the mergers; numbers once issued keep them."""
    table = resources.files("vidan.people.rules") / "birth_provinces.csv"
    with table.open(encoding="utf-8") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def check(number: str, *, today: date) -> CitizenId:
    """Read the number, spaces and dots allowed. Raises ``CitizenIdRefused``.

    A birth year after ``today``'s is refused; an unknown place of birth is only a warning.
    """
    digits = _SEPARATORS.sub("", number)
    if not digits:
        raise CitizenIdRefused(N_("Xin ghi số căn cước."))
    if not (digits.isascii() and digits.isdigit()):
        raise CitizenIdRefused(N_("Số căn cước chỉ có chữ số. Xin bỏ các chữ và dấu khác."))
    if len(digits) == 9:
        raise CitizenIdRefused(
            N_(
                "Đây là số chứng minh nhân dân cũ (9 chữ số), không còn dùng để giao dịch. "
                "Xin ghi số căn cước 12 chữ số."
            )
        )
    if len(digits) != 12:
        raise CitizenIdRefused(N_("Số căn cước có 12 chữ số. Đã ghi %(count)s."), count=len(digits))
    century, of_century = int(digits[3]), int(digits[4:6])
    year = FIRST_CENTURY + 100 * (century // 2) + of_century
    if year > today.year:
        raise CitizenIdRefused(
            N_("Số này ghi năm sinh %(year)s, chưa tới. Xin xem lại chữ số thứ 4, 5 và 6."),
            year=year,
        )
    place = digits[:3]
    return CitizenId(
        number=digits,
        province_code=place,
        province_known=place in provinces(),
        sex="female" if century % 2 else "male",
        birth_year=year,
    )


def warnings(found: CitizenId) -> list[Notice]:
    """What the officer should look at twice. Never a refusal: people born abroad carry the code
    of a country, and such codes are not in our table.
    """
    if found.province_known:
        return []
    template = N_(
        "Ba số đầu %(code)s không phải mã tỉnh. Người sinh ở nước ngoài có thể mang mã này: "
        "xin so lại với thẻ."
    )
    return [Notice(template, {"code": found.province_code})]


def disagreements(found: CitizenId, *, birth: Birth | None, sex: str) -> list[Notice]:
    """Where the number and what the person declares differ; empty when they agree.

    A disagreement is overridden with a recorded reason: records are corrected, people are born
    abroad, and the number given at birth stays.
    """
    differences = []
    if birth is not None and birth.year != found.birth_year:
        template = N_("Số căn cước ghi năm sinh %(found)s, khai năm sinh %(declared)s.")
        differences.append(Notice(template, {"found": found.birth_year, "declared": birth.year}))
    if sex and sex != found.sex:
        template = (
            N_("Số căn cước ghi giới tính nữ, khai nam.")
            if found.sex == "female"
            else N_("Số căn cước ghi giới tính nam, khai nữ.")
        )
        differences.append(Notice(template, {}))
    return differences


def masked(number: str) -> str:
    """What a list may show of a number: "066 ••• ••• 021"."""
    return f"{number[:3]} ••• ••• {number[-3:]}" if len(number) == 12 else ""
