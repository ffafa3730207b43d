"""The ledger and the files are proved on the tables of an office at work."""

from __future__ import annotations

from tests.office import *  # noqa: F403
