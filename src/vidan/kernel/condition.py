"""How the installation is: what an operator looks at first."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from vidan.kernel.models import StoredFile


@dataclass(frozen=True, slots=True)
class Condition:
    """Database, jobs, disk and files at one moment. Sizes in bytes, ages in seconds."""

    database_version: str
    database_size: int
    jobs_waiting: int
    jobs_running: int
    jobs_failed: int
    oldest_due_job: float
    """How long the longest-due job has been waiting; 0 when none is."""
    last_heartbeat: datetime | None
    """The newest sign of life of any worker; ``None``: no worker runs."""
    disk_free: int
    disk_total: int
    files: int


def condition() -> Condition:
    """Look at everything once; three queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database())"
        )
        version, size = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'),"
            " count(*) FILTER (WHERE status = 'doing'),"
            " count(*) FILTER (WHERE status = 'failed'),"
            " coalesce(extract(epoch FROM now() - min(coalesce(scheduled_at, now()))"
            " FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())), 0),"
            " (SELECT max(last_heartbeat) FROM procrastinate_workers)"
            " FROM procrastinate_jobs"
        )
        waiting, running, failed, oldest, heartbeat = cursor.fetchone()
    disk = shutil.disk_usage(_existing(settings.VIDAN_FILES))
    return Condition(
        database_version=version,
        database_size=size,
        jobs_waiting=waiting,
        jobs_running=running,
        jobs_failed=failed,
        oldest_due_job=float(oldest),
        last_heartbeat=heartbeat,
        disk_free=disk.free,
        disk_total=disk.total,
        files=StoredFile.objects.count(),
    )


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
