"""``vidan manage``: any Django command on the data directory, whether the demo runs or not."""

from __future__ import annotations

import os
from contextlib import ExitStack

from vidan.config import env
from vidan.config.launch.lock import Busy, HomeLock, Running
from vidan.config.launch.processes import home_from_environment, own_cluster
from vidan.config.launch.signals import StopSign


def manage(arguments: list[str]) -> int:
    """Run one management command in this process. Returns the exit code.

    With ``DATABASE_URL`` it talks to that server; else to the PostgreSQL of the running
    launcher; else it opens our own for as long as the command lasts.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "vidan.config.settings"
    with ExitStack() as stack:
        if not env.text("DATABASE_URL"):
            _find_database(stack)
        return _run(arguments)


def _find_database(stack: ExitStack) -> None:
    home = home_from_environment()
    lock = HomeLock(home)
    stop = StopSign()
    with stop.listening():
        while True:
            try:
                lock.acquire("manage")
            except Busy as busy:
                running = busy.running
                if running and running.database:
                    for name, value in {
                        **running.environment,
                        "DATABASE_URL": running.database,
                    }.items():
                        os.environ.setdefault(name, value)
                    return
                stop.wait(0.2)  # it is just starting, or is a command like us
            else:
                break
        stack.callback(lock.release)
        cluster = own_cluster(home, stop)
        stack.callback(cluster.stop)
        cluster.start()
    lock.write(Running("manage", os.getpid()))
    os.environ["DATABASE_URL"] = cluster.url
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]


def _run(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["vidan manage", *arguments])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except KeyboardInterrupt:
        return 130
    finally:
        _close_pools()
    return 0


def _close_pools() -> None:
    from django.conf import settings

    if not settings.configured:
        return
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()
