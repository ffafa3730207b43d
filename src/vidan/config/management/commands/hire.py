"""Open the first account of a unit: somebody has to be there to hire the others."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vidan.authorities import queries as authorities
from vidan.authorities.rules.explained import Explained
from vidan.kernel import clock
from vidan.people import actions
from vidan.people.rules.roles import Role


class Command(BaseCommand):
    help = "Open a staff account with its first post; prints the password to be changed at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login")
        parser.add_argument("name")
        parser.add_argument("--unit", required=True, help="H15.158")
        parser.add_argument(
            "--role",
            choices=[role.value for role in Role],
            default=Role.UNIT_ADMINISTRATOR.value,
        )

    def handle(self, *args: Any, login: str, name: str, unit: str, role: str, **more: Any) -> None:
        now = clock.now()
        try:
            hired = actions.hire(
                by=None,
                unit=authorities.unit_by_code(unit, on=now.date()),
                role=Role(role),
                username=login,
                full_name=name,
                at=now,
            )
        except Explained as refusal:
            raise CommandError(refusal.explanation) from None
        self.stdout.write(f"{hired.user.username}: {hired.first_password}")
