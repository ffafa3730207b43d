"""Opening the demo's accounts: through the verbs, with passwords of this installation alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from vidan.authorities import queries as authorities
from vidan.authorities.models import Unit
from vidan.config.demo.cast import STAFF, Citizen, Staff
from vidan.people import actions
from vidan.people.actions import PersonData
from vidan.people.models import Person, Post, User
from vidan.people.rules import births, roles

_SYLLABLES = (
    "nang",
    "suong",
    "gio",
    "may",
    "doi",
    "rung",
    "song",
    "cau",
    "lua",
    "mua",
    "sen",
    "tre",
)
TOKEN_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Account:
    """What ``demo.json`` says of one person."""

    staff: Staff
    user: User
    password: str
    token: str

    def as_json(self) -> dict[str, str]:
        role, unit, place = self.staff.posts[0]
        return {
            "name": self.staff.name,
            "role": role.value,
            "role_name": roles.NAMES[role],
            "unit": unit,
            "place": place,
            "login": self.staff.login,
            "password": self.password,
            "token": self.token,
        }


def open_accounts(*, at: datetime, posts_from: datetime) -> list[Account]:
    """Every account of the cast, with a fresh password and API token. Safe to run again."""
    return [_open(staff, at, posts_from) for staff in STAFF]


def _open(staff: Staff, at: datetime, posts_from: datetime) -> Account:
    units = {code: authorities.unit_by_code(code, on=at.date()) for _, code, _ in staff.posts}
    user = User.objects.filter(username=staff.login).first()
    if user is None:
        role, code, place = staff.posts[0]
        user = actions.hire(
            by=None,
            unit=units[code],
            role=role,
            username=staff.login,
            full_name=staff.name,
            at=at,
            place=place,
            valid_from=posts_from,
        ).user
    for role, code, place in staff.posts[1:]:
        if not Post.objects.filter(user=user, unit=units[code], role=role).exists():
            actions.give_post(
                by=None,
                user_id=user.pk,
                unit=units[code],
                role=role,
                at=at,
                place=place,
                valid_from=posts_from,
                confirmed=True,
            )
    password = (
        "-".join(secrets.choice(_SYLLABLES) for _ in range(5)) + f"-{secrets.randbelow(90) + 10}"
    )
    user.set_password(password)
    user.must_change_password, user.initial_password_until = False, None
    user.save()
    token = actions.issue_api_token(
        by=user, user_id=user.pk, name="demo", lasts=TOKEN_LASTS, at=at
    )[1]
    return Account(staff, user, password, token)


def person(citizen: Citizen, *, officer: User, unit: Unit, at: datetime) -> Person:
    """The citizen's record, made once: the identity number finds it again."""
    return actions.register_person(
        PersonData(
            full_name=citizen.name,
            birth=births.read(citizen.birth, today=at.date()),
            sex=citizen.sex,
            citizen_id=citizen.citizen_id,
            phone=citizen.phone,
            address=citizen.address,
        ),
        officer=officer,
        unit=unit,
        at=at,
    )
