"""Data directories of their own for the launcher's tests, whoever runs them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from vidan.config.launch.places import make_home
from vidan.config.launch.postgres import Cluster

MakeCluster = Callable[[Path], Cluster]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that PostgreSQL's account can walk to (pytest's own are closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="vidan-launch-"))
    folder.chmod(0o711)
    yield folder
    for note in folder.rglob("pg/location"):
        shutil.rmtree(note.read_text("utf-8").strip(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_cluster() -> Iterator[MakeCluster]:
    """Makes a PostgreSQL for a data directory; all of them are stopped at the end."""
    with ExitStack() as stack:

        def make(home: Path) -> Cluster:
            make_home(home)
            cluster = Cluster(home, log=home / "logs" / "postgres.log")
            stack.callback(cluster.stop)
            return cluster

        yield make


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """Ours, without what the test run set for itself."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("VIDAN_", "PYTEST_", "PG")) and name != "DATABASE_URL"
    }
