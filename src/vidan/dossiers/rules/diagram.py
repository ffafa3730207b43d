"""The table of moves as a picture and as a list of rights: what the manual shows. Pure.

``python -m vidan.dossiers.rules.diagram`` prints both; the manual's pages hold them word for word.
"""

from __future__ import annotations

from collections.abc import Iterator

from vidan.dossiers.rules.lifecycle import (
    MOVES,
    OPEN_STEPS,
    RECEIVING_ROLES,
    STATUS_AT,
    Action,
    Move,
    Step,
)
from vidan.people.rules.roles import Role

FIRST = OPEN_STEPS[0]


def lifecycle() -> str:
    """The steps and verbs as a Mermaid state diagram; a step carries its national status code."""
    steps = (f"    {step}: {step} ({STATUS_AT[step].value})" for step in Step)
    begin = f"    [*] --> {FIRST}: {Action.RECEIVE} / {_names(RECEIVING_ROLES)}"
    arrows = (
        f"    {source} --> {target}: {action} / {_names(move.roles[source])}"
        for action, move in MOVES.items()
        for source, target in move.paths.items()
    )
    ends = (f"    {step} --> [*]" for step in _ends())
    return "\n".join(("stateDiagram-v2", *steps, begin, *arrows, *ends))


def rights() -> str:
    """Who may do what from which step, as a Markdown table: a line per verb and step."""
    head = ("Verb", "From step", "To step", "Role", "Condition")
    first = (f"`{Action.RECEIVE}`", "", f"`{FIRST}`", _names(RECEIVING_ROLES), "")
    moves = (
        (f"`{action}`", f"`{source}`", f"`{target}`", _names(move.roles[source]), _condition(move))
        for action, move in MOVES.items()
        for source, target in move.paths.items()
    )
    rows = (head, ("---",) * len(head), first, *moves)
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _condition(move: Move) -> str:
    said = []
    if move.needs_reason:
        said.append("with a reason")
    if move.own_last_move_only:
        said.append("own last move only")
    if move.final:
        said.append("final")
    return ", ".join(said)


def _names(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.value for role in roles))


def _ends() -> Iterator[Step]:
    leaving = {source for move in MOVES.values() for source in move.paths}
    return (step for step in Step if step not in leaving)


if __name__ == "__main__":
    print(lifecycle(), rights(), sep="\n\n")
