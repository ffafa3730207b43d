"""The project's own reference files as values: units, their successors, codes, the calendar.

Reads files of this package only; knows no database.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from vidan.authorities.rules.calendar import DayKind, OfficialDay

TWO_TIERS_SINCE = date(2025, 7, 1)
DISTRICTS_UNTIL = TWO_TIERS_SINCE - timedelta(days=1)
UNIT_FILES = (
    "units_2025.csv",
    "units_until_2025.csv",
    "successions_2025.csv",
    "former_names.csv",
    "codes.csv",
    "departments.csv",
    "aliases.csv",
)
CALENDAR_FILES = ("calendar.yaml",)
_DATA = files("vidan.authorities") / "data"
_KIND_WORDS = (
    "Tỉnh",
    "Thành phố",
    "Quận",
    "Huyện",
    "Thị xã",
    "Xã",
    "Phường",
    "Thị trấn",
    "Đặc khu",
)
_COMMUNE_KINDS = {"Phường": "ward", "Thị trấn": "township", "Đặc khu": "special_zone"}


class Key(NamedTuple):
    """What names a unit of the files: statistical code (or code), and whether it has ended."""

    code: str
    ended: bool


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the files tell it."""

    key: Key
    kind: str
    name: str
    full_name: str
    parent: Key | None
    valid_from: date | None
    valid_to: date | None
    gso_code: str | None
    code: str | None = None
    code_assumed: bool = False


class SuccessionRow(NamedTuple):
    """One heir of a unit that ended on 30 June 2025."""

    predecessor: Key
    successor: Key
    whole: bool
    is_main: bool
    derived: bool


class AliasRow(NamedTuple):
    unit: Key
    code: str
    assumed: bool
    note: str


class FormerNameRow(NamedTuple):
    unit: Key
    full_name: str
    valid_to: date


class YearRow(NamedTuple):
    year: int
    notices: tuple[str, ...]
    days: tuple[OfficialDay, ...]


def digest(names: Collection[str]) -> str:
    """SHA-256 over the files and over this reader, so that a new reading loads anew, too."""
    total = sha256((files("vidan.authorities") / "reference.py").read_bytes())
    for name in names:
        total.update(name.encode() + b"\0" + (_DATA / name).read_bytes())
    return total.hexdigest()


def units(provinces: Collection[str] | None = None) -> list[UnitRow]:
    """Every unit; or only the provinces named (statistical codes) and all that went into them."""
    wanted = _everything_of(provinces) if provinces is not None else None
    return [row for row in _all_units() if wanted is None or row.key in wanted]


def successions(provinces: Collection[str] | None = None) -> list[SuccessionRow]:
    """Who took over from whom on 1 July 2025: communes by the map, what is above them derived."""
    rows = [*_mapped(), *_derived()]
    if provinces is None:
        return rows
    wanted = _everything_of(provinces)
    return [row for row in rows if row.predecessor in wanted]


def aliases(provinces: Collection[str] | None = None) -> list[AliasRow]:
    """Codes of the old form."""
    wanted = _everything_of(provinces) if provinces is not None else None
    rows = (
        AliasRow(_era_key(line), line["old_code"], line["assumed"] == "1", line["note"])
        for line in _lines("aliases.csv")
    )
    return [row for row in rows if wanted is None or row.unit in wanted]


def former_names(provinces: Collection[str] | None = None) -> list[FormerNameRow]:
    """Names that units had before, without having ended."""
    wanted = _everything_of(provinces) if provinces is not None else None
    rows = (
        FormerNameRow(
            Key(line["gso_code"], False),
            line["former_full_name"],
            date.fromisoformat(line["until"]),
        )
        for line in _lines("former_names.csv")
    )
    return [row for row in rows if wanted is None or row.unit in wanted]


def years() -> list[YearRow]:
    """The published calendars, oldest first."""
    told: dict[int, dict[str, Any]] = yaml.safe_load((_DATA / "calendar.yaml").read_text("utf-8"))
    return [
        YearRow(year, tuple(entry["notices"]), tuple(_days(entry)))
        for year, entry in sorted(told.items())
    ]


def _days(entry: dict[str, Any]) -> Iterator[OfficialDay]:
    if strange := entry.keys() - {"notices", "holidays", "make_up", "swaps"}:
        raise ValueError(f"calendar.yaml: unknown {sorted(map(str, strange))}")
    for kind, section in ((DayKind.HOLIDAY, "holidays"), (DayKind.MAKE_UP, "make_up")):
        for name, days in entry.get(section, {}).items():
            yield from (OfficialDay(day, kind, name) for day in days)
    for swap in entry.get("swaps", ()):
        rest, worked = swap["rest"], swap["worked"]
        yield OfficialDay(rest, DayKind.SWAPPED_OFF, partner=worked)
        yield OfficialDay(worked, DayKind.SWAPPED_IN, partner=rest)


def _lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_DATA / name).read_text("utf-8").splitlines()))


def _era_key(line: dict[str, str]) -> Key:
    return Key(line["gso_code"], line["era"] == "until_2025")


def bare_name(full_name: str) -> str:
    """The name without its kind: "Thị trấn Phước An" is "Phước An"."""
    for word in _KIND_WORDS:
        if full_name.startswith(word + " "):
            return full_name.removeprefix(word + " ")
    return full_name


def _kind(gso_code: str, full_name: str) -> str:
    if len(gso_code) < 5:
        return "province" if len(gso_code) == 2 else "district"
    return next(
        (kind for word, kind in _COMMUNE_KINDS.items() if full_name.startswith(word)), "commune"
    )


@cache
def _all_units() -> tuple[UnitRow, ...]:
    codes = {_era_key(line): line for line in _lines("codes.csv")}
    now, before = _lines("units_2025.csv"), _lines("units_until_2025.csv")
    ended = {line["gso_code"] for line in before}
    found = [_unit(line, codes, ended=False, above_ended=False) for line in now]
    # A district of a province that went on unchanged stands under the province's only row.
    found += [
        _unit(line, codes, ended=True, above_ended=line["parent"] in ended) for line in before
    ]
    for line in _lines("departments.csv"):
        found.append(
            UnitRow(
                key=Key(line["code"], False),
                kind="department",
                name=line["full_name"],
                full_name=line["full_name"],
                parent=Key(line["parent"], False),
                valid_from=date.fromisoformat(line["since"]),
                valid_to=None,
                gso_code=None,
                code=line["code"],
            )
        )
    return tuple(found)


def _unit(
    line: dict[str, str], codes: dict[Key, dict[str, str]], *, ended: bool, above_ended: bool
) -> UnitRow:
    key = Key(line["gso_code"], ended)
    code = codes.get(key, {})
    since = line.get("since")
    return UnitRow(
        key=key,
        kind=_kind(key.code, line["full_name"]),
        name=bare_name(line["full_name"]),
        full_name=line["full_name"],
        parent=Key(line["parent"], above_ended) if line["parent"] else None,
        valid_from=date.fromisoformat(since) if since else None,
        valid_to=DISTRICTS_UNTIL if ended else None,
        gso_code=key.code,
        code=code.get("code"),
        code_assumed=code.get("assumed") == "1",
    )


@cache
def _mapped() -> tuple[SuccessionRow, ...]:
    return tuple(
        SuccessionRow(
            Key(line["old"], True),
            Key(line["new"], False),
            whole=line["coverage"] != "part",
            is_main=line["main"] != "0",
            derived=False,
        )
        for line in _lines("successions_2025.csv")
    )


@cache
def _derived() -> tuple[SuccessionRow, ...]:
    """Heirs of districts and merged provinces, from those of their communes.

    The main heir of a district is the commune that kept its name, else the one its town went
    into, else the one most of its communes went into: somebody must continue its open dossiers.
    """
    units_by_key = {row.key: row for row in _all_units()}
    mapped_directly = {row.predecessor for row in _mapped()}
    heirs: defaultdict[Key, Counter[Key]] = defaultdict(Counter)
    for row in _mapped():
        above, target = units_by_key[row.predecessor].parent, row.successor
        while above is not None:
            if units_by_key[above].kind == "province":
                province = units_by_key[row.successor].parent
                assert province is not None  # noqa: S101 - communes stand under provinces
                target = province
            weight = 1000 * (units_by_key[row.predecessor].kind == "township") + 1
            if above.ended and above not in mapped_directly:
                heirs[above][target] += weight * row.is_main
            above = units_by_key[above].parent
    rows = []
    for old, counted in heirs.items():
        bare = units_by_key[old].name.casefold()
        main = max(
            counted, key=lambda key: (units_by_key[key].name.casefold() == bare, counted[key], key)
        )
        rows += [SuccessionRow(old, new, len(counted) == 1, new == main, True) for new in counted]
    return tuple(rows)


def _everything_of(provinces: Collection[str]) -> set[Key]:
    """The named provinces of today, all in them, and all that went into them."""
    wanted = {Key(code, False) for code in provinces}
    wanted |= {row.key for row in _all_units() if row.parent in wanted}
    before = {row.predecessor for row in (*_mapped(), *_derived()) if row.successor in wanted}
    return wanted | before


def check_closed() -> list[str]:
    """What does not hold together in the files; empty when every name leads to a unit."""
    keys = {row.key for row in _all_units()}
    wrong = [
        f"parent of {row.key}" for row in _all_units() if row.parent and row.parent not in keys
    ]
    for row in (*_mapped(), *_derived()):
        wrong += [f"succession {row}" for key in row[:2] if key not in keys]
    return wrong
