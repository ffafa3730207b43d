"""Load the demo: reference data, catalogue, people, dossiers; ``demo.json`` comes last."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vidan.authorities import actions as authorities
from vidan.config.demo import people, story, years
from vidan.kernel import clock
from vidan.procedures.actions import publish_catalogue


class Command(BaseCommand):
    help = "Load the demo. May be stopped at any point and run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only with VIDAN_DEMO=1: the demo has known passwords.")
        now = clock.now()
        authorities.load_units()
        authorities.load_calendar()
        opened = now - timedelta(days=60)
        years.adopt(opened=opened, now=now)
        publish_catalogue(at=now)
        accounts = people.open_accounts(at=now, posts_from=opened)
        staff = {account.staff.login: account.user for account in accounts}
        made = story.tell(staff, now=now, progress=self.stdout.write)
        self._say_who(accounts)
        self.stdout.write(f"{made} dossiers")

    def _say_who(self, accounts: list[people.Account]) -> None:
        """Appear whole or not at all: the launcher takes the file for "the demo is complete"."""
        path = settings.HOME / "demo.json"
        draft = path.with_suffix(".part")
        text = json.dumps(
            {"base_url": settings.BASE_URL, "people": [a.as_json() for a in accounts]},
            ensure_ascii=False,
            indent=1,
        )
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(path)
