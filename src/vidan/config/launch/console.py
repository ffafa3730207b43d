"""What the person at the terminal reads: their language, and that long steps are alive.

Standard library only: ``go.py`` uses it before anything is installed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from vidan.config.launch.children import dies_with_us

_TAIL = 25
_TICK = 0.1
# Without a terminal (a log file) a line this often is enough to see that we are alive.
_QUIET_TICK = 20.0


def _pause() -> None:
    time.sleep(_TICK)


class LaunchError(Exception):
    """Something the person at the terminal can do something about; said in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(say(vi, en))


def vietnamese() -> bool:
    """Whether the terminal's language is Vietnamese (``VIDAN_LANG``, then the usual variables)."""
    for name in ("VIDAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.lower().startswith("vi")
    return False


def say(vi: str, en: str) -> str:
    """The one of two texts that the person at the terminal reads."""
    return vi if vietnamese() else en


def tell(vi: str, en: str) -> None:
    """Print the text in the terminal's language."""
    print(say(vi, en), flush=True)


def seconds(amount: float) -> str:
    """``8.4 s``, ``1 min 05 s``."""
    if amount < 60:
        return f"{amount:.1f} s"
    minutes, rest = divmod(round(amount), 60)
    return f"{minutes} min {rest:02d} s"


class Progress:
    """One step's line on the terminal: what it is, how long it has taken."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = time.monotonic()
        self._live = sys.stdout.isatty()
        self._shown = self.began
        if not self._live:
            print(f"  … {what}", flush=True)

    def tick(self, detail: str = "") -> None:
        """Show that the step is alive; ``detail`` is the newest line of its output."""
        now = time.monotonic()
        if self._live:
            line = f"  … {self.what} ({seconds(now - self.began)}) {detail}"
            columns = os.get_terminal_size(sys.stdout.fileno()).columns or 80
            print(f"\r\033[K{line[: columns - 1]}", end="", flush=True)
        elif now - self._shown >= _QUIET_TICK:
            self._shown = now
            print(f"  … {self.what} ({seconds(now - self.began)})", flush=True)

    def done(self, mark: str = "✓") -> None:
        """Close the line with the time taken."""
        clear = "\r\033[K" if self._live else ""
        took = seconds(time.monotonic() - self.began)
        print(f"{clear}  {mark} {self.what} ({took})", flush=True)


@contextmanager
def step(vi: str, en: str) -> Iterator[Progress]:
    """A step with its line; a failure marks the line and goes on upwards."""
    progress = Progress(say(vi, en))
    try:
        yield progress
    except BaseException:
        progress.done("✗")
        raise
    progress.done()


def tail(path: Path, lines: int = _TAIL) -> str:
    """The last lines of a log file, indented; empty when there is none."""
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def _newest_line(path: Path) -> str:
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - 400))
            lines = log.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def run_logged(
    vi: str,
    en: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    pause: Callable[[], None] = _pause,
) -> None:
    """Run one long command with its output in ``log`` and its progress on the terminal.

    ``pause`` is called while waiting and may raise to stop the command.
    Raises ``LaunchError`` with the end of the log when the command fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with step(vi, en) as progress, log.open("wb") as out:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=None if env is None else dict(env),
            preexec_fn=dies_with_us(signal.SIGTERM),  # noqa: PLW1509 - we have one thread
        )
        try:
            while process.poll() is None:
                progress.tick(_newest_line(log))
                pause()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        if process.returncode:
            text = tail(log)
            raise LaunchError(
                f"Bước «{vi}» không thành ({process.returncode}). Nhật ký: {log}\n{text}",
                f"“{en}” failed ({process.returncode}). Log: {log}\n{text}",
            )
