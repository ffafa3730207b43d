"""Load units and the working calendar from the project's data files."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vidan.authorities import actions
from vidan.authorities.actions import Loaded


class Command(BaseCommand):
    help = "Load provinces, communes, their predecessors and the calendar; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="read the files even if unchanged")

    def handle(self, *args: Any, force: bool = False, **options: Any) -> None:
        self._say("Đơn vị", actions.load_units(force=force))
        self._say("Lịch làm việc", actions.load_calendar(force=force))

    def _say(self, what: str, loaded: Loaded) -> None:
        if loaded.skipped:
            self.stdout.write(f"{what}: đã có bản mới nhất.")
        else:
            self.stdout.write(f"{what}: thêm {loaded.created}, sửa {loaded.changed}.")
