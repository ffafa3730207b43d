"""What every test may ask for. The database comes from ``tests.harness``, lazily per worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.cast import *  # noqa: F403 - the people of the tests are fixtures
from tests.harness import chromium, emptying

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied() -> None:
    emptying.allow()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's program; a test that needs it is skipped, and counted, where there is none."""
    place = chromium.find()
    if place is None:
        pytest.skip("no Chromium on this machine")
    return place


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A headless Chromium for the session; mark such tests ``browser``."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
        yield running
        running.close()


@pytest.fixture(autouse=True, scope="session")
def _tests_may_empty_append_only_tables() -> Iterator[None]:
    """Between transactional tests Django empties every table, also those that refuse it."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    empty = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, statements: list[str]) -> None:
        off, on = "SET session_replication_role = replica", "RESET session_replication_role"
        empty(self, [off, *statements, on])

    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
    yield
    DatabaseOperations.execute_sql_flush = empty  # type: ignore[method-assign]
