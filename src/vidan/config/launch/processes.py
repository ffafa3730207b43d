"""The launcher: PostgreSQL, then tables and demo, then web and worker; watched until told to stop.

Whatever is killed, this process included, the same command again carries on: what was
acknowledged is in PostgreSQL, whose ``fsync`` stays on.
"""

from __future__ import annotations

import http.client
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from vidan.config import env
from vidan.config.launch import demo_people, steps, surroundings
from vidan.config.launch.children import Child, how_it_ended
from vidan.config.launch.console import LaunchError, step, tail, tell
from vidan.config.launch.lock import HomeLock, Running
from vidan.config.launch.places import make_home
from vidan.config.launch.postgres import Cluster
from vidan.config.launch.signals import Stopped, StopSign
from vidan.config.launch.surroundings import Surroundings

_HEALTH_PATIENCE = 90.0
_WATCH = 0.2
# PostgreSQL falling this often within this time has a cause that a restart does not cure.
_FALLS, _FALLS_WITHIN = 5, 60.0


def run(*, demo: bool) -> int:
    """Start everything and stay until asked to stop. Returns the exit code.

    Raises ``LaunchError`` for what the person at the terminal can change.
    """
    stop = StopSign()
    with stop.listening():
        try:
            _launch(surroundings.read(demo=demo), stop)
        except Stopped:
            tell("Đã dừng.", "Stopped.")
    return 0


def _launch(where: Surroundings, stop: StopSign) -> None:
    make_home(where.home)
    with ExitStack() as stack:
        doing = "demo" if where.demo else "serve"
        lock = HomeLock(where.home).acquire_patiently(doing, stop.pause)
        stack.callback(lock.release)
        listener = surroundings.listen(where, patient=lock.left_behind, pause=stop.pause)
        stack.callback(listener.close)
        cluster = None
        if not where.database:
            cluster = own_cluster(where.home, stop)
            stack.callback(cluster.stop)
            with step("Mở PostgreSQL", "Starting PostgreSQL"):
                cluster.start()
        told = where.variables(cluster.url if cluster else where.database)
        shown = {name: value for name, value in told.items() if name != "DATABASE_URL"}
        lock.write(Running(doing, os.getpid(), where.base_url, told["DATABASE_URL"], shown))
        variables = surroundings.for_children(told, own_database=cluster is not None)
        steps.bring_up_to_date(where.home, variables, demo=where.demo, pause=stop.pause)
        children = _children(where, variables, listener.fileno())
        stack.callback(_stop_all, children)
        healing = Healing(cluster, children)
        with step("Mở trang web", "Starting the web pages"):
            web, *others = children
            web.start()
            _wait_until_healthy(where, web, healing, stop)
        for child in others:  # pages first: people wait for them
            child.start()
        if where.demo:
            steps.correct_address(where.home, where.base_url)
            demo_people.introduce(where)
        else:
            tell(f"Vì Dân: {where.base_url}", f"Vì Dân: {where.base_url}")
        while True:
            healing.tend()
            stop.wait(_WATCH)


def own_cluster(home: Path, stop: StopSign) -> Cluster:
    """The PostgreSQL that belongs to a data directory, not started yet."""
    return Cluster(home, log=home / "logs" / "postgres.log", pause=stop.pause)


def _children(where: Surroundings, variables: dict[str, str], port: int) -> list[Child]:
    # A demo keeps its terminal for people; a service writes where its manager collects it.
    logs = where.home / "logs" if where.demo else None
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:vidan.config.launch.web"]
    gunicorn += ["--bind", f"fd://{port}", "vidan.config.wsgi:application"]
    worker = steps.manage("procrastinate", "worker")
    return [
        Child("web", gunicorn, variables, logs and logs / "web.log", pass_fds=(port,)),
        Child("worker", worker, variables, logs and logs / "worker.log"),
    ]


def _stop_all(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()


def _wait_until_healthy(where: Surroundings, web: Child, healing: Healing, stop: StopSign) -> None:
    deadline = time.monotonic() + _HEALTH_PATIENCE
    while not _healthy(where):
        code = web.ended()
        if code is not None or time.monotonic() > deadline:
            ending = "" if code is None else f" ({how_it_ended(code)})"
            text = tail(web.log) if web.log else ""
            raise LaunchError(
                f"Trang web không mở được{ending}. Nhật ký: {web.log}\n{text}",
                f"The web pages did not start{ending}. Log: {web.log}\n{text}",
            )
        healing.tend_database()
        stop.pause()


def _healthy(where: Surroundings) -> bool:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - to compare, not to open
    host = everywhere.get(where.bind, where.bind)
    connection = http.client.HTTPConnection(host, where.port, timeout=10)
    try:
        headers = {"Host": f"localhost:{where.port}", "X-Forwarded-Proto": "https"}
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _report(name: str, how: str, delay: float) -> None:
    tell(
        f"«{name}» đã ngừng ({how}); chạy lại sau {delay:.1f} giây.",
        f"“{name}” ended ({how}); starting it again in {delay:.1f} s.",
    )


class Healing:
    """Starts again what fell: PostgreSQL at once, web and worker with growing pauses."""

    def __init__(self, cluster: Cluster | None, children: list[Child]) -> None:
        self._cluster, self._children = cluster, children
        self._falls: list[float] = []

    def tend(self) -> None:
        """Look after all of them, once."""
        self.tend_database()
        for child in self._children:
            child.revive(_report)

    def tend_database(self) -> None:
        """Start PostgreSQL again. Raises ``LaunchError`` when it keeps falling."""
        cluster = self._cluster
        if cluster is None or (code := cluster.ended()) is None:
            return
        now = time.monotonic()
        self._falls = [fall for fall in self._falls if now - fall < _FALLS_WITHIN] + [now]
        if len(self._falls) > _FALLS:
            text = tail(cluster.log)
            raise LaunchError(
                f"PostgreSQL cứ ngừng mãi. Nhật ký: {cluster.log}\n{text}",
                f"PostgreSQL keeps ending. Log: {cluster.log}\n{text}",
            )
        _report("postgres", how_it_ended(code), 0.0)
        cluster.start()


def home_from_environment() -> Path:
    """``VIDAN_HOME``, made when it is not there yet."""
    home = env.home()
    make_home(home)
    return home
