from __future__ import annotations

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Connects areas to each other once, when every model is loaded; gives forms their words."""

    name = "vidan.config"
    label = "wiring"

    def ready(self) -> None:
        from vidan.config import wiring
        from vidan.sites import form_words

        wiring.connect()
        form_words.speak()
