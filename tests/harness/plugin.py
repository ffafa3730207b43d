"""The first thing pytest loads: before Django reads its settings, they point at a run of our own.

The process that was started makes the data directory and runs PostgreSQL; xdist's workers
inherit both through the environment, and pytest-django gives each its own database.
``DATABASE_URL``, where it is set, names another PostgreSQL to test against.
"""

from __future__ import annotations

import atexit
import os
from pathlib import Path

import pytest
from tests.harness import chromium, database

from vidan.config.launch.postgres import Cluster

_OURS = database.BASE not in os.environ
_EXTERNAL = _OURS and bool(os.environ.get("DATABASE_URL"))
_servers: list[Cluster] = []


def _begin() -> None:
    base = database.make_base()
    os.environ[database.BASE] = str(base)
    os.environ["VIDAN_TEST"] = "1"
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[2] / "src")  # for commands
    os.environ["VIDAN_HOME"] = str(base / "home")
    for name in ("VIDAN_DEMO", "VIDAN_CLOCK", "VIDAN_CLOCK_STARTED", "VIDAN_STATIC_MANIFEST"):
        os.environ.pop(name, None)
    server = database.cluster(base)
    if _EXTERNAL:
        return
    # The address is known before the server runs: settings may be read, connections come later.
    os.environ["DATABASE_URL"] = server.plan()
    _servers.append(server)


def _end(process: int) -> None:
    if os.getpid() != process:  # a fork of ours that ends
        return
    while _servers:
        _servers.pop().stop()
    if base := os.environ.pop(database.BASE, ""):
        database.remove(Path(base))


if _OURS:
    # Also when pytest ends before its hooks: a broken import, a wrong option.
    atexit.register(_end, os.getpid())
    _begin()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long",
        action="store_true",
        help="also run the tests marked long: kills, soaks, big property runs",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if not session.config.option.collectonly:
        for server in _servers:
            server.start()
            database.prepare(server)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Browser tests that could not run are said aloud and counted, not hidden among skips."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "browser" in report.keywords
    ]
    if skipped and chromium.find() is None:
        terminalreporter.section("BROWSER TESTS NOT RUN", red=True, bold=True)
        terminalreporter.line(
            f"{len(skipped)} browser tests were skipped: no Chromium on this machine "
            "(apt-get install chromium, or VIDAN_CHROMIUM=/path/to/chromium).",
            red=True,
        )


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if _OURS:
        _end(os.getpid())
