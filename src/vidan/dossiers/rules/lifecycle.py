"""The life of a dossier as one table of moves; buttons, diagram and tests are drawn from it. Pure.

Status codes are the ten of the national portal (facts 2.6); a step is where inside the office a
dossier stands, and it alone decides the status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType

from vidan.people.rules.roles import Role


class Status(IntEnum):
    """The national status codes that a dossier of this office can carry."""

    NEW = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    PROCESSING = 4
    AWAITING_PAPERS = 5
    AWAITING_PAYMENT = 6
    WITHDRAWAL_ASKED = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10


class Step(StrEnum):
    """Where a dossier stands inside the office."""

    QUEUED = "queued"
    CHECKING = "checking"
    SIGNING = "signing"
    ISSUING = "issuing"
    READY = "ready"
    RETURNED = "returned"


class Action(StrEnum):
    """The verbs; the value is the verb's address and the event's kind."""

    RECEIVE = "receive"
    START = "start"
    PROPOSE = "propose"
    APPROVE = "approve"
    RETURN_TO_STEP = "return-to-step"
    TAKE_BACK = "take-back"
    ISSUE = "issue"
    HAND_OVER = "hand-over"


STATUS_AT: Mapping[Step, Status] = MappingProxyType(
    {
        Step.QUEUED: Status.RECEIVED,
        Step.CHECKING: Status.PROCESSING,
        Step.SIGNING: Status.PROCESSING,
        Step.ISSUING: Status.PROCESSING,
        Step.READY: Status.FINISHED,
        Step.RETURNED: Status.RETURNED,
    }
)

OPEN_STEPS = (Step.QUEUED, Step.CHECKING, Step.SIGNING, Step.ISSUING)


@dataclass(frozen=True, slots=True)
class Move:
    """From which steps a verb leads where, and which roles may do it there."""

    paths: Mapping[Step, Step]
    roles: Mapping[Step, frozenset[Role]]
    needs_reason: bool = False
    own_last_move_only: bool = False
    """Only the person whose move it was may undo it, and only while it is the last one."""
    final: bool = field(default=False)


def _by(*roles: Role, **paths: Step) -> Move:
    steps = {Step(source): target for source, target in paths.items()}
    return Move(MappingProxyType(steps), MappingProxyType({s: frozenset(roles) for s in steps}))


MOVES: Mapping[Action, Move] = MappingProxyType(
    {
        Action.START: _by(Role.SPECIALIST, queued=Step.CHECKING),
        Action.PROPOSE: _by(Role.SPECIALIST, checking=Step.SIGNING),
        Action.APPROVE: _by(Role.LEADER, signing=Step.ISSUING),
        Action.RETURN_TO_STEP: Move(
            paths=MappingProxyType({Step.SIGNING: Step.CHECKING}),
            roles=MappingProxyType({Step.SIGNING: frozenset({Role.LEADER})}),
            needs_reason=True,
        ),
        Action.TAKE_BACK: Move(
            paths=MappingProxyType(
                {
                    Step.CHECKING: Step.QUEUED,
                    Step.SIGNING: Step.CHECKING,
                    Step.ISSUING: Step.SIGNING,
                    Step.READY: Step.ISSUING,
                }
            ),
            roles=MappingProxyType(
                {
                    Step.CHECKING: frozenset({Role.SPECIALIST}),
                    Step.SIGNING: frozenset({Role.SPECIALIST}),
                    Step.ISSUING: frozenset({Role.LEADER}),
                    Step.READY: frozenset({Role.SPECIALIST}),
                }
            ),
            own_last_move_only=True,
        ),
        Action.ISSUE: _by(Role.SPECIALIST, issuing=Step.READY),
        Action.HAND_OVER: Move(
            paths=MappingProxyType({Step.READY: Step.RETURNED}),
            roles=MappingProxyType({Step.READY: frozenset({Role.RETURNER})}),
            final=True,
        ),
    }
)

RECEIVING_ROLES = frozenset({Role.RECEPTIONIST})
_UNDONE_BY: Mapping[Step, Action] = MappingProxyType(
    {
        Step.CHECKING: Action.START,
        Step.SIGNING: Action.PROPOSE,
        Step.ISSUING: Action.APPROVE,
        Step.READY: Action.ISSUE,
    }
)


class MoveRefused(ValueError):
    """The dossier does not stand where this verb begins."""

    def __init__(self, step: Step, action: Action) -> None:
        super().__init__(f"{action} from {step}")
        self.step, self.action = step, action


def after(step: Step, action: Action) -> Step:
    """Where ``action`` leads from ``step``. Raises ``MoveRefused``."""
    try:
        return MOVES[action].paths[step]
    except KeyError:
        raise MoveRefused(step, action) from None


def roles_for(step: Step, action: Action) -> frozenset[Role]:
    """Who may do ``action`` at ``step``; nobody where the table has no such move."""
    return MOVES[action].roles.get(step, frozenset())


def undoes(step: Step, last_action: str) -> bool:
    """Whether the last move is the one that brought the dossier to ``step``: it may be undone."""
    return _UNDONE_BY.get(step) == last_action


def offered(step: Step, roles: frozenset[Role]) -> tuple[Action, ...]:
    """The verbs a screen may offer to somebody with these roles, in the table's order."""
    return tuple(action for action in MOVES if roles_for(step, action) & roles)
