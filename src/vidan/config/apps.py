from __future__ import annotations

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Connects areas to each other once, when every model is loaded."""

    name = "vidan.config"
    label = "wiring"

    def ready(self) -> None:
        from vidan.config import wiring

        wiring.connect()
