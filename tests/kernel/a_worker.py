"""A worker as the launcher starts one, with a job that takes as long as the test wants."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from vidan.kernel import outbox  # noqa: E402

PLACE = Path(sys.argv[1])


@outbox.job("tests.slow")
def slow(words: str) -> None:
    """Says that it began; ends only when the test lets it."""
    (PLACE / "begun").touch()
    while not (PLACE / "quick").exists():
        time.sleep(0.05)
    (PLACE / "done").write_text(words)


call_command("procrastinate", "worker")
