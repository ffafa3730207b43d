"""The table of moves, written down a second time and walked at random."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from vidan.dossiers.rules.lifecycle import (
    MOVES,
    OPEN_STEPS,
    STATUS_AT,
    Action,
    MoveRefused,
    Status,
    Step,
    after,
    offered,
    roles_for,
    undoes,
)
from vidan.people.rules.roles import Role

# (verb, from, to, by whom): every move there is, and no other.
TABLE = {
    ("start", "queued", "checking", "specialist"),
    ("propose", "checking", "signing", "specialist"),
    ("approve", "signing", "issuing", "leader"),
    ("return-to-step", "signing", "checking", "leader"),
    ("issue", "issuing", "ready", "specialist"),
    ("hand-over", "ready", "returned", "returner"),
    ("take-back", "checking", "queued", "specialist"),
    ("take-back", "signing", "checking", "specialist"),
    ("take-back", "issuing", "signing", "leader"),
    ("take-back", "ready", "issuing", "specialist"),
}
VERBS = [action for action in Action if action is not Action.RECEIVE]


def test_the_moves_are_these_and_no_others():
    assert {
        (action.value, source.value, target.value, role.value)
        for action, move in MOVES.items()
        for source, target in move.paths.items()
        for role in move.roles[source]
    } == TABLE


@pytest.mark.parametrize(("action", "step"), list(product(VERBS, Step)))
def test_every_other_verb_is_refused_there(action, step):
    target = {to for verb, source, to, _role in TABLE if (verb, source) == (action, step)}
    if target:
        assert {after(step, action)} == target
    else:
        with pytest.raises(MoveRefused):
            after(step, action)
        assert roles_for(step, action) == frozenset()


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("queued", 2), ("checking", 4), ("signing", 4), ("issuing", 4), ("ready", 9),
        ("returned", 10),
    ],
)  # fmt: skip
def test_a_step_alone_decides_the_national_status(step, status):
    assert STATUS_AT[Step(step)] == Status(status)


def test_nothing_leads_out_of_the_end():
    assert not any(source == "returned" for _verb, source, *_rest in TABLE)
    assert Step.RETURNED not in OPEN_STEPS
    assert Step.READY not in OPEN_STEPS


@pytest.mark.parametrize(("step", "role"), list(product(Step, Role)))
def test_a_screen_offers_what_the_table_allows(step, role):
    expected = {verb for verb, source, _to, who in TABLE if (source, who) == (step, role)}
    assert {action.value for action in offered(step, frozenset({role}))} == expected


def test_only_the_last_move_itself_is_undone():
    undone = {(step.value, a.value) for step, a in product(Step, Action) if undoes(step, a)}
    assert undone == {
        ("checking", "start"), ("signing", "propose"), ("issuing", "approve"), ("ready", "issue"),
    }  # fmt: skip


class Walk(RuleBasedStateMachine):
    """Any verb at any moment: the step is always one of the table's, and the end is the end."""

    def __init__(self) -> None:
        super().__init__()
        self.step = Step.QUEUED

    @rule(action=st.sampled_from(VERBS))
    def try_it(self, action: Action) -> None:
        allowed = {to for verb, source, to, _role in TABLE if (verb, source) == (action, self.step)}
        if allowed:
            self.step = after(self.step, action)
            assert {self.step} == allowed
        else:
            with pytest.raises(MoveRefused) as refusal:
                after(self.step, action)
            assert (refusal.value.step, refusal.value.action) == (self.step, action)

    @precondition(lambda self: self.step is not Step.RETURNED)
    @rule()
    def somebody_always_has_something_to_do(self) -> None:
        forward = [a for a in offered(self.step, frozenset(Role)) if a is not Action.TAKE_BACK]
        assert forward

    @invariant()
    def the_status_follows(self) -> None:
        assert (STATUS_AT[self.step] is Status.RETURNED) == (self.step is Step.RETURNED)


Walk.TestCase.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestWalk = Walk.TestCase
