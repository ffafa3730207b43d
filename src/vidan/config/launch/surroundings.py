"""What the environment asks of a launch, checked before anything starts."""

from __future__ import annotations

import errno
import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vidan.config import env
from vidan.config.launch.console import LaunchError

# The web process of a launcher that was just killed may hold the port for a moment longer.
_PORT_PATIENCE = 15.0
_BACKLOG = 512


@dataclass(frozen=True)
class Surroundings:
    """One launch: for whom, with which data, at which address, at which time."""

    demo: bool
    home: Path
    bind: str
    port: int
    base_url: str
    database: str  # empty: our own
    clock: str  # empty: the real time
    clock_started: str

    def variables(self, database: str) -> dict[str, str]:
        """What our processes are told; the same for web, worker and commands."""
        told = {
            "VIDAN_HOME": str(self.home),
            "VIDAN_PORT": str(self.port),
            "VIDAN_BASE_URL": self.base_url,
            "VIDAN_STATIC_MANIFEST": "1",
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "vidan.config.settings",
            "PYTHONUNBUFFERED": "1",
        }
        if self.demo:
            told["VIDAN_DEMO"] = "1"
        if self.clock:
            told |= {"VIDAN_CLOCK": self.clock, "VIDAN_CLOCK_STARTED": self.clock_started}
        return told


def for_children(told: Mapping[str, str], *, own_database: bool) -> dict[str, str]:
    """The environment of our processes. With our own PostgreSQL nobody's ``PG*`` bends the way."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not (own_database and name.startswith("PG")) and name != "DJANGO_SETTINGS_MODULE"
    }
    return {**inherited, **told}


def _port() -> int:
    value = env.text("VIDAN_PORT", "8000")
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise LaunchError(
            f"VIDAN_PORT={value}: cổng là một số từ 1 đến 65535, ví dụ VIDAN_PORT=8001.",
            f"VIDAN_PORT={value}: a port is a number from 1 to 65535, for example VIDAN_PORT=8001.",
        )
    return int(value)


def _clock(*, demo: bool) -> str:
    value = env.text("VIDAN_CLOCK")
    if not value:
        return ""
    if not demo:
        raise LaunchError(
            "VIDAN_CLOCK chỉ dùng cho bản demo và cho kiểm thử. Hãy bỏ biến này rồi chạy lại.",
            "VIDAN_CLOCK is for the demo and tests only. Unset it and start again.",
        )
    try:
        wanted = datetime.fromisoformat(value)
    except ValueError:
        wanted = None
    if wanted is None or not 2000 <= wanted.year <= 2099:
        raise LaunchError(
            f"VIDAN_CLOCK={value}: hãy viết ngày giờ như 2026-11-23T15:20 (giờ Việt Nam).",
            f"VIDAN_CLOCK={value}: write a time such as 2026-11-23T15:20 (Vietnam's time).",
        )
    return wanted.isoformat()


def read(*, demo: bool) -> Surroundings:
    """Read and check the environment. Raises ``LaunchError`` that names the variable."""
    port = _port()
    # The clock of a demo ticks on from this moment, in all its processes alike.
    started = datetime.now(UTC).isoformat()  # noqa: TID251 - the launcher is where time begins
    return Surroundings(
        demo=demo,
        home=env.home(),
        bind=env.text("VIDAN_BIND", "127.0.0.1"),
        port=port,
        base_url=env.text("VIDAN_BASE_URL", f"http://localhost:{port}").rstrip("/"),
        database=env.text("DATABASE_URL"),
        clock=_clock(demo=demo),
        clock_started=started,
    )


def listen(where: Surroundings, *, patient: bool, pause: Callable[[], None]) -> socket.socket:
    """Open the port. We hold it ourselves, so a web process that falls loses no caller.

    ``patient``: the last launcher was killed and its web process may still be leaving.
    Raises ``LaunchError`` that says what to do when somebody else has the port.
    """
    family = socket.AF_INET6 if ":" in where.bind else socket.AF_INET
    deadline = time.monotonic() + (_PORT_PATIENCE if patient else 0.0)
    while True:
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((where.bind, where.port))
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise _refused(where, error) from None
        else:
            return listener
        pause()


def _refused(where: Surroundings, error: OSError) -> LaunchError:
    port = where.port
    other = port + 1 if port < 65535 else 8001
    if error.errno == errno.EADDRINUSE:
        return LaunchError(
            f"Cổng {port} đang có chương trình khác dùng. Hãy dừng chương trình đó,\n"
            f"hoặc chọn cổng khác: VIDAN_PORT={other} python3 go.py demo",
            f"Port {port} is in use by another program. Stop that program,\n"
            f"or choose another port: VIDAN_PORT={other} python3 go.py demo",
        )
    if error.errno == errno.EACCES:
        return LaunchError(
            f"Không được phép mở cổng {port}. Hãy chọn cổng từ 1024 trở lên: VIDAN_PORT=8000.",
            f"Not allowed to open port {port}. Choose a port of 1024 or more: VIDAN_PORT=8000.",
        )
    return LaunchError(
        f"Không mở được {where.bind}:{port} ({error.strerror}). Xem lại VIDAN_BIND và VIDAN_PORT.",
        f"Cannot open {where.bind}:{port} ({error.strerror}). Check VIDAN_BIND and VIDAN_PORT.",
    )
