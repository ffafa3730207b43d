"""``vidan explain``: the rules at the terminal, with neither server nor database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from vidan.authorities import reference
from vidan.authorities.rules.calendar import WorkCalendar
from vidan.authorities.rules.explained import Explained
from vidan.authorities.rules.moments import ZONE
from vidan.dossiers.rules import codes, limits
from vidan.people.rules import citizen_id, phones
from vidan.procedures.rules import catalogue, fees

BAD_INPUT = 2


class Refused(ValueError):
    """What was typed cannot be explained; the text says why."""


def parser() -> argparse.ArgumentParser:
    """The subcommand's own arguments."""
    top = argparse.ArgumentParser(prog="vidan explain")
    what = top.add_subparsers(dest="what", required=True)
    due = what.add_parser("due", help="when something is due, and why")
    due.add_argument("--received", required=True, help="2024-11-06T09:00")
    due.add_argument("--limit", required=True, help='"7 working days"')
    due.add_argument("--pause", action="append", default=[], help="FROM/TO")
    for name, words in (("code", "dossier code"), ("citizen-id", "CCCD"), ("phone", "phone")):
        one = what.add_parser(name, help=f"check a {words}")
        one.add_argument("value")
    fee = what.add_parser("fee", help="what a procedure costs")
    fee.add_argument("value", metavar="CODE")
    fee.add_argument("--pages", type=int, required=True)
    fee.add_argument("--copies", type=int, required=True)
    for one in what.choices.values():
        one.add_argument("--json", action="store_true")
    return top


def main(arguments: Sequence[str]) -> int:
    """Answer on standard output and 0, or the reason on standard error and 2."""
    chosen = parser().parse_args(arguments)
    explain = {
        "due": _due,
        "code": _code,
        "citizen-id": _citizen_id,
        "phone": _phone,
        "fee": _fee,
    }[chosen.what]
    try:
        answer, lines = explain(chosen)
    except (Explained, Refused, fees.FeeRefused) as refusal:
        reason = getattr(refusal, "explanation", str(refusal))
        if chosen.json:
            print(json.dumps({"error": reason}, ensure_ascii=False))
        print(reason, file=sys.stderr)
        return BAD_INPUT
    if chosen.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines))
    return 0


Answer = tuple[Mapping[str, Any], list[str]]


def _calendar() -> WorkCalendar:
    rows = reference.years()
    return WorkCalendar.of((row.year for row in rows), (day for row in rows for day in row.days))


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refused(f"Không có thời điểm “{text}”. Ví dụ: 2024-11-06T09:00.") from None
    return at.replace(tzinfo=ZONE) if at.tzinfo is None else at.astimezone(ZONE)


def _pause(text: str) -> limits.Pause:
    begins, slash, ends = text.partition("/")
    if not slash:
        raise Refused(f"Lần tạm dừng “{text}” cần hai thời điểm: TỪ/ĐẾN.")
    return limits.Pause(_moment(begins), _moment(ends))


def _due(chosen: argparse.Namespace) -> Answer:
    received, limit = _moment(chosen.received), limits.parse(chosen.limit)
    pauses = [_pause(text) for text in chosen.pause]
    found = limits.due(received, limit, _calendar(), pauses)
    days = [
        {
            "date": d.day.isoformat(),
            "counted": bool(d.number),
            "number": d.number,
            "reason": d.reason,
        }
        for d in found.days
    ]
    answer = {
        "due": found.at.isoformat(),
        "received": received.isoformat(),
        "starts": found.starts.isoformat(),
        "limit": f"{limit.amount} {limit.kind}",
        "paused_seconds": int(found.paused.total_seconds()),
        "days": days,
    }
    lines = [f"Hạn: {found.at:%H:%M %d/%m/%Y}"]
    lines += [
        f"  {d.day:%d/%m/%Y}  {'' if d.number is None else d.number:>3}  {d.reason}"
        for d in found.days
    ]
    return answer, lines


def _code(chosen: argparse.Namespace) -> Answer:
    try:
        found = codes.parse(chosen.value)
    except codes.CodeRefused:
        raise Refused(f"“{chosen.value}” không phải mã hồ sơ, ví dụ H15.158-261123-0001.") from None
    answer = {
        "code": str(found),
        "unit": found.unit,
        "date": found.day.isoformat(),
        "number": found.number,
    }
    return answer, [f"{found}: đơn vị {found.unit}, nhận {found.day:%d/%m/%Y}, số {found.number}"]


def _citizen_id(chosen: argparse.Namespace) -> Answer:
    found = citizen_id.check(chosen.value, today=date.today())  # noqa: DTZ011 - at a terminal
    answer = {
        "number": found.number,
        "province_code": found.province_code,
        "province_known": found.province_known,
        "sex": str(found.sex),
        "birth_year": found.birth_year,
    }
    return answer, [f"{name}: {value}" for name, value in answer.items()]


def _phone(chosen: argparse.Namespace) -> Answer:
    number = phones.normalise(chosen.value)
    return {"phone": number}, [number]


def _fee(chosen: argparse.Namespace) -> Answer:
    try:
        says = catalogue.read(chosen.value)
    except catalogue.NotInCatalogue:
        raise Refused(f"Danh mục chưa có thủ tục {chosen.value}.") from None
    try:
        line = fees.line_for(fees.Copies(says.short_name, chosen.pages, chosen.copies), says.fee)
    except fees.FeeRefused:
        raise Refused(
            f"Số trang từ 1 đến {fees.MOST_PAGES}, số bản từ 1 đến {fees.MOST_COPIES}."
        ) from None
    answer = {
        "code": says.code,
        "amount": line.amount,
        "currency": "VND",
        "per_copy": line.per_copy,
        "capped": line.capped,
        "formula": line.formula,
        "basis": says.fee.basis,
    }
    return answer, [f"{says.short_name}: {line.formula} = {line.amount} đ ({says.fee.basis})"]
