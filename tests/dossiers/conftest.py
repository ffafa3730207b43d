"""The office is open: see ``tests.office``."""

from __future__ import annotations

from tests.office import *  # noqa: F403
