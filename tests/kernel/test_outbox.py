"""The outbox: a job is there exactly when its verb is, and outlives a killed worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg.conninfo import make_conninfo

from vidan.kernel import outbox

HERE = Path(__file__).parent
PATIENCE = 90
"""Seconds until a test gives up; it waits for what happens, not for a time."""


def test_a_job_is_written_in_the_verbs_own_transaction(db, queued):
    with transaction.atomic():
        outbox.enqueue("letters.keep_receipt_slip", dossier_id=7)
        assert queued("letters.keep_receipt_slip") == [{"dossier_id": 7}]
        transaction.set_rollback(True)
    assert queued("letters.keep_receipt_slip") == []


def test_a_job_held_back_says_until_when(db):
    outbox.enqueue("letters.keep_receipt_slip", in_seconds=90, dossier_id=7)
    outbox.enqueue("letters.keep_receipt_slip", dossier_id=8)
    held, at_once = ProcrastinateJob.objects.order_by("pk")
    assert held.scheduled_at is not None
    assert at_once.scheduled_at is None


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start a real worker on the test's database; those still alive at the end are killed."""
    at = connection.settings_dict
    url = make_conninfo(
        host=at["HOST"],
        port=at["PORT"] or None,
        dbname=at["NAME"],
        user=at["USER"],
        password=at["PASSWORD"] or None,
    )
    started = []

    def start() -> subprocess.Popen[bytes]:
        root = HERE.parents[1]
        with (tmp_path / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(HERE / "a_worker.py"), str(tmp_path)],
                env={
                    **os.environ,
                    "DATABASE_URL": url,
                    "DJANGO_SETTINGS_MODULE": "vidan.config.settings",
                    "PYTHONPATH": str(root / "src"),
                },
                stdout=log,
                stderr=log,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_until(happened: Callable[[], bool], working: subprocess.Popen[bytes], log: Path) -> None:
    """Until it happened; the worker's own words where it did not."""
    give_up = time.monotonic() + PATIENCE
    while not happened():
        if working.poll() is not None or time.monotonic() > give_up:
            pytest.fail(f"it never happened:\n{log.read_text()}")
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_job_runs_again(worker, tmp_path):
    begun, done, log = (tmp_path / name for name in ("begun", "done", "worker.log"))
    outbox.enqueue("tests.slow", words="phiếu hẹn của H’Len")

    first = worker()
    wait_until(begun.exists, first, log)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not done.exists()
    assert ProcrastinateJob.objects.get(task_name="tests.slow").status == "doing"

    begun.unlink()
    (tmp_path / "quick").touch()  # this time nothing is in its way
    second = worker()
    wait_until(done.exists, second, log)
    assert done.read_text() == "phiếu hẹn của H’Len"
    job = ProcrastinateJob.objects.filter(task_name="tests.slow")
    wait_until(lambda: job.get().status == "succeeded", second, log)
    assert job.get().attempts == 2
