from __future__ import annotations

from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    name = "vidan.authorities"
    label = "authorities"
    default_auto_field = "django.db.models.BigAutoField"
