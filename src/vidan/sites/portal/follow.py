"""A tracked dossier in a citizen's words: when to come, where it is, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vidan.dossiers.queries.explanation import Explanation
from vidan.dossiers.queries.page import Node
from vidan.dossiers.queries.tracking import Tracked
from vidan.kernel.clock import ZONE
from vidan.procedures.rules import fees
from vidan.procedures.rules.specification import CopiedPages
from vidan.sites import formats

CHIPS = {"ok": "in_time", "late": "late", "ready": "ready", "done": "finished"}


@dataclass(frozen=True, slots=True)
class When:
    """The head of the page: a sheet's day, what that moment is, and what to do."""

    at: datetime
    lead: str
    say: str
    chip: str
    todo: tuple[str, ...]
    sorry: bool


@dataclass(frozen=True, slots=True)
class Money:
    """What the dossier costs, line by line, and whether it is paid."""

    lines: tuple[dict[str, object], ...]
    total: int
    label: str
    note: str


def _relative(at: datetime, now: datetime) -> str:
    return formats.relative(at, now.date(), get_language() or "vi")


def _day(at: datetime, now: datetime) -> str:
    return formats.relative_day(at, now.date(), get_language() or "vi")


def when(shown: Tracked, now: datetime, *, by_post: bool) -> When:
    """The moment the reader needs now: the due time, the result's, or that of the hand-over."""
    chip = CHIPS[shown.state]
    late = (shown.finished_at or now) > shown.due_at
    if shown.state == "done" and shown.returned_at:
        at = shown.returned_at.astimezone(ZONE)
        return When(at, _("Đã trao kết quả"), _relative(at, now), chip, (), late)
    if shown.state == "ready" and shown.finished_at:
        at = shown.finished_at.astimezone(ZONE)
        return When(at, _("Có kết quả từ"), _relative(at, now), chip, _how(by_post), late)
    said = {"day": _day(shown.due_at, now), "time": f"{shown.due_at:%H:%M}"}
    if late:
        ask = (_("Chúng tôi chưa trả được kết quả đúng hẹn. Xin đọc mã hồ sơ tại quầy để hỏi."),)
        return When(
            shown.due_at, _("Đã hẹn trả"), _relative(shown.due_at, now), chip, ask, sorry=True
        )
    lead = _("Có kết quả") if by_post else _("Mời ông/bà đến nhận")
    todo = (_post(),) if by_post else ()
    return When(shown.due_at, lead, _("%(day)s, trước %(time)s") % said, chip, todo, sorry=False)


def _how(by_post: bool) -> tuple[str, ...]:
    if by_post:
        return (_post(),)
    return (
        _("Mời ông/bà đến nhận trong giờ làm việc. Mang theo giấy hẹn. Mất giấy vẫn nhận được."),
    )


def _post() -> str:
    return _("Kết quả gửi qua bưu điện đến địa chỉ ghi trên giấy hẹn.")


def sheets(why: Explanation) -> list[dict[str, object]]:
    """The explanation's days as the component takes them."""
    return [{"on": one.day, "note": one.caption, "kind": one.kind} for one in why.sheets]


def thread(shown: Tracked, now: datetime, counter: str) -> list[dict[str, object]]:
    """The way of the dossier as the component takes it; at its end, where to come."""
    nodes: list[dict[str, object]] = [
        {"kind": node.state, "title": node.title, "lines": _lines(node, now)}
        for node in shown.thread
    ]
    last = nodes[-1]
    if counter and last["kind"] != "done":
        last["title"] = _("%(what)s, %(counter)s") % {"what": last["title"], "counter": counter}
    return nodes


def _lines(node: Node, now: datetime) -> list[str]:
    at = ""
    if node.at:
        at = _relative(node.at, now)
        if node.state == "now":
            at = _("từ %(time)s") % {"time": at}
    line = ", ".join(part for part in (at, node.detail) if part)
    return [line] if line else []


def money(shown: Tracked, fee: CopiedPages) -> Money:
    """Each original with its copies, under the fee rule the dossier was received with."""
    lines = []
    for label, pages, copies in shown.papers:
        line = fees.line_for(fees.Copies(label, pages, copies), fee)
        what = _("%(paper)s, %(pages)s trang: %(copies)s bản") % {
            "paper": label,
            "pages": pages,
            "copies": copies,
        }
        lines.append({"formula": what, "amount": line.amount})
    paid = shown.fee_paid >= shown.fee_due
    note = ""
    if paid and shown.receipt:
        note = _("Biên lai số %(number)s.") % {"number": shown.receipt}
    elif not paid:
        note = _("Chưa thu. Trả tiền tại quầy và nhận biên lai trước khi nhận kết quả.")
    return Money(tuple(lines), shown.fee_due, _("Đã trả đủ") if paid else _("Phải trả"), note)
