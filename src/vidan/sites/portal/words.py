"""How a procedure is said to a citizen: papers, time, money, each in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vidan.procedures.rules.fees import FeeLine
from vidan.procedures.rules.specification import CopiedPages, Specification
from vidan.sites import formats
from vidan.sites.pages import url


def money(amount: int) -> str:
    """``2.000 đ`` in the page's language, kept on one line."""
    return formats.money(amount, get_language() or "vi").replace(" ", "\N{NO-BREAK SPACE}")


def in_short(says: Specification) -> dict[str, object]:
    """A procedure as one entry of a list: its address, its name, what to know before coming."""
    return {
        "href": url("portal:procedure", says.code),
        "name": says.short_name,
        "facts": _("Mang %(papers)s. Nộp chậm nhất %(cutoff)s thì nhận trong ngày. %(rate)s.")
        % {
            "papers": _lower(to_bring(says)),
            "cutoff": f"{says.time_limit.cutoff:%H:%M}",
            "rate": _("%(amount)s mỗi trang") % {"amount": money(says.fee.tiers[0].amount)},
        },
        "also": says.everyday,
    }


def to_bring(says: Specification) -> str:
    """The papers nobody may leave at home: ``Bản chính giấy tờ, văn bản cần sao``."""
    needed = [paper.name for paper in says.papers if not paper.optional]
    return "; ".join([needed[0], *(_lower(name) for name in needed[1:])]) if needed else ""


def rates(fee: CopiedPages) -> tuple[str, str]:
    """The first page's price, and how it goes on: ``2.000 đ``, ``từ trang thứ 3 là 1.000 đ``."""
    first, *others = fee.tiers
    later = [
        _("từ trang thứ %(page)s là %(amount)s")
        % {"page": tier.from_page, "amount": money(tier.amount)}
        for tier in others
    ]
    return money(first.amount), ", ".join(later)


def only_so_many(says: Specification) -> str:
    """``Chỉ hai thứ trên.``"""
    count = len(says.papers)
    small = {1: _("một"), 2: _("hai"), 3: _("ba"), 4: _("bốn"), 5: _("năm")}
    return _("Chỉ %(count)s thứ trên.") % {"count": small.get(count, str(count))}


def fee_rows(line: FeeLine, fee: CopiedPages) -> list[dict[str, object]]:
    """How the price of one copy comes about, tier by tier, then the copy as a whole."""
    rows: list[dict[str, object]] = []
    page = 1
    for pages, rate in line.parts:
        last = page + pages - 1
        formula = _("%(which)s: %(pages)s × %(rate)s") % {
            "which": _which(page, last),
            "pages": pages,
            "rate": money(rate),
        }
        rows.append({"formula": formula, "amount": pages * rate})
        page = last + 1
    if line.capped:
        rows.append(
            {
                "formula": _("Một bản %(pages)s trang, cao nhất theo quy định")
                % {"pages": line.pages},
                "amount": fee.cap_per_copy,
            }
        )
    elif len(rows) > 1:
        formula = _("Một bản %(pages)s trang") % {"pages": line.pages}
        rows.append({"formula": formula, "amount": line.per_copy})
    return rows


def _which(first: int, last: int) -> str:
    if first == last:
        return _("Trang %(page)s") % {"page": first}
    if last == first + 1:
        return _("Trang %(first)s và %(last)s") % {"first": first, "last": last}
    return _("Trang %(first)s đến %(last)s") % {"first": first, "last": last}


def legal_basis(says: Specification) -> list[dict[str, object]]:
    """The texts of law; those whose wording nobody of us has checked yet are marked."""
    unchecked = {text.removeprefix("legal_basis ") for text in says.unverified}
    return [{"text": text, "unchecked": text in unchecked} for text in says.legal_basis]


def listed(items: Sequence[str]) -> str:
    """``một, hai và ba``."""
    *first, last = items
    if not first:
        return last
    return _("%(first)s và %(last)s") % {"first": ", ".join(first), "last": last}


def joined(items: Sequence[str]) -> str:
    """``một, hai hoặc ba``."""
    *first, last = items
    if not first:
        return last
    return _("%(first)s hoặc %(last)s") % {"first": ", ".join(first), "last": last}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
