"""Procedures: finding one, and everything a person needs to know before coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vidan.authorities import queries as authorities
from vidan.authorities.rules.calendar import CalendarGap, WorkCalendar
from vidan.dossiers.rules.deadlines import same_day
from vidan.kernel.clock import ZONE
from vidan.procedures import queries as catalogue
from vidan.procedures.rules import fees
from vidan.procedures.rules.specification import Specification
from vidan.sites.pages import url
from vidan.sites.portal import opening, words
from vidan.sites.portal.where import CHOICE, Place, here, portal_page

LONGEST_QUERY = 100
MOST_SHEETS = 3


class FeeForm(forms.Form):
    """Pages and copies, to know the price before coming."""

    pages = forms.IntegerField(
        label=gettext_lazy("Số trang"),
        min_value=1,
        max_value=fees.MOST_PAGES,
        error_messages={
            "required": gettext_lazy("Xin ghi số trang của bản chính."),
            "invalid": gettext_lazy("Số trang là một số, ví dụ 12."),
            "min_value": gettext_lazy("Bản chính có ít nhất 1 trang."),
            "max_value": gettext_lazy("Nhiều nhất 5.000 trang mỗi lần tính. Xin hỏi tại quầy."),
        },
    )
    copies = forms.IntegerField(
        label=gettext_lazy("Số bản cần"),
        min_value=1,
        max_value=fees.MOST_COPIES,
        error_messages={
            "required": gettext_lazy("Xin ghi số bản cần sao."),
            "invalid": gettext_lazy("Số bản là một số, ví dụ 2."),
            "min_value": gettext_lazy("Xin ghi ít nhất 1 bản."),
            "max_value": gettext_lazy("Nhiều nhất 1.000 bản mỗi lần tính. Xin hỏi tại quầy."),
        },
    )

    # The addresses are read by people: ?trang=12&ban=2.
    NAMES = {"pages": "trang", "copies": "ban"}

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Handed in that day, when is it ready: sheets to draw, and a sentence for each case."""

    day: date
    title: str
    sheets: tuple[dict[str, object], ...]
    until: time
    """Until when the earlier case holds: the cut-off, or closing time where that comes first."""
    early: str
    late: str
    why: str
    """What lies between, where the later case does not fall on the next day."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All procedures, or those that fit what was typed."""
    place = here(request)
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    on = place.now.date()
    found = catalogue.search(query, on=on) if query else []
    everything = found or catalogue.catalogue(on=on)
    return portal_page(
        request,
        "portal/procedures.html",
        place.unit,
        query=query,
        found=bool(found),
        items=[words.in_short(version.says) for version in everything],
    )


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure, with what handing in now would mean, and the price for so many pages."""
    place = here(request)
    try:
        version = catalogue.version_in_force(code, on=place.now.date())
    except catalogue.NoSuchProcedure:
        raise Http404 from None
    says = version.says
    form = FeeForm(request.GET if _asked(request) else None)
    charge = _charge(form, says)
    return portal_page(
        request,
        "portal/procedure.html",
        place.unit,
        status=422 if form.is_bound and charge is None else 200,
        says=says,
        version=version,
        form=form,
        charge=charge,
        fee_rows=words.fee_rows(charge, says.fee) if charge else [],
        to_bring=words.to_bring(says),
        rates=words.rates(says.fee),
        cap=words.money(says.fee.cap_per_copy),
        only_so_many=words.only_so_many(says),
        grounds=words.joined(extension.grounds)
        if (extension := says.time_limit.agreed_extension)
        else "",
        legal_basis=words.legal_basis(says),
        cutoff=says.time_limit.cutoff,
        choice=request.GET.get(CHOICE, "")[:40],
        **_when(place, says),
    )


def _asked(request: HttpRequest) -> bool:
    return any(name in request.GET for name in FeeForm.NAMES.values())


def _charge(form: FeeForm, says: Specification) -> fees.FeeLine | None:
    if not form.is_bound or not form.is_valid():
        return None
    item = fees.Copies("", form.cleaned_data["pages"], form.cleaned_data["copies"])
    return fees.line_for(item, says.fee)


def _when(place: Place, says: Specification) -> dict[str, Any]:
    """The outlook at the reader's office; a choice where none is known; a gap said plainly."""
    nothing: dict[str, Any] = {"outlook": None, "gap": "", "units": [], "open_now": None}
    if place.unit is None:
        here_again = url("portal:procedure", says.code)
        offices = [
            {
                "href": f"{here_again}?{CHOICE}={unit.code}#khi-nao",
                "name": authorities.display_name(unit),
            }
            for unit in place.units
        ]
        return nothing | {"units": offices}
    calendar = authorities.calendar_of(place.unit)
    nothing["open_now"] = opening.open_now(calendar, place.now)
    try:
        return nothing | {"outlook": outlook(calendar, says.time_limit.cutoff, place.now)}
    except CalendarGap as gap:
        return nothing | {
            "gap": _("Chưa có lịch nghỉ lễ năm %(year)s nên chưa tính được ngày nhận kết quả.")
            % {"year": gap.year}
        }


def outlook(calendar: WorkCalendar, cutoff: time, now: datetime) -> Outlook:
    """Handing in now, or on the next working day once nobody is there today any more.

    Raises ``CalendarGap``.
    """
    today = now.date()
    day = today
    if not calendar.works_on(today) or now.time() >= calendar.closes(today):
        day = calendar.next_working_day(today)
    early = late = ""
    due = same_day(_at(day, cutoff), cutoff=cutoff, calendar=calendar)
    if day != today or now.time().replace(second=0, microsecond=0) <= cutoff:
        early = _said(due.at, today, day)
    after = _at(day, cutoff) + timedelta(minutes=1)
    if after.time() < calendar.closes(day):
        try:
            due = same_day(after, cutoff=cutoff, calendar=calendar)
            late = _said(due.at, today, day)
        except CalendarGap as gap:
            late = _("chưa tính được ngày, vì chưa có lịch nghỉ lễ năm %(year)s") % {
                "year": gap.year
            }
    between = _between(day, due.at.date())
    return Outlook(
        day=day,
        title=_title(day, today),
        until=min(cutoff, calendar.closes(day)),
        sheets=_sheets(calendar, day, due.at, today),
        early=early,
        late=late,
        why=_why(calendar, between, today, due.at.date()),
    )


def _title(day: date, today: date) -> str:
    if day == today:
        return _("Nếu nộp hôm nay")
    return _("Nếu nộp %(day)s") % {"day": opening.spoken_day(day, today)}


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZONE)


def _said(due: datetime, today: date, day: date) -> str:
    """``nhận trước 17:00 hôm nay, 23/11``."""
    when = opening.spoken_day(due.date(), today)
    if due.date() == today:
        when = _("hôm nay, %(date)s") % {"date": f"{today:%d/%m}"}
    elif due.date() == day:
        when = _("cùng ngày")
    return _("nhận trước %(time)s %(day)s") % {"time": f"{due:%H:%M}", "day": when}


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(1, (last - first).days)]


def _why(calendar: WorkCalendar, between: list[date], today: date, due: date) -> str:
    """``Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam.``, and that a date may change where it may."""
    grouped: dict[str, list[str]] = {}
    for day in between:
        reason = opening.off_reason(calendar, day)
        grouped.setdefault(reason, []).append(opening.spoken_day(day, today))
    said = []
    for reason, days in grouped.items():
        when = words.listed(days)
        begins = when[0].upper() + when[1:]
        said.append(_("%(day)s %(reason)s.") % {"day": begins, "reason": reason})
    if calendar.is_provisional(due):
        said.append(
            _("Lịch nghỉ năm %(year)s chưa công bố: ngày này tạm tính, có thể đổi.")
            % {"year": due.year}
        )
    return " ".join(said)


def _sheets(
    calendar: WorkCalendar, day: date, due: datetime, today: date
) -> tuple[dict[str, object], ...]:
    """The day of handing in, the days off after it, the due day; a long span is left to words."""
    first: dict[str, object] = {"on": day, "note": _("hôm nay") if day == today else _("nộp")}
    if due.date() == day:
        first |= {"kind": "due", "note": f"{due:%H:%M}"}
        return (first,)
    last: dict[str, object] = {
        "on": due.date(),
        "note": _("trước %(time)s") % {"time": f"{due:%H:%M}"},
        "kind": "due",
    }
    offs: list[dict[str, object]] = [
        {"on": off, "note": _off_note(calendar, off), "kind": "off"}
        for off in _between(day, due.date())
    ]
    return (first, *offs, last) if len(offs) + 2 <= MOST_SHEETS else (first, last)


def _off_note(calendar: WorkCalendar, day: date) -> str:
    line = calendar.days.get(day)
    return _("nghỉ lễ") if line and line.name else _("nghỉ")
