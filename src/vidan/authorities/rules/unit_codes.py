"""Codes of organisations: ``H15``, ``H15.131``, ``H15.50.05.13``; old ``000.00.01.H15``.

Decision 20/2020/QĐ-TTg, amended by Decision 09/2025/QĐ-TTg: a letter and two digits, then deeper
levels after dots. Communes have three digits since 2025. The form used before it runs the other
way round and still stands inside old dossier codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from vidan.authorities.rules.explained import N_, Explained

MAX_LENGTH = 35
DEEPEST = 3
# Also the database's check; ``[0-9]`` because ``\d`` would take digits of other scripts.
PATTERN = r"^[A-Z][0-9]{2}(\.[0-9]{2,3}){0,3}$"
OLD_PATTERN = r"^[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}$"

_ROOT = re.compile(r"[A-Z][0-9]{2}")
_BRANCH = re.compile(r"[0-9]{2,3}")
_OLD = re.compile(OLD_PATTERN)


class UnitCodeRefused(Explained):
    """The text is not an organisation code; ``explanation`` says which part and how to write it."""


@dataclass(frozen=True, slots=True)
class UnitCode:
    """A code in its parts: ``H15.50.05`` has root ``H15`` and branches ``("50", "05")``.

    ``old`` codes keep all three of their groups, from the top down: ``000.00.01.H15`` has
    branches ``("01", "00", "000")``, where zeros mean "no such level".
    """

    root: str
    branches: tuple[str, ...] = ()
    old: bool = False

    def __str__(self) -> str:
        if self.old:
            return ".".join((*reversed(self.branches), self.root))
        return ".".join((self.root, *self.branches))

    @property
    def depth(self) -> int:
        """0 for a province or ministry, 1 for what stands right below it, and so on."""
        levels = [branch.strip("0") for branch in self.branches] if self.old else self.branches
        return max((place for place, level in enumerate(levels, 1) if level), default=0)

    @property
    def parent(self) -> Self | None:
        """The code one level up; ``None`` for a province or ministry."""
        depth = self.depth
        if depth == 0:
            return None
        if not self.old:
            return type(self)(self.root, self.branches[:-1])
        groups = list(self.branches)
        groups[depth - 1] = "0" * len(groups[depth - 1])
        return type(self)(self.root, tuple(groups), old=True)

    def is_below(self, other: UnitCode) -> bool:
        """Whether this code stands somewhere under ``other`` (codes of one form only)."""
        above = self.parent
        while above is not None:
            if above == other:
                return True
            above = above.parent
        return False


def parse(text: str) -> UnitCode:
    """The code in ``text``; spaces around it and small letters are forgiven.

    Raises ``UnitCodeRefused`` saying which part is wrong.
    """
    code = text.strip().upper()
    if not code:
        raise UnitCodeRefused(N_("Chưa nhập mã cơ quan. Ví dụ: H15.131."))
    if len(code) > MAX_LENGTH:
        raise UnitCodeRefused(
            N_("Mã cơ quan có tối đa %(most)s ký tự, mã này có %(length)s."),
            most=MAX_LENGTH,
            length=len(code),
        )
    if _OLD.match(code):
        *groups, root = code.split(".")
        return UnitCode(root, tuple(reversed(groups)), old=True)
    root, *branches = code.split(".")
    if not _ROOT.fullmatch(root):
        raise UnitCodeRefused(
            N_(
                "Mã cơ quan bắt đầu bằng một chữ cái và hai chữ số, ví dụ H15;"
                " “%(part)s” chưa đúng. Mã kiểu cũ viết như 000.00.01.H15."
            ),
            part=root,
        )
    if len(branches) > DEEPEST:
        raise UnitCodeRefused(
            N_("Mã cơ quan có tối đa %(most)s cấp sau %(root)s, mã này có %(count)s."),
            most=DEEPEST,
            root=root,
            count=len(branches),
        )
    for branch in branches:
        if not _BRANCH.fullmatch(branch):
            raise UnitCodeRefused(
                N_("Sau mỗi dấu chấm là 2 hoặc 3 chữ số; “%(part)s” trong mã %(code)s chưa đúng."),
                part=branch,
                code=code,
            )
    return UnitCode(root, tuple(branches))
