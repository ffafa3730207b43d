"""What somebody may act as, at a moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vidan.people import access, actions
from vidan.people.rules.refusals import NotAllowed
from vidan.people.rules.roles import Role


def test_anh_receives_at_counter_two_of_ea_phe(anh, ea_phe, at):
    (capacity,) = access.capacities(anh, at)

    assert (capacity.role, capacity.unit, capacity.place) == (
        Role.RECEPTIONIST, ea_phe, "quầy 2",
    )  # fmt: skip
    assert capacity.on_behalf_of is None
    assert capacity.role_name == "Cán bộ tiếp nhận"


def test_a_post_counts_from_its_first_moment_to_just_before_its_end(anh, at):
    post = anh.posts.get()
    actions.end_post(by=None, post_id=post.pk, at=at)

    assert access.capacities(anh, at - timedelta(microseconds=1))
    assert access.capacities(anh, at) == []
    assert access.capacities(anh, post.valid_from)
    assert access.capacities(anh, post.valid_from - timedelta(microseconds=1)) == []


def test_a_delegated_post_names_the_one_who_lent_it(phuc, huong, ea_phe, at):
    actions.delegate(
        by=phuc, post_id=phuc.posts.get().pk, to_id=huong.pk, document="12/GUQ-UBND",
        valid_from=at, valid_to=at + timedelta(days=2), at=at,
    )  # fmt: skip

    own, lent = access.capacities(huong, at)
    assert (own.role, lent.role) == (Role.SPECIALIST, Role.LEADER)
    assert (lent.on_behalf_of, lent.unit) == (phuc, ea_phe)
    assert lent.by().on_behalf == phuc.key
    assert len(access.capacities(huong, at + timedelta(days=2))) == 1


def test_a_delegation_ends_with_the_post_it_lends(phuc, huong, at):
    post = phuc.posts.get()
    actions.delegate(
        by=phuc, post_id=post.pk, to_id=huong.pk, document="12/GUQ-UBND",
        valid_from=at, valid_to=at + timedelta(days=2), at=at,
    )  # fmt: skip
    actions.end_post(by=None, post_id=post.pk, at=at + timedelta(hours=1))

    assert len(access.capacities(huong, at + timedelta(hours=1))) == 1


def test_everything_is_known_after_two_queries(cast, at):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        access.capacities(cast["anh"], at)[0].unit.name  # noqa: B018
    assert len(queries) == 2


def test_a_closed_account_is_nothing(anh, at):
    actions.deactivate(by=None, user_id=anh.pk, at=at)
    anh.refresh_from_db()

    assert access.capacities(anh, at) == []


def test_a_missing_role_is_refused_by_name(anh, at):
    with pytest.raises(NotAllowed) as refusal:
        access.capacity_in(anh, [Role.LEADER], at)
    assert refusal.value.roles == (Role.LEADER,)
