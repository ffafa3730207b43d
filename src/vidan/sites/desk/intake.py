"""Tiếp nhận: one page from "who is here?" to the printed slip.

Every button of the page posts the whole form with its name in ``do``; the answer is the page
again with nothing lost, or the slip. It works without JavaScript; htmx only swaps parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vidan.dossiers import actions
from vidan.dossiers.access import NotAllowed
from vidan.dossiers.actions.refusals import IntakeRefused
from vidan.dossiers.queries import preview as previews
from vidan.dossiers.rules.intake import Intake, PaperLine, Parties, ReturnBy
from vidan.kernel import clock, files
from vidan.payments import actions as payments
from vidan.people.rules.roles import Role
from vidan.procedures import queries as procedures
from vidan.procedures.rules.specification import Specification
from vidan.sites import formats
from vidan.sites.account.guards import SignedInRequest, role_required
from vidan.sites.desk import party as parties
from vidan.sites.desk.intake_forms import (
    IntakeForm,
    PaperLines,
    PapersFormSet,
    fresh,
    keep_scans,
    kept_scans,
    line_of,
)
from vidan.sites.desk.party import Party
from vidan.sites.desk.today import calendar_for, day_note
from vidan.sites.pages import page, url

PROCEDURE = "2.000815"
LINES = "lines"


@dataclass
class Counter:
    """The intake page in the making: its forms, its people, and what is wrong."""

    request: SignedInRequest
    says: Specification
    now: datetime
    do: str
    form: IntakeForm
    papers: PapersFormSet
    """Bound, and so with errors, only when the dossier is to be received."""
    sent: PapersFormSet | None = None
    """The lines as sent, to be counted while the page is still being filled in."""
    people: dict[str, Party] = field(default_factory=dict)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    """(the field to go to, what is wrong) beyond what the forms themselves say."""

    @property
    def unit_code(self) -> str:
        known = dict(_units(self.request))
        asked = self.form["unit"].value() or ""
        return asked if asked in known else next(iter(known), "")

    @property
    def whom(self) -> str:
        return str(self.form["whom"].value() or "self")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.RECEPTIONIST)
def show(request: SignedInRequest) -> HttpResponse:
    """The intake page; its last button receives the dossier."""
    try:
        says = procedures.version_in_force(PROCEDURE, on=clock.today()).says
    except procedures.NoSuchProcedure:
        return page(request, "desk/no_catalogue.html", status=409)
    counter = _read(request, says)
    if counter.do == "count" and request.headers.get("HX-Request"):
        return _answer(counter, "desk/intake_side.html")
    _people(counter)
    if request.method == "POST" and counter.do == "receive":
        received = _receive(counter)
        if received is not None:
            return received
        return _answer(counter, "desk/intake.html", status=422)
    return _answer(counter, "desk/intake.html")


def _units(request: SignedInRequest) -> list[tuple[str, str]]:
    """The units where this person receives, with the place of the post."""
    held = [post for post in request.capacities if post.role is Role.RECEPTIONIST]
    return [
        (post.unit.code or "", " · ".join(x for x in (post.unit.full_name, post.place) if x))
        for post in held
    ]


def _read(request: SignedInRequest, says: Specification) -> Counter:
    sent = request.POST if request.method == "POST" else None
    extension = says.time_limit.agreed_extension
    units = _units(request)
    if sent is None:
        return Counter(
            request=request,
            says=says,
            now=clock.now(),
            do="",
            form=IntakeForm(
                initial=fresh() | {"unit": units[0][0]}, units=units, extension=extension
            ),
            papers=PaperLines(prefix=LINES),
        )
    data = sent.copy()
    do = str(data.get("do", ""))
    if f"{LINES}-add" in data:
        do = "add-line"
    refusals = _keep_uploads(request, data)
    _change_lines(data, do)
    checking = do == "receive"
    values = {name: data.get(name, "") for name in IntakeForm.base_fields}
    return Counter(
        request=request,
        says=says,
        now=clock.now(),
        do=do,
        form=IntakeForm(
            data if checking else None, initial=values, units=units, extension=extension
        ),
        papers=PaperLines(data if checking else None, initial=_typed(data), prefix=LINES),
        sent=PaperLines(data, prefix=LINES),
        refusals=refusals,
    )


def _keep_uploads(request: SignedInRequest, data: Any) -> list[tuple[str, str]]:
    """Keep what was uploaded at once: a browser cannot send a file twice from the same page."""
    refusals = []
    owner = str(request.user.key)
    for place in range(_line_count(data)):
        name = f"{LINES}-{place}-scan"
        held = data.get(f"{LINES}-{place}-kept", "")
        known = kept_scans(held, owner=owner)
        if held and not known:
            refusals.append(
                (f"id_{name}", _("Ảnh đã chụp của giấy tờ này không còn dùng được. Xin chụp lại."))
            )
        for upload in request.FILES.getlist(name):
            try:
                stored = files.store(files.check_upload(upload), at=clock.now())
            except files.FileRefused as refusal:
                refusals.append((f"id_{name}", refusal.explanation))
            else:
                known.append(stored.id)
        data[f"{LINES}-{place}-kept"] = keep_scans(known, owner=owner) if known else ""
    return refusals


def _line_count(data: Any) -> int:
    text = str(data.get(f"{LINES}-TOTAL_FORMS", "1"))
    return min(int(text), 25) if text.isdecimal() and len(text) < 4 else 1


def _change_lines(data: Any, do: str) -> None:
    """Add a line, or drop one, before the formset reads the data."""
    count = _line_count(data)
    verb, _colon, number = do.partition(":")
    names = ("label", "pages", "copies", "shown", "kept")
    if verb == "add-line":
        count = min(count + 1, 25)
    elif verb == "drop-line" and number in map(str, range(count)):
        for place in range(int(number), count):
            for name in names:
                later = data.get(f"{LINES}-{place + 1}-{name}")
                key = f"{LINES}-{place}-{name}"
                data.pop(key, None)
                if later is not None and place + 1 < count:
                    data[key] = later
        count = max(count - 1, 1)
    data[f"{LINES}-TOTAL_FORMS"] = str(count)
    data[f"{LINES}-INITIAL_FORMS"] = "0"


def _typed(data: Any) -> list[dict[str, str]]:
    """What stands in the lines now, to be shown again without judging it."""
    names = PaperLines.form.base_fields
    return [
        {name: data.get(f"{LINES}-{place}-{name}", "") for name in names}
        for place in range(_line_count(data))
    ]


def _people(counter: Counter) -> None:
    """Find the people the form speaks of: the one at the counter, and whose dossier it is."""
    titles = {"p": _("Người đến nộp")}
    if counter.whom == "other":
        titles["o"] = _("Người được nộp thay")
    elif counter.whom == "organisation":
        titles["g"] = _("Tổ chức")
    for slot, title in titles.items():
        if counter.request.method == "POST":
            counter.people[slot] = parties.read(
                counter.request, slot, title, do=counter.do, unit_code=counter.unit_code
            )
        else:
            counter.people[slot] = Party(slot, title)


def _lines(counter: Counter) -> list[PaperLine]:
    """The lines as far as they can be counted now; wrong ones are left out until repaired."""
    owner = str(counter.request.user.key)
    if counter.sent is None:
        return []
    found = []
    for form in counter.sent.filled():
        form.full_clean()
        cleaned = getattr(form, "cleaned_data", {})
        if "pages" in cleaned and "copies" in cleaned:
            found.append(line_of({"label": "", "kept": "", **cleaned}, owner=owner))
    return found


def _answer(counter: Counter, template: str, status: int = 200) -> HttpResponse:
    form = counter.form
    days = str(form["agreed_days"].value() or "0")
    seen = previews.preview(
        counter.says,
        unit_code=counter.unit_code,
        papers=_lines(counter),
        agreed_days=int(days) if days.isdecimal() and len(days) == 1 else 0,
        at=counter.now,
    )
    checked = status == 422
    may_take_cash = any(
        post.role is Role.CASHIER and post.unit.code == counter.unit_code
        for post in counter.request.capacities
    )
    return page(
        counter.request,
        template,
        status=status,
        counter=counter,
        says=counter.says,
        form=form,
        papers=counter.papers,
        people=counter.people,
        seen=seen,
        errors=_errors(counter) if checked or counter.refusals else [],
        checked=checked,
        go_to_line=_line_to_go_to(counter),
        may_take_cash=may_take_cash,
        day_note=day_note(calendar_for(counter.request.capacity), counter.says, now=counter.now),
        scan_counts=[
            len(kept_scans(str(line["kept"].value() or ""), owner=str(counter.request.user.key)))
            for line in counter.papers.forms
        ],
        read_back=_read_back(counter, seen),
    )


def _line_to_go_to(counter: Counter) -> str:
    """Which line of papers the cursor goes on to: this answer settled who is here, or added one."""
    who, verb = counter.people.get("p"), counter.do.partition(":")[0]
    if verb == "add-line":
        return f"{LINES}-{len(counter.papers.forms) - 1}"
    everybody = who is not None and all(one.chosen is not None for one in counter.people.values())
    found = verb in ("choose", "find", "next") and everybody
    return f"{LINES}-0" if found else ""


def _errors(counter: Counter) -> list[dict[str, str]]:
    """Everything wrong, each with the field to go to, in the order of the page."""
    found = [
        {"target": f"{slot}-find", "text": party.error}
        for slot, party in counter.people.items()
        if party.error
    ]
    forms = [party.form for party in counter.people.values() if party.form is not None]
    filled = counter.papers.filled() if counter.papers.is_bound else []
    for one in (*forms, *filled, counter.form):
        if one.is_bound:
            for name, wrong in one.errors.items():
                target = one[name].auto_id if name in one.fields else ""
                found.extend({"target": str(target), "text": str(text)} for text in wrong)
    found.extend({"target": target, "text": text} for target, text in counter.refusals)
    return found


def _read_back(counter: Counter, seen: previews.Preview) -> str:
    """The sentence the officer reads aloud before the person signs.

    While it only counts along, nobody's record is opened again to say the name.
    """
    who = counter.people.get("p")
    name = str(who.chosen) if who is not None and who.chosen is not None else ""
    if counter.do == "count" and counter.request.POST.get("p-id"):
        name = _("Ông/bà")
    if not name or seen.due is None or not seen.charge.lines:
        return ""
    wanted = ", ".join(
        _("%(copies)s bản sao %(label)s") % {"copies": line.copies, "label": line.label}
        for line in seen.charge.lines
        if line.label
    )
    return _("%(name)s đề nghị chứng thực %(wanted)s. Hẹn trả %(due)s. Tiền phí %(fee)s.") % {
        "name": name,
        "wanted": wanted,
        "due": formats.moment(seen.due.at, get_language() or "vi"),
        "fee": formats.money(seen.charge.total, get_language() or "vi"),
    }


def _receive(counter: Counter) -> HttpResponse | None:
    """Check everything, then the verb; ``None`` with the page's errors filled in."""
    filled = counter.papers.filled()
    if not filled:
        counter.refusals.append((f"id_{LINES}-0-label", _("Ghi ít nhất một giấy tờ cần sao.")))
    # Every form is checked, so that all errors are shown at once.
    checked = [form.is_valid() for form in (counter.form, *filled)]
    if not (filled and all(checked)) or counter.refusals:
        for party in counter.people.values():
            if party.chosen is None and party.form is not None:
                party.form.is_valid()
            elif party.chosen is None:
                party.error = party.error or _("Chọn người trong danh sách, hoặc ghi người mới.")
        return None
    settled = {
        slot: parties.settle(counter.request, party, unit_code=counter.unit_code)
        for slot, party in counter.people.items()
    }
    if None in settled.values():
        return None
    try:
        dossier = actions.receive(
            _intake(counter, settled), officer=counter.request.user, at=counter.now
        )
    except IntakeRefused as refusal:
        counter.refusals.append(("", refusal.explanation))
        return None
    except NotAllowed as refusal:
        counter.refusals.append(("", refusal.explanation))
        return None
    return _received(counter, dossier.code)


def _intake(counter: Counter, settled: dict[str, int | None]) -> Intake:
    cleaned, owner = counter.form.cleaned_data, str(counter.request.user.key)
    whom, declarer = cleaned["whom"], settled["p"]
    return Intake(
        key=cleaned["key"],
        visit=cleaned["visit"],
        unit=cleaned["unit"],
        procedure=PROCEDURE,
        parties=Parties(
            applicant_person={"self": declarer, "other": settled.get("o")}.get(whom),
            applicant_organisation=settled.get("g"),
            declared_by=declarer,
            authority=cleaned["authority"] if whom != "self" else "",
        ),
        papers=tuple(line_of(f.cleaned_data, owner=owner) for f in counter.papers.filled()),
        return_by=ReturnBy(cleaned["return_by"]),
        return_address=cleaned["return_address"],
        agreed_days=int(cleaned["agreed_days"] or 0),
        agreed_ground=cleaned["agreed_ground"] if int(cleaned["agreed_days"] or 0) else "",
    )


def _received(counter: Counter, code: str) -> HttpResponse:
    """Take the cash where the same person may, then go to the slip."""
    said = _("Đã tiếp nhận %(code)s.") % {"code": code}
    if counter.form.cleaned_data.get("cash") == "now":
        try:
            receipt = payments.take_cash(code, officer=counter.request.user, at=clock.now())
            said += " " + _("Đã thu tiền, biên lai số %(number)s.") % {
                "number": receipt.shown_number
            }
        except NotAllowed:
            said += " " + _("Tiền thu tại quầy thu trước khi trả kết quả.")
    messages.success(counter.request, said)
    target = url("desk:print", code)
    if counter.request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = target
        return answer
    return HttpResponseRedirect(target)
