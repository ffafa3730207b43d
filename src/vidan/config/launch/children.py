"""Child processes that die with us, are stopped in order, and are started again when they fall."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_FIRST_DELAY, _LONGEST_DELAY = 0.5, 30.0
_STABLE = 60.0
_LOG_LIMIT = 10 * 1024 * 1024


def dies_with_us(number: signal.Signals) -> Callable[[], None]:
    """What a child runs before its program: on Linux the kernel sends it ``number`` when we die.

    Elsewhere it does nothing; there the next start waits for what was left behind.
    """
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def arrange() -> None:
        prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # we died before the line above
            os._exit(1)

    return arrange


def open_log(path: Path) -> IO[bytes]:
    """Append to a log file; one that has grown past 10 MB is set aside first (one is kept)."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileNotFoundError):
        if path.stat().st_size > _LOG_LIMIT:
            path.replace(path.with_suffix(".old.log"))
    return path.open("ab")


def how_it_ended(code: int) -> str:
    """``SIGKILL`` or ``3``: a return code for people."""
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return str(code)


@dataclass
class Child:
    """One long-running process: its command, its log, and when to start it again."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path | None
    pass_fds: Sequence[int] = ()
    grace: float = 15.0
    process: subprocess.Popen[bytes] | None = None
    _began: float = 0.0
    _delay: float = field(default=_FIRST_DELAY)
    _due: float = 0.0

    def start(self) -> None:
        """Start it; its output goes to its log, or to our own when it has none."""
        out = open_log(self.log) if self.log else None
        try:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT if out else None,
                start_new_session=True,  # Ctrl-C reaches only us: we stop them in order
                pass_fds=self.pass_fds,
                preexec_fn=dies_with_us(signal.SIGTERM),  # noqa: PLW1509 - we have one thread
            )
        finally:
            if out:
                out.close()
        self._began = time.monotonic()

    def ended(self) -> int | None:
        """Its return code, or None while it runs."""
        return self.process.poll() if self.process else None

    def revive(self, report: Callable[[str, str, float], None]) -> None:
        """Start it again if it fell: at once, then after ever longer pauses (at most 30 s)."""
        now = time.monotonic()
        if self._due:
            if now >= self._due:
                self._due = 0.0
                self.start()
            return
        code = self.ended()
        if code is None:
            return
        self._signal_group(signal.SIGTERM)  # what the fallen one left behind
        if now - self._began > _STABLE:
            self._delay = _FIRST_DELAY
        report(self.name, how_it_ended(code), self._delay)
        self._due = now + self._delay
        self._delay = min(self._delay * 2, _LONGEST_DELAY)

    def ask_to_stop(self) -> None:
        """Send SIGTERM; ``stop`` then waits."""
        if self.process and self.process.poll() is None:
            with suppress(ProcessLookupError):
                self.process.terminate()

    def stop(self) -> None:
        """Stop it and everything it started: politely for ``grace`` seconds, then not."""
        if not self.process:
            return
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.grace)
        self._signal_group(signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process = None

    def _signal_group(self, number: signal.Signals) -> None:
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)
