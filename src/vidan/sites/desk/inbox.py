"""Việc của tôi: what waits for a hand of mine, nearest due first."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vidan.authorities.rules.calendar import CalendarGap, WorkCalendar
from vidan.authorities.rules.explained import N_
from vidan.dossiers.queries import inbox as queries
from vidan.dossiers.queries.inbox import Box, Inbox
from vidan.dossiers.queries.page import step_name
from vidan.kernel import clock
from vidan.people.rules.roles import Role
from vidan.procedures import queries as procedures
from vidan.sites.account.guards import SignedInRequest, signed_in
from vidan.sites.desk import opened, words
from vidan.sites.desk.intake import PROCEDURE
from vidan.sites.desk.today import calendar_for, day_note
from vidan.sites.pages import page, url

_RAIL = (
    (
        N_("Cần tôi làm"),
        (
            (Box.ALL, N_("Tất cả")),
            (Box.LATE, N_("Quá hạn")),
            (Box.TODAY, N_("Hạn hôm nay")),
            (Box.RETURNED, N_("Bị trả lại")),
        ),
    ),
    (
        N_("Đang ở nơi khác"),
        ((Box.SIGNING, N_("Chờ lãnh đạo ký")), (Box.READY, N_("Chờ dân đến nhận"))),
    ),
    (
        N_("Của cả bộ phận"),
        (
            (Box.UNCLAIMED, N_("Chưa có người nhận")),
            (Box.UNPAID, N_("Chờ thu tiền")),
            (Box.RECEIVED_TODAY, N_("Tôi nhận hôm nay")),
        ),
    ),
)
_EMPTY = {
    Box.ALL: N_("Không còn hồ sơ nào chờ ở đây."),
    Box.LATE: N_("Không có hồ sơ quá hạn."),
    Box.TODAY: N_("Hết việc đến hạn hôm nay."),
    Box.RETURNED: N_("Không có hồ sơ nào bị trả lại."),
    Box.SIGNING: N_("Không có hồ sơ nào đang chờ lãnh đạo ký."),
    Box.READY: N_("Không có kết quả nào đang chờ người dân đến nhận."),
    Box.UNCLAIMED: N_("Hồ sơ nào cũng đã có người nhận."),
    Box.UNPAID: N_("Không có hồ sơ nào chờ thu tiền."),
    Box.RECEIVED_TODAY: N_("Hôm nay chưa tiếp nhận hồ sơ nào."),
}


@require_safe
@signed_in
def show(request: SignedInRequest) -> HttpResponse:
    """One list of the rail; the rest of the page says what the other lists hold."""
    now = clock.now()
    try:
        box = Box(request.GET.get("muc", Box.ALL))
    except ValueError:
        box = Box.ALL
    found = queries.inbox(request.capacities, box, now=now, after=request.GET.get("sau", ""))
    calendar = calendar_for(request.capacity)
    try:
        says = procedures.version_in_force(PROCEDURE, on=now.date()).says
    except procedures.NoSuchProcedure:
        says = None  # an office without its catalogue still sees what it holds
    kept = queries.kept_promise(request.capacities, now=now)
    return page(
        request,
        "desk/inbox.html",
        inbox=found,
        title=_title(found),
        groups=_groups(found, calendar),
        first_code=found.rows[0].code if found.rows else "",
        lists=_rail(found),
        day_note=day_note(calendar, says, now=now) if says else None,
        kept=kept,
        empty=_(_EMPTY[box]),
        next_href=f"?muc={box}&sau={found.next_after}" if found.next_after else None,
        can_receive=any(post.role is Role.RECEPTIONIST for post in request.capacities),
    )


def _title(found: Inbox) -> str:
    count = found.counts[found.box]
    if found.box is Box.ALL:
        return _("%(count)s hồ sơ cần xử lý") % {"count": count}
    label = next(label for _title, items in _RAIL for box, label in items if box is found.box)
    return _("%(label)s: %(count)s hồ sơ") % {"label": _(label), "count": count}


def _groups(found: Inbox, calendar: WorkCalendar | None) -> list[dict[str, object]]:
    today = clock.today()
    tomorrow = None
    if calendar is not None:
        try:
            tomorrow = calendar.next_working_day(today)
        except CalendarGap:
            tomorrow = None  # the heading then simply names the day
    return [
        {
            "title": words.group_title(group, today, tomorrow),
            "note": str(len(group.rows)),
            "rows": [
                {
                    "row": row,
                    "due": words.row_chip(row),
                    "step": step_name(row.step),
                    "note": _row_note(row),
                }
                for row in group.rows
            ],
        }
        for group in found.groups
    ]


def _row_note(row: queries.Row) -> str:
    if row.returned_with_reason:
        return _("bị trả lại")
    return _("chưa thu tiền") if row.unpaid else ""


def _rail(found: Inbox) -> list[dict[str, object]]:
    return [
        {
            "title": _(title),
            "items": [
                {
                    "label": _(label),
                    "href": f"{url('desk:inbox')}?muc={box}",
                    "count": found.counts[box],
                    "current": box is found.box,
                    "hot": box is Box.LATE,
                }
                for box, label in items
            ],
        }
        for title, items in _RAIL
    ]


@require_safe
@signed_in
def preview(request: SignedInRequest, code: str) -> HttpResponse:
    """The chosen row's preview, right of the list."""
    shown = opened.open_page(request, code, purpose="preview")
    return page(request, "desk/preview.html", shown=shown, buttons=words.buttons(shown.actions))
