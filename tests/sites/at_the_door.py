"""The office's clock on a Monday morning, the sign-in form, and what an authenticator app shows."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.cast import MONDAY, PASSWORD

from vidan.kernel.clock import ZONE

SIGN_IN = "/dang-nhap/"


@pytest.fixture(autouse=True)
def office_clock(settings: Any) -> Callable[[datetime], None]:
    """It is Monday 09:12 until somebody moves the hands."""
    cache.clear()

    def show(moment: datetime) -> None:
        settings.VIDAN_CLOCK = moment.isoformat()
        settings.VIDAN_CLOCK_STARTED = datetime.fromtimestamp(time.time(), ZONE).isoformat()

    show(MONDAY)
    return show


@pytest.fixture
def enter() -> Callable[..., Any]:
    """Fill in the sign-in form and press the button."""

    def press(client: Client, username: str, password: str = PASSWORD, **more: Any) -> Any:
        return client.post(SIGN_IN, {"login": username, "password": password, **more}, **{})

    return press


def code_now(secret: str, at: float | None = None) -> str:
    """The six digits an authenticator app shows (RFC 6238), computed on its own."""
    counter = int((time.time() if at is None else at) // 30)
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
