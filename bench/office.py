"""An office for the benchmark: its own PostgreSQL (fsync on), people, and many dossiers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from socket import socket
from uuid import uuid4

from vidan.config.launch.places import make_home
from vidan.config.launch.postgres import Cluster

UNIT = "H15.158"


@dataclass(frozen=True, slots=True)
class Office:
    """Where to measure: the server's address, a token and a session of its receptionist."""

    base_url: str
    token: str
    cookie: str
    person: int
    code: str
    secret: str


@contextmanager
def machine() -> Iterator[None]:
    """A throw-away data directory with a durable PostgreSQL; Django set up on it."""
    base = Path(tempfile.mkdtemp(prefix="vidan-bench-"))
    base.chmod(0o711)
    home = base / "home"
    make_home(home)
    cluster = Cluster(home, log=base / "postgres.log")
    try:
        cluster.start()
        os.environ.update(
            VIDAN_HOME=str(home),
            DATABASE_URL=cluster.url,
            DJANGO_SETTINGS_MODULE="vidan.config.settings",
        )
        import django

        django.setup()
        yield
    finally:
        from django.db import connections

        for connection in connections.all(initialized_only=True):
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
        cluster.stop()
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def open_office() -> Iterator[Office]:
    """Tables, reference data, one receptionist and cashier, one person; then the web server."""
    from django.core.management import call_command

    from vidan.authorities import actions as authorities
    from vidan.authorities import queries as units
    from vidan.kernel import clock
    from vidan.people import actions as people
    from vidan.people.rules.roles import Role
    from vidan.procedures.actions import publish_catalogue

    call_command("migrate", verbosity=0)
    now = clock.now()
    authorities.load_units(provinces=["66"])
    authorities.load_calendar()
    publish_catalogue(at=now)
    unit = units.unit_by_code(UNIT, on=now.date())
    user = people.hire(
        by=None,
        unit=unit,
        role=Role.RECEPTIONIST,
        username="bench",
        full_name="Người Đo",
        at=now,
        valid_from=now - timedelta(days=1),
    ).user
    for role in (Role.CASHIER, Role.SPECIALIST, Role.LEADER, Role.RETURNER):
        people.give_post(by=None, user_id=user.pk, unit=unit, role=role, at=now, confirmed=True)
    user.must_change_password = False
    user.save()
    lasts = timedelta(days=1)
    token = people.issue_api_token(by=user, user_id=user.pk, name="b", lasts=lasts, at=now)[1]
    person = people.register_person(
        people.PersonData(full_name="Nguyễn Văn Đo"), officer=user, unit=unit, at=now
    )
    dossier = _one(user, person.pk, now)
    with _served() as base_url:
        yield Office(base_url, token, _session(user), person.pk, dossier.code, dossier.secret)


def _one(user: object, person: int, now: object) -> object:
    from vidan.dossiers import actions
    from vidan.dossiers.rules.intake import Intake, PaperLine, Parties

    return actions.receive(
        Intake(
            key=uuid4(),
            visit=uuid4(),
            unit=UNIT,
            procedure="2.000815",
            parties=Parties(person, None, person),
            papers=(PaperLine("Bằng", 1, 3), PaperLine("Học bạ", 12, 2)),
        ),
        officer=user,
        at=now,
    )


def _session(user: object) -> str:
    """A signed-in session as the sign-in page would leave it."""
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def _served() -> Iterator[str]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:vidan.config.launch.web"]
    command += ["--bind", f"127.0.0.1:{port}", "vidan.config.wsgi:application"]
    variables = {**os.environ, "VIDAN_SECOND_FACTOR": "offered"}
    process = subprocess.Popen(command, env=variables, stderr=subprocess.DEVNULL)
    base_url = f"http://localhost:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base_url}/healthz", timeout=2)
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        yield base_url
    finally:
        process.terminate()
        process.wait(20)


def grow(to: int) -> None:
    """Copies of the first dossier until there are ``to``; their chains are not meant to verify."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table, sql in _COPIES.items():
            cursor.execute(sql, {"to": to})
            cursor.execute(f"ANALYZE {table}")


_COPIES = {
    "dossiers_dossier": """
        INSERT INTO dossiers_dossier SELECT (jsonb_populate_record(d, jsonb_build_object(
            'id', nextval(pg_get_serial_sequence('dossiers_dossier', 'id')),
            'code', 'H15.158-200101-' || lpad(n::text, 7, '0'),
            'intake_key', gen_random_uuid(), 'visit', gen_random_uuid(),
            'step', CASE WHEN mod(n, 50) = 0 THEN 'queued' ELSE 'returned' END,
            'status', CASE WHEN mod(n, 50) = 0 THEN 2 ELSE 10 END,
            'finished_at', CASE WHEN mod(n, 50) = 0 THEN NULL ELSE d.received_at END,
            'returned_at', CASE WHEN mod(n, 50) = 0 THEN NULL ELSE d.received_at END,
            'due_at', d.due_at + n * interval '1 minute',
            'original_due_at', d.original_due_at + n * interval '1 minute'))).*
        FROM dossiers_dossier AS d,
            generate_series((SELECT count(*) FROM dossiers_dossier), %(to)s) AS n
        WHERE d.id = (SELECT min(id) FROM dossiers_dossier)""",
    "dossiers_dossierevent": """
        INSERT INTO dossiers_dossierevent SELECT (jsonb_populate_record(e, jsonb_build_object(
            'id', nextval(pg_get_serial_sequence('dossiers_dossierevent', 'id')),
            'stream', 'dossier:' || d.code, 'dossier_id', d.id))).*
        FROM dossiers_dossierevent AS e, dossiers_dossier AS d
        WHERE e.id = (SELECT min(id) FROM dossiers_dossierevent)
            AND NOT EXISTS (SELECT FROM dossiers_dossierevent x WHERE x.dossier_id = d.id)""",
}
