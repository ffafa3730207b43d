"""Our own PostgreSQL: private, safe to kill, at home in any folder."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from tests.launch.conftest import MakeCluster

from vidan.config.launch.console import LaunchError
from vidan.config.launch.postgres import Cluster

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.url) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def is_dead(pid: int) -> bool:
    return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text("utf-8")


def test_it_knows_vietnamese_letters_and_keeps_what_it_says_it_keeps(
    place: Path, make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(place / "home")
    cluster.start()
    assert ask(cluster, "SELECT lower('ĐẮK LẮK')") == "đắk lắk"
    assert ask(cluster, "SHOW fsync") == "on"
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert ask(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_nobody_else_can_walk_to_its_data_or_its_socket(
    place: Path, make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(place / "home")
    cluster.start()
    for folder in (cluster.base, cluster.data, cluster.base / "run"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_path_too_long_for_a_socket_gets_a_short_one(
    place: Path, make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(place / ("xã Ea Phê " * 12).strip())
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1
    assert "%2Ftmp%2Fvidan-" in cluster.url


def test_the_second_start_finds_everything_and_is_quick(
    place: Path, make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(place / "home")
    cluster.start()
    with psycopg.connect(cluster.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    cluster.stop()
    began = time.monotonic()
    cluster.start()
    assert time.monotonic() - began < 5
    assert ask(cluster, "SELECT one FROM kept") == 1


def test_a_first_start_that_was_killed_begins_again(place: Path, make_cluster: MakeCluster) -> None:
    cluster = make_cluster(place / "home")
    half = cluster.data.with_name("data.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


def test_kill_9_of_every_process_loses_no_acknowledged_row(
    place: Path, make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(place / "home")
    cluster.start()
    with psycopg.connect(cluster.url) as connection:
        connection.execute("CREATE TABLE received (clerk int, number int)")
    acknowledged: list[tuple[int, int]] = []

    def receive(clerk: int) -> None:
        with suppress(psycopg.Error), psycopg.connect(cluster.url, autocommit=True) as connection:
            for number in range(1_000_000):
                connection.execute("INSERT INTO received VALUES (%s, %s)", [clerk, number])
                acknowledged.append((clerk, number))

    clerks = [threading.Thread(target=receive, args=[clerk]) for clerk in range(4)]
    for clerk in clerks:
        clerk.start()
    while len(acknowledged) < 200:
        threading.Event().wait(0.01)
    postmaster = cluster.pid
    assert postmaster is not None
    os.killpg(postmaster, signal.SIGKILL)
    for clerk in clerks:
        clerk.join()
    while cluster.ended() is None:
        threading.Event().wait(0.01)
    cluster.start()
    with psycopg.connect(cluster.url) as connection:
        kept = set(connection.execute("SELECT clerk, number FROM received").fetchall())
    assert set(acknowledged) <= kept


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="needs Linux's parent-death signal"
)
def test_a_killed_launcher_takes_its_postgres_along(place: Path, make_cluster: MakeCluster) -> None:
    home = place / "home"
    program = (
        "import sys, time; from pathlib import Path\n"
        "from vidan.config.launch.places import make_home\n"
        "from vidan.config.launch.postgres import Cluster\n"
        "home = Path(sys.argv[1]); make_home(home)\n"
        "cluster = Cluster(home, log=home / 'logs' / 'postgres.log'); cluster.start()\n"
        "print(cluster.pid, flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(home)], stdout=subprocess.PIPE, text=True
    ) as launcher:
        assert launcher.stdout is not None
        postmaster = int(launcher.stdout.readline())
        launcher.kill()
    cluster = make_cluster(home)
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1
    assert cluster.pid != postmaster
    assert not os.path.lexists(f"/proc/{postmaster}/cwd") or is_dead(postmaster)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_process_number_that_means_somebody_else_now_does_not_stand_in_the_way(
    place: Path, make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(place / "home")
    cluster.start()
    assert cluster.pid is not None
    os.killpg(cluster.pid, signal.SIGKILL)
    while cluster.ended() is None:
        threading.Event().wait(0.01)
    note = cluster.data / "postmaster.pid"
    lines = note.read_text("ascii").split("\n")
    note.write_text("\n".join([str(os.getpid()), *lines[1:]]), "ascii")
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


def test_data_of_another_version_is_refused_in_words(
    place: Path, make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(place / "home")
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(LaunchError, match="PostgreSQL 12"):
        cluster.start()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(
    place: Path, make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(place / "home")
    cluster.start()
    cluster.stop()
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(LaunchError, match="no_such_setting"):
        cluster.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must become somebody else")
def test_root_in_a_closed_folder_with_a_strict_umask(
    place: Path, make_cluster: MakeCluster
) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    before = os.umask(0o077)
    try:
        cluster = make_cluster(closed / "home")
        cluster.start()
        assert ask(cluster, "SELECT 1") == 1
        cluster.stop()
        again = make_cluster(closed / "home")
        assert again.base == cluster.base
    finally:
        os.umask(before)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert closed not in cluster.base.parents
