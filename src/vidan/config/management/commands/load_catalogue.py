"""Publish the catalogue's files: what is new becomes a version, what is known stays."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from vidan.kernel import clock
from vidan.procedures.actions import publish_catalogue


class Command(BaseCommand):
    help = "Publish the project's catalogue of procedures; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for version in publish_catalogue(at=clock.now()):
            self.stdout.write(f"{version.procedure.code} bản {version.number}")
