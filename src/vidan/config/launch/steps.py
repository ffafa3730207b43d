"""Bringing a data directory up to date: tables, static files, the demo's people and dossiers."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from vidan.config.launch.children import dies_with_us
from vidan.config.launch.console import LaunchError, run_logged, tail

# The management command that loads the demo: it may be killed half way and run again, and
# writes $VIDAN_HOME/demo.json last.
LOAD_DEMO = "load_demo"


def manage(*arguments: str) -> list[str]:
    """The command line of a Django management command, in this Python."""
    return [sys.executable, "-m", "django", *arguments]


def bring_up_to_date(
    home: Path, variables: Mapping[str, str], *, demo: bool, pause: Callable[[], None]
) -> None:
    """Do what is not done yet. Raises ``LaunchError`` when a step fails."""
    todo = _look(home, variables, pause)
    if todo["refusal"]:
        raise LaunchError(
            f"DATABASE_URL: máy chủ này không dùng được ({todo['refusal']}).",
            f"DATABASE_URL: this server cannot be used ({todo['refusal']}).",
        )
    logs = home / "logs"

    def run(vi: str, en: str, name: str, *arguments: str) -> None:
        run_logged(
            vi,
            en,
            manage(name, *arguments),
            log=logs / f"{name}.log",
            cwd=home,
            env=variables,
            pause=pause,
        )

    if unapplied := todo["unapplied"]:
        run(
            f"Tạo bảng dữ liệu ({unapplied} thay đổi)",
            f"Making the tables ({unapplied} changes)",
            "migrate",
            "--no-input",
        )
    stamp = home / "static.stamp"
    if not stamp.exists() or stamp.read_text("ascii") != todo["static"]:
        stamp.unlink(missing_ok=True)
        run("Xếp tệp tĩnh", "Arranging static files", "collectstatic", "--no-input", "--clear")
        stamp.write_text(str(todo["static"]), "ascii")
    if demo and todo["demo"]:
        run("Nạp dữ liệu demo", "Loading the demo", LOAD_DEMO)


def _look(home: Path, variables: Mapping[str, str], pause: Callable[[], None]) -> dict[str, object]:
    log = home / "logs" / "look.log"
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "vidan.config.launch.look"],
            cwd=home,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            preexec_fn=dies_with_us(signal.SIGTERM),  # noqa: PLW1509 - we have one thread
        )
        try:
            while process.poll() is None:
                pause()
        except BaseException:
            process.kill()
            raise
        finally:
            said, _ = process.communicate()
    if process.returncode:
        text = tail(log)
        raise LaunchError(
            f"Không xem được tình trạng dữ liệu. Nhật ký: {log}\n{text}",
            f"Could not look at the data. Log: {log}\n{text}",
        )
    result: dict[str, object] = json.loads(said.splitlines()[-1])
    return result


def correct_address(home: Path, base_url: str) -> None:
    """``demo.json`` names the address of this start (another port may have been chosen)."""
    path = home / "demo.json"
    try:
        demo = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return
    if demo.get("base_url") != base_url:
        draft = path.with_name(f"demo.{time.monotonic_ns()}.new")
        draft.touch(mode=0o600)
        demo["base_url"] = base_url
        draft.write_text(json.dumps(demo, ensure_ascii=False, indent=2) + "\n", "utf-8")
        draft.replace(path)
