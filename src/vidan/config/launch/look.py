"""What must be done before web and worker may start. Prints one line of JSON.

A module of its own, run once per start: on a second start nothing is left to do, and one
look is all it costs.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import django

_OLDEST = 150000


def _check_server() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, version()")
        number, version = cursor.fetchone()
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    if number < _OLDEST:
        return f"PostgreSQL 15+ : {version}"
    if encoding != "UTF8":
        return f"UTF8 : {encoding}"
    return ""


def _unapplied() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _static_signature() -> str:
    """Changes when any static file of ours or of a library does."""
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda item: item[0]):
            state = Path(storage.path(name)).stat()
            found.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _demo_is_there() -> bool:
    from django.conf import settings
    from django.contrib.auth import get_user_model

    return (settings.HOME / "demo.json").exists() and get_user_model().objects.exists()


def _can_load_demo() -> bool:
    from django.core.management import get_commands

    from vidan.config.launch.steps import LOAD_DEMO

    return LOAD_DEMO in get_commands()


def main() -> None:
    """Look, and say what is to do."""
    django.setup()
    from django.db import connection

    refusal = _check_server()
    result: dict[str, object] = {"refusal": refusal}
    if not refusal:
        unapplied = _unapplied()
        result |= {
            "unapplied": unapplied,
            "static": _static_signature(),
            "demo": _can_load_demo() and (unapplied > 0 or not _demo_is_there()),
        }
    connection.close()
    if close_pool := getattr(connection, "close_pool", None):
        close_pool()
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
