"""The desk on a Monday at 09:12: the office is open, and pages come from its own addresses."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from tests.office import *  # noqa: F403
from tests.sites.at_the_door import office_clock

from vidan.dossiers.models import Dossier
from vidan.people.models import User

__all__ = ["office_clock"]

Press = Callable[..., Any]


def text(answer: Any) -> str:
    """What a person reads, and the markup around it."""
    return str(answer.content.decode())


@pytest.fixture
def press(signed_in: Callable[[User], Client]) -> Press:
    """Press a verb's button on the page as it is now (or as it was at version ``seen``)."""

    def click(
        user: User, dossier: Dossier, verb: str, *, seen: int | None = None, **more: str
    ) -> Any:
        version = Dossier.objects.get(pk=dossier.pk).version if seen is None else seen
        return signed_in(user).post(
            f"/can-bo/ho-so/{dossier.code}/{verb}/", {"seen": str(version), **more}
        )

    return click


@pytest.fixture
def photo() -> bytes:
    """A photographed page."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return out.getvalue()
