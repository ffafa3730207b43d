"""How an upper area hears of a lower area's event, in the same transaction.

``config/wiring.py`` is the only caller of ``subscribe``: all reactions stand on one page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Reaction = Callable[[Any], None]
_reactions: defaultdict[str, list[Reaction]] = defaultdict(list)


def subscribe(event: str, reaction: Reaction) -> None:
    """Call ``reaction(event_row)`` inside the transaction of every event ``area.kind``."""
    if reaction not in _reactions[event]:
        _reactions[event].append(reaction)


def publish(name: str, event: Any) -> None:
    """Tell everybody wired to ``name``; a reaction that fails undoes the whole verb."""
    for reaction in _reactions.get(name, ()):
        reaction(event)
