"""One launcher per data directory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vidan.config.launch.lock import Busy, HomeLock, Running

HOLDER = """
import sys, time
from pathlib import Path
from vidan.config.launch.lock import HomeLock, Running
lock = HomeLock(Path(sys.argv[1])).acquire("demo")
lock.write(Running("demo", 4711, "http://localhost:8123"))
print("held", flush=True)
time.sleep(600)
"""


def test_the_second_one_is_told_where_the_first_one_runs(tmp_path: Path) -> None:
    first = HomeLock(tmp_path).acquire("demo")
    first.write(Running("demo", 4711, "http://localhost:8123"))
    with pytest.raises(Busy, match=r"http://localhost:8123.*4711"):
        HomeLock(tmp_path).acquire("demo")
    first.release()
    HomeLock(tmp_path).acquire("demo").release()


def test_a_killed_holder_lets_go_and_is_noticed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Busy):
            HomeLock(tmp_path).acquire("demo")
        holder.kill()
    lock = HomeLock(tmp_path).acquire("demo")
    assert lock.left_behind
    lock.release()


def test_after_an_orderly_end_nothing_is_left_behind(tmp_path: Path) -> None:
    HomeLock(tmp_path).acquire("demo").release()
    lock = HomeLock(tmp_path).acquire("demo")
    assert not lock.left_behind
    lock.release()
