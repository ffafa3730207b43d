"""Our own PostgreSQL: made, started, waited for, stopped. Reached by a private socket only.

Each rule here was learned from a failure: no port that somebody else may hold, no time limit
on a long recovery, no trust in ``postmaster.pid`` after a kill, no root.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from vidan.config.launch import accounts, binaries, places
from vidan.config.launch.children import dies_with_us, how_it_ended, open_log
from vidan.config.launch.console import LaunchError, tail

OWNER, DATABASE = "vidan", "vidan"
_ADMIN = "vidan_admin"
# After kill -9 the old postmaster.pid and shared memory stand in the way for a second or two.
_STALE = 10.0
_STALE_SIGNS = ("postmaster.pid", "shared memory block")
_FAST, _IMMEDIATE = 60.0, 15.0
_SAFE = {"fsync": "on"}
# For throw-away databases in tests: nothing there needs to survive a power cut.
_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _pause() -> None:
    time.sleep(0.05)


class Cluster:
    """One PostgreSQL with its data folder. ``pause`` is called while waiting and may raise."""

    def __init__(
        self,
        home: Path,
        *,
        log: Path,
        durable: bool = True,
        may_create_databases: bool = False,
        pause: Callable[[], None] = _pause,
    ) -> None:
        self.account = accounts.for_data(home / "pg" / "data")
        self.base = places.base_for(home, self.account)
        self.data = self.base.resolve() / "data"
        self.log = log
        self._settings = _SAFE if durable else _THROW_AWAY
        self._sync = durable
        self._creator = may_create_databases
        self._pause = pause
        self._programs = binaries.folder_for(self.account)
        self._sockets: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The postmaster's process id while it runs."""
        return self._process.pid if self._process else None

    @property
    def url(self) -> str:
        """What ``DATABASE_URL`` must be for our own database. After ``plan`` or ``start``."""
        return f"postgresql:///{DATABASE}?user={OWNER}&host={quote(str(self._sockets), safe='')}"

    def plan(self) -> str:
        """Settle where the socket will be, and return the address before the server runs."""
        self.account.make_private(self.base)
        self._sockets = places.socket_folder(self.base, self.account)
        return self.url

    def start(self) -> None:
        """Make the data folder if there is none, start, wait for recovery, see to the database."""
        self.plan()
        self._make_data()
        self._write_access()
        self._clear_leftovers()
        deadline = time.monotonic() + _STALE
        while not self._launch():
            if time.monotonic() > deadline:
                raise self._failure(f"PostgreSQL không khởi động ({self.data})", "did not start")
            self._pause()
        self._see_to_database()

    def ended(self) -> int | None:
        """The postmaster's return code, or None while it runs (or was not started)."""
        return self._process.poll() if self._process else None

    def stop(self) -> None:
        """Fast stop; after a minute immediate stop; then kill. Never raises for a dead server."""
        if not self._process:
            return
        for number, patience in (
            (signal.SIGINT, _FAST),
            (signal.SIGQUIT, _IMMEDIATE),
            (signal.SIGKILL, _IMMEDIATE),
        ):
            if self._process.poll() is not None:
                break
            with suppress(ProcessLookupError):
                self._process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        self._process = None
        if self._sockets and self._sockets.parent != self.base:
            with suppress(OSError):
                self._sockets.rmdir()

    def _as_account(self, command: list[str], **more: object) -> subprocess.Popen[bytes]:
        identity: dict[str, object] = {}
        if self.account.drop:
            identity = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        options: dict[str, object] = {
            "cwd": "/",
            "env": {"PATH": os.defpath, "LC_ALL": "C"},
            "stdin": subprocess.DEVNULL,
            "stderr": subprocess.STDOUT,
            "umask": 0o077,
            "start_new_session": True,
            **identity,
            **more,
        }
        return subprocess.Popen(command, **options)  # type: ignore[call-overload,no-any-return]

    def _make_data(self) -> None:
        if self.data.exists():
            self._check_version()
            return
        draft = self.data.with_name("data.new")
        shutil.rmtree(draft, ignore_errors=True)  # a first start that was killed
        command = [str(self._programs / "initdb"), "-D", str(draft), "-U", _ADMIN]
        command += ["--auth-local=peer", "--auth-host=reject", "--encoding=UTF8"]
        command += ["--no-instructions", *self._locale()]
        if not self._sync:
            command.append("--no-sync")
        with open_log(self.log) as out:
            process = self._as_account(command, stdout=out, preexec_fn=dies_with_us(signal.SIGTERM))
            try:
                while process.poll() is None:
                    self._pause()
            except BaseException:
                process.kill()
                process.wait()
                raise
        if process.returncode:
            raise self._failure("Không tạo được dữ liệu PostgreSQL", "could not make its data")
        draft.rename(self.data)

    def _locale(self) -> list[str]:
        # The built-in provider has right upper and lower case for Vietnamese on every machine.
        if binaries.major_version(self._programs) >= 17:
            return ["--locale-provider=builtin", "--locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text("ascii").strip()
        ours = binaries.major_version(self._programs)
        if found != str(ours):
            raise LaunchError(
                f"Dữ liệu ở {self.data} thuộc PostgreSQL {found}, chương trình là {ours}. "
                "Hãy xuất bằng pg_dump của bản cũ rồi nhập vào bản mới.",
                f"The data in {self.data} belongs to PostgreSQL {found}, the programs are {ours}. "
                "Dump it with the old version's pg_dump and load it into the new one.",
            )

    def _write_access(self) -> None:
        """Only we, by the socket: the kernel itself tells PostgreSQL who asks."""
        lines = "local all all peer map=vidan\n"
        self._write("pg_hba.conf", lines)
        names = dict.fromkeys((accounts.current_name(), self.account.name))
        pairs = [f'vidan "{name}" {role}\n' for name in names for role in (OWNER, _ADMIN)]
        self._write("pg_ident.conf", "".join(pairs))

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        draft = path.with_suffix(".new")
        draft.write_text(text, "utf-8")
        draft.chmod(0o600)
        self.account.give(draft)
        draft.replace(path)

    def _clear_leftovers(self) -> None:
        """Stop the postmaster of a killed launcher; forget a number that now means another."""
        note = self.data / "postmaster.pid"
        try:
            pid = int(note.read_text("ascii").split("\n", 1)[0])
            os.kill(pid, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return
        except PermissionError:
            return  # another account's: PostgreSQL sees that for itself
        if sys.platform.startswith("linux"):
            if not self._is_ours(pid):
                note.unlink(missing_ok=True)
                return
        deadline = time.monotonic() + _FAST
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGINT)
        while note.exists() and time.monotonic() < deadline:
            self._pause()

    def _is_ours(self, pid: int) -> bool:
        """Whether a process works in our data folder; one dead and not yet buried does not."""
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
            return state != "Z" and Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data
        except PermissionError:
            return True
        except OSError:
            return False

    def _launch(self) -> bool:
        """Start once and wait until it answers; False when remains of a killed one prevent it."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self._sockets}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
            **self._settings,
        }
        command = [str(self._programs / "postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with open_log(self.log) as out:
            before = out.tell()
            self._process = self._as_account(
                command, stdout=out, preexec_fn=dies_with_us(signal.SIGINT)
            )
        while True:
            code = self._process.poll()
            if code is not None:
                self._process = None
                said = self.log.read_bytes()[before:].decode("utf-8", "replace")
                if any(sign in said for sign in _STALE_SIGNS):
                    return False
                raise self._failure(
                    f"PostgreSQL đã dừng ({how_it_ended(code)})", f"ended ({how_it_ended(code)})"
                )
            # However long recovery takes: it is alive, and says so in its log.
            with suppress(psycopg.OperationalError), self._admin("postgres"):
                return True
            self._pause()

    def _admin(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            dbname=database, user=_ADMIN, host=str(self._sockets), autocommit=True
        )

    def _see_to_database(self) -> None:
        role, database = sql.Identifier(OWNER), sql.Identifier(DATABASE)
        with self._admin("postgres") as connection:
            roles = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER])
            if not roles.fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            if self._creator:
                connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(role))
            names = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not names.fetchone():
                make = sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role)
                connection.execute(make)

    def _failure(self, vi: str, en: str) -> LaunchError:
        end = tail(self.log)
        return LaunchError(
            f"{vi}. Nhật ký: {self.log}\n{end}", f"PostgreSQL {en}. Log: {self.log}\n{end}"
        )
