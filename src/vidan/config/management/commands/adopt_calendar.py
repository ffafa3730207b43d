"""Let a unit and those below it work by a provisional calendar, or stop doing so."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vidan.authorities import actions
from vidan.authorities import queries as authorities
from vidan.authorities.rules.explained import Explained
from vidan.kernel import clock
from vidan.kernel.ledger import By


class Command(BaseCommand):
    help = "Adopt the provisional calendar of a year that has no notice yet, units below included."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("unit", help="H15")
        parser.add_argument("year", type=int, help="2027")
        parser.add_argument("--end", action="store_true", help="take the adoption back")

    def handle(self, *args: Any, unit: str, year: int, end: bool = False, **more: Any) -> None:
        now = clock.now()
        try:
            who = authorities.unit_by_code(unit, on=now.date())
            if end:
                actions.end_provisional_year(who, year, by=By(), at=now)
            else:
                actions.adopt_provisional_year(who, year, by=By(), at=now)
        except Explained as refusal:
            raise CommandError(refusal.explanation) from None
        name = authorities.display_name(who)
        if end:
            self.stdout.write(f"{name}: thôi dùng lịch tạm tính năm {year}.")
        else:
            self.stdout.write(f"{name}: dùng lịch tạm tính năm {year} đến khi có thông báo.")
