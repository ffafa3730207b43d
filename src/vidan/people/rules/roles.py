"""The posts a person can hold, what they are called, and where they can be held.

Roles kept apart follow the one-stop decree (118/2025/NĐ-CP): where a dossier is received, where it
is resolved and who signs are different people, even when one small commune has few of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from vidan.authorities.rules.explained import N_


class Role(StrEnum):
    """What somebody may do at one unit; a person may hold several, at several units."""

    RECEPTIONIST = "receptionist"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CASHIER = "cashier"
    RETURNER = "returner"
    UNIT_ADMINISTRATOR = "unit_administrator"
    REFORM_OFFICER = "reform_officer"
    INSPECTOR = "inspector"
    OUTSIDE_MONITOR = "outside_monitor"
    OPERATOR = "operator"


# The Vietnamese names are message ids: screens translate them with gettext.
NAMES: Mapping[Role, str] = {
    Role.RECEPTIONIST: N_("Cán bộ tiếp nhận"),
    Role.SPECIALIST: N_("Chuyên viên"),
    Role.LEADER: N_("Lãnh đạo"),
    Role.CASHIER: N_("Cán bộ thu tiền"),
    Role.RETURNER: N_("Cán bộ trả kết quả"),
    Role.UNIT_ADMINISTRATOR: N_("Quản trị đơn vị"),
    Role.REFORM_OFFICER: N_("Cán bộ cải cách hành chính"),
    Role.INSPECTOR: N_("Thanh tra"),
    Role.OUTSIDE_MONITOR: N_("Giám sát bên ngoài"),
    Role.OPERATOR: N_("Vận hành hệ thống"),
}

# Those who sign, or who decide what others may do, need a second factor (ASVS 5.0, 6.3.3).
NEEDS_SECOND_FACTOR = frozenset({Role.LEADER, Role.UNIT_ADMINISTRATOR, Role.OPERATOR})

# A post that acts in the unit's name may be delegated for some days; watching over it may not.
MAY_BE_DELEGATED = frozenset({Role.LEADER})

# Who meets citizens at the counter has a place there ("quầy 2").
AT_THE_COUNTER = frozenset({Role.RECEPTIONIST, Role.CASHIER, Role.RETURNER})

OFFICERS = frozenset({Role.RECEPTIONIST, Role.SPECIALIST, Role.LEADER, Role.CASHIER, Role.RETURNER})
WATCHERS = frozenset({Role.INSPECTOR, Role.OUTSIDE_MONITOR})

# Chosen by the province, never by the unit they watch over or run.
GIVEN_FROM_ABOVE = WATCHERS | {Role.OPERATOR}

_COMMUNAL = frozenset({"district", "commune", "ward", "township", "special_zone"})
_SERVING = _COMMUNAL | {"province", "department"}

HELD_AT: Mapping[Role, frozenset[str]] = {
    **dict.fromkeys(Role, _SERVING),
    Role.INSPECTOR: frozenset({"province", "department", "district"}),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two posts that one person should not hold at one unit, and why."""

    one: Role
    other: Role
    why: str
    forbidden: bool


CONFLICTS: tuple[Conflict, ...] = (
    *(
        Conflict(watcher, officer, N_("Người giám sát không làm việc mà mình giám sát."), True)
        for watcher in sorted(WATCHERS)
        for officer in sorted(OFFICERS)
    ),
    Conflict(
        Role.SPECIALIST,
        Role.LEADER,
        N_("Người đề xuất và người ký nên là hai người khác nhau."),
        False,
    ),
    Conflict(
        Role.RECEPTIONIST,
        Role.CASHIER,
        N_("Người tính tiền và người giữ tiền nên là hai người khác nhau."),
        False,
    ),
    Conflict(
        Role.UNIT_ADMINISTRATOR,
        Role.LEADER,
        N_("Người cấp quyền và người ký nên là hai người khác nhau."),
        False,
    ),
)


def may_be_held_at(role: Role, unit_kind: str) -> bool:
    """Whether a unit of this kind has such a post (an inspector watches from above a commune)."""
    return unit_kind in HELD_AT[role]


def conflicts(wanted: Role, held: Iterable[Role]) -> list[Conflict]:
    """Every conflict between a new post and the posts already held at the same unit.

    A ``forbidden`` one refuses the post; the others are hints for the unit administrator, since
    a small commune may have nobody else.
    """
    already = set(held)
    return [
        conflict
        for conflict in CONFLICTS
        if (conflict.one == wanted and conflict.other in already)
        or (conflict.other == wanted and conflict.one in already)
    ]
