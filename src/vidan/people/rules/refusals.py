"""What is said when something is not accepted, in any language: a message id and its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vidan.authorities.rules.explained import N_, Explained
from vidan.people.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to look at twice, said the same way as a refusal."""

    template: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return self.template % self.params if self.params else self.template


class NotAllowed(Explained):
    """The person has no post for this; ``roles`` says which ones would do."""

    def __init__(self, template: str, *, roles: tuple[Role, ...] = (), **params: object) -> None:
        super().__init__(template, **params)
        self.roles = roles


class Unknown(Explained):
    """There is no such row, or it may not be seen: the answer is the same for both."""

    def __init__(self) -> None:
        super().__init__(N_("Không tìm thấy, hoặc không thuộc phạm vi được xem."))


class StaffRefused(Explained):
    """Something about a staff account, a post or a delegation cannot be so."""


class SubjectRefused(Explained):
    """What was given about an applicant cannot be accepted; ``field`` says which part."""

    def __init__(self, template: str, *, field: str, **params: object) -> None:
        super().__init__(template, **params)
        self.field = field
