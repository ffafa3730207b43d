"""How the desk says things: steps, verbs, due chips, day headings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vidan.dossiers.queries.inbox import DayGroup, Row
from vidan.dossiers.queries.page import Node
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.sites import formats

VERBS = {
    Action.START: gettext_lazy("Nhận xử lý"),
    Action.PROPOSE: gettext_lazy("Trình lãnh đạo ký"),
    Action.APPROVE: gettext_lazy("Đã ký, chuyển đóng dấu"),
    Action.RETURN_TO_STEP: gettext_lazy("Trả lại, kèm lý do"),
    Action.TAKE_BACK: gettext_lazy("Rút lại"),
    Action.ISSUE: gettext_lazy("Vào sổ, đóng dấu, chuyển trả"),
    Action.HAND_OVER: gettext_lazy("Trả kết quả"),
}
DONE = {
    Action.START: gettext_lazy("Đã nhận xử lý %(code)s."),
    Action.PROPOSE: gettext_lazy("Đã trình lãnh đạo %(code)s."),
    Action.APPROVE: gettext_lazy("Đã ký %(code)s, chuyển vào sổ và đóng dấu."),
    Action.RETURN_TO_STEP: gettext_lazy("Đã trả lại %(code)s kèm lý do."),
    Action.TAKE_BACK: gettext_lazy("Đã rút lại %(code)s."),
    Action.ISSUE: gettext_lazy("Đã vào sổ %(code)s, mời người dân đến nhận."),
    Action.HAND_OVER: gettext_lazy("Đã trả kết quả %(code)s."),
}
CONFIRM = {
    Action.APPROVE: gettext_lazy("Ký các bản sao này? Sau khi đóng dấu không sửa được nữa."),
    Action.ISSUE: gettext_lazy("Vào sổ chứng thực? Số đã cấp không dùng lại."),
}


@dataclass(frozen=True, slots=True)
class Button:
    """A verb offered on a page: the key that does it, and whether it is the next step."""

    verb: str
    label: str
    key: str
    primary: bool
    confirm: str


def buttons(actions: tuple[Action, ...]) -> list[Button]:
    """The one next step on F9, sending back on F4; the table's order decides."""
    found: list[Button] = []
    for action in actions:
        forward = action not in (Action.RETURN_TO_STEP, Action.TAKE_BACK)
        first = forward and not any(button.primary for button in found)
        key = "F9" if first else "F4" if action is Action.RETURN_TO_STEP else ""
        confirm = str(CONFIRM.get(action, ""))
        found.append(Button(action.value, str(VERBS[action]), key, first, confirm))
    return sorted(found, key=lambda button: not button.primary)


def due_chip(*, due: datetime, step: Step, late: bool, today: bool) -> dict[str, str]:
    """The chip of a row: its state and the hour within its day's group."""
    if step is Step.RETURNED:
        return {"state": "finished", "text": ""}
    if step is Step.READY:
        return {"state": "ready", "text": ""}
    if late:
        return {"state": "late", "text": _("trễ từ %(time)s") % {"time": _short(due)}}
    return {"state": "due_today" if today else "in_time", "text": formats.clock_time(due)}


def _short(due: datetime) -> str:
    return f"{due:%H:%M %d/%m}"


def row_chip(row: Row) -> dict[str, str]:
    """The chip of an inbox row."""
    return due_chip(due=row.due_at, step=row.step, late=row.late, today=row.today)


def group_title(group: DayGroup, today: date, next_working_day: date | None) -> str:
    """``Hôm nay, thứ Hai 23/11``; late ones stand first under their own word."""
    if group.day is None:
        return _("Quá hạn")
    said = formats.day(group.day, get_language() or "vi", year=group.day.year != today.year)
    if group.day == today:
        return _("Hôm nay, %(day)s") % {"day": said}
    if group.day == next_working_day:
        return _("Ngày làm việc tới, %(day)s") % {"day": said}
    return said[0].upper() + said[1:]


def thread_nodes(nodes: tuple[Node, ...]) -> list[dict[str, Any]]:
    """A thread's nodes as the component takes them."""
    shown = []
    for node in nodes:
        at = formats.moment(node.at, get_language() or "vi", year=False) if node.at else ""
        first = " · ".join(x for x in (at, node.who) if x)
        lines = [line for line in (first, node.detail) if line]
        shown.append({"kind": node.state, "title": node.title, "lines": lines})
    return shown
