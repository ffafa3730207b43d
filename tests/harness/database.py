"""A throw-away data directory with its own PostgreSQL, for a test run or one command.

``python -m tests.harness.database COMMAND …`` runs one command with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from vidan.config.launch.places import make_home
from vidan.config.launch.postgres import Cluster

# Set for processes that belong to a test run: its data directory.
BASE = "VIDAN_TEST_BASE"


def make_base() -> Path:
    """A new folder for one run that every account may walk through, whatever TMPDIR's umask."""
    base = Path(tempfile.mkdtemp(prefix="vidan-test-"))
    base.chmod(0o711)
    return base


def remove(base: Path) -> None:
    """Remove a run's folder, and a database that had to lie outside it."""
    note = base / "home" / "pg" / "location"
    if note.exists():
        shutil.rmtree(note.read_text("utf-8").strip(), ignore_errors=True)
    shutil.rmtree(base, ignore_errors=True)


def cluster(base: Path) -> Cluster:
    """The run's PostgreSQL, not started; it need not survive a power cut."""
    home = base / "home"
    make_home(home)
    log = base / "postgres.log"
    return Cluster(home, log=log, durable=False, may_create_databases=True)


def prepare(server: Cluster) -> None:
    """Let the tests' role empty append-only tables between tests, as no other role may."""
    admin = server.url.replace("user=vidan&", "user=vidan_admin&")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("GRANT SET ON PARAMETER session_replication_role TO vidan")


@contextmanager
def throw_away() -> Iterator[dict[str, str]]:
    """The environment of a command that needs a database for a moment."""
    base = make_base()
    server = cluster(base)
    try:
        server.start()
        prepare(server)
        yield {
            **os.environ,
            "VIDAN_TEST": "1",
            "VIDAN_HOME": str(base / "home"),
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "vidan.config.settings",
        }
    finally:
        server.stop()
        remove(base)


def main() -> int:
    with throw_away() as environment, subprocess.Popen(sys.argv[1:], env=environment) as command:
        while True:
            try:
                return command.wait()
            except KeyboardInterrupt:  # the command was told too: it ends in its own way
                continue


if __name__ == "__main__":
    sys.exit(main())
