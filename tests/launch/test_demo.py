"""The whole demo as a person runs it: started, hit in every limb, stopped, started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from vidan.config.launch.lock import HomeLock

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc"),
]

ROOT = Path(__file__).resolve().parents[2]
# The first start makes tables and loads the demo, perhaps on a busy machine.
FIRST_START, SECOND_START, HEALING = 600.0, 60.0, 60.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(what: Callable[[], object], patience: float) -> None:
    deadline = time.monotonic() + patience
    while not what():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


class Demo:
    """A demo in a data directory of its own, driven like a person at a terminal would."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.home, self.port = home, free_port()
        self.environment = {
            **environment,
            "VIDAN_HOME": str(home),
            "VIDAN_PORT": str(self.port),
            "VIDAN_LANG": "en",
        }
        self.process: subprocess.Popen[str] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "vidan.config.cli", *arguments]

    def start(self, patience: float) -> float:
        began = time.monotonic()
        log = self.home.with_name("terminal.log").open("a")
        with log:
            self.process = subprocess.Popen(
                self.command("demo"),
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                text=True,
            )
        wait_for(lambda: self.healthy() or self.process.poll() is not None, patience)
        assert self.process.poll() is None, self.home.with_name("terminal.log").read_text()
        return time.monotonic() - began

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/healthz", timeout=20
            ) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def child(self, word: str) -> int | None:
        """The process id of the launcher's child whose command line has ``word``."""
        assert self.process is not None
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                line = (folder / "cmdline").read_bytes().decode()
            except OSError:
                continue
            if int(parent) == self.process.pid and word in line:
                return int(folder.name)
        return None

    def kill_child(self, word: str) -> None:
        """kill -9, then wait until another has taken its place and pages are served."""
        before = self.child(word)
        assert before is not None
        os.kill(before, signal.SIGKILL)
        wait_for(lambda: self.child(word) not in {None, before}, HEALING)
        wait_for(self.healthy, HEALING)

    def database(self) -> str:
        running = HomeLock(self.home).read()
        assert running is not None
        return running.database

    def left_over(self) -> list[str]:
        """Command lines of processes that still belong to this demo."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                inside = str(self.home).encode() in (folder / "environ").read_bytes()
                inside = inside or (folder / "cwd").resolve().is_relative_to(self.home)
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                line = (folder / "cmdline").read_bytes().decode().replace("\0", " ")
            except OSError:
                continue
            if inside and state != "Z":
                found.append(line)
        return found

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(120)


@contextmanager
def demo_in(home: Path, environment: dict[str, str]) -> Iterator[Demo]:
    demo = Demo(home, environment)
    try:
        yield demo
    finally:
        if demo.process is not None and demo.process.poll() is None:
            demo.stop()


def test_the_demo_survives_what_happens_to_it(
    place: Path, clean_environment: dict[str, str]
) -> None:
    with demo_in(place / "home", clean_environment) as demo:
        demo.start(FIRST_START)
        with psycopg.connect(demo.database()) as connection:
            connection.execute("CREATE TABLE acknowledged AS SELECT 1 AS row")

        # A second start in the same data directory is told where the first one runs.
        second = subprocess.run(
            demo.command("demo"),
            cwd=ROOT,
            env=demo.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert second.returncode == 1
        assert f"already running at http://localhost:{demo.port}" in second.stderr

        # A management command talks to the running database.
        shown = subprocess.run(
            demo.command("manage", "showmigrations", "--plan"),
            cwd=ROOT,
            env=demo.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        assert "[ ]" not in shown.stdout

        for word in ("gunicorn", "procrastinate", "postgres"):
            demo.kill_child(word)

        # kill -9 of the launcher itself, then the same command again.
        assert demo.process is not None
        demo.process.kill()
        demo.process.wait()
        demo.start(SECOND_START)
        with psycopg.connect(demo.database()) as connection:
            assert connection.execute("SELECT row FROM acknowledged").fetchone() == (1,)

        # kill -9 of everything at once, the same command again.
        everything = [demo.process.pid, *filter(None, map(demo.child, ("gunicorn", "postgres")))]
        for pid in everything:
            os.kill(pid, signal.SIGKILL)
        demo.process.wait()
        demo.start(SECOND_START)
        with psycopg.connect(demo.database()) as connection:
            assert connection.execute("SELECT row FROM acknowledged").fetchone() == (1,)

        assert demo.stop(signal.SIGTERM) == 0
        wait_for(lambda: not demo.left_over(), HEALING)
        assert demo.start(SECOND_START) < SECOND_START
        assert demo.stop(signal.SIGINT) == 0
        wait_for(lambda: not demo.left_over(), HEALING)
