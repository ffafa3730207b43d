"""The floor: the same rows as one receipt, by plain psycopg, committed with fsync."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from uuid import uuid4

import psycopg

_numbers = itertools.count(1)


def _copy(table: str, **values: str) -> str:
    """Insert a copy of the table's first row with other values; the id of the new row."""
    changes = ", ".join(f"'{name}', {value}" for name, value in values.items())
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(r, jsonb_build_object("
        f"'id', nextval(pg_get_serial_sequence('{table}', 'id')), {changes}))).*"
        f" FROM {table} AS r WHERE r.id = (SELECT min(id) FROM {table}) RETURNING id"
    )


SEQUENCE = (
    "INSERT INTO dossiers_daysequence (unit_code, day, last) VALUES ('floor', current_date, 1)"
    " ON CONFLICT (unit_code, day) DO UPDATE SET last = dossiers_daysequence.last + 1"
    " RETURNING last"
)
DOSSIER = _copy(
    "dossiers_dossier", code="%(code)s::text", intake_key="%(key)s::text", visit="%(key)s::text"
)
EVENT = _copy("dossiers_dossierevent", stream="%(code)s::text", dossier_id="%(dossier)s::int")
PAPER = _copy("dossiers_dossierpaper", dossier_id="%(dossier)s::int", place="%(place)s::int")
CHARGE = _copy("payments_charge", dossier_id="%(dossier)s::int")
LINE = _copy("payments_chargeline", charge_id="%(charge)s::int", place="%(place)s::int")
JOB = (
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW("
    "'default', 'floor', 0, NULL, NULL, '{}'::jsonb, NULL)::procrastinate_job_to_defer_v1])"
)
KNOWN = (
    "UPDATE people_personatunit SET times = times + 1, last_at = now()"
    " WHERE id = (SELECT min(id) FROM people_personatunit)"
)


def receipt_step() -> Callable[[], bool]:
    """One client that writes what a receipt writes: nine statements and a commit."""
    connection = psycopg.connect(os.environ["DATABASE_URL"])

    def step() -> bool:
        values = {"code": f"floor-{os.getpid()}-{next(_numbers)}", "key": str(uuid4())}
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(KNOWN)
            cursor.execute(SEQUENCE)
            dossier = cursor.execute(DOSSIER, values).fetchone()[0]  # type: ignore[index]
            more = {**values, "dossier": dossier}
            for place in (0, 1):
                cursor.execute(PAPER, {**more, "place": place})
            cursor.execute(EVENT, more)
            charge = cursor.execute(CHARGE, more).fetchone()[0]  # type: ignore[index]
            for place in (0, 1):
                cursor.execute(LINE, {"charge": charge, "place": place})
            cursor.execute(JOB)
        return True

    return step
