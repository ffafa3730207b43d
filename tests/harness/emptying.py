"""Emptying append-only tables after a test that committed, which no trigger of ours allows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.postgresql.operations import DatabaseOperations


def allow() -> None:
    """Django's flush, and it alone, passes the triggers by, with a right that only tests have."""
    flush = DatabaseOperations.execute_sql_flush

    def past_the_triggers(self: DatabaseOperations, statements: Iterable[str]) -> None:
        flush(self, ["SET LOCAL session_replication_role = replica", *statements])

    DatabaseOperations.execute_sql_flush = past_the_triggers  # type: ignore[method-assign]
