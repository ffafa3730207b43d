"""Where a PostgreSQL of ours keeps its data and its socket."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from vidan.config.launch.accounts import Account, reachable
from vidan.config.launch.binaries import SHARED
from vidan.config.launch.console import LaunchError

# The kernel takes 107 bytes for a socket's path; the name in the folder needs 14 of them.
_LONGEST_SOCKET_FOLDER = 85


def make_home(home: Path) -> None:
    """The data directory itself: for us alone, but root's lets another account pass through."""
    try:
        home.mkdir(parents=True)
    except FileExistsError:
        if not home.is_dir() or not os.access(home, os.W_OK | os.X_OK):
            raise LaunchError(
                f"Không ghi được vào {home}. Hãy chạy bằng người dùng sở hữu nó, "
                "hoặc đặt VIDAN_HOME là thư mục khác.",
                f"Cannot write to {home}. Run as the user who owns it, "
                "or set VIDAN_HOME to another folder.",
            ) from None
        return
    home.chmod(0o711 if os.geteuid() == 0 else 0o700)


def base_for(home: Path, account: Account) -> Path:
    """The folder for the database: in ``home``, or where root's account can reach it.

    Once chosen it stays: ``pg/location`` in ``home`` names one that lies elsewhere.
    """
    inside = home / "pg"
    note = inside / "location"
    if note.exists():
        return Path(note.read_text("utf-8").strip())
    if reachable(home, account):
        return inside
    if (inside / "data").exists():
        raise LaunchError(
            f"PostgreSQL (tài khoản {account.name}) không vào được {inside}. "
            f"Hãy cho phép đi qua các thư mục phía trên (chmod o+x), hoặc đặt VIDAN_HOME khác.",
            f"PostgreSQL (account {account.name}) cannot reach {inside}. "
            f"Let it pass through the folders above (chmod o+x), or set another VIDAN_HOME.",
        )
    elsewhere = SHARED / f"data-{secrets.token_hex(6)}"
    elsewhere.mkdir(parents=True)
    SHARED.chmod(0o755)
    account.make_private(elsewhere)
    (elsewhere / "belongs-to").write_text(f"{home}\n", "utf-8")
    inside.mkdir(exist_ok=True)
    draft = note.with_suffix(".new")
    draft.write_text(f"{elsewhere}\n", "utf-8")
    draft.replace(note)
    return elsewhere


def socket_folder(base: Path, account: Account) -> Path:
    """A private folder for the socket: beside the data, or a short one when that path is long."""
    folder = base / "run"
    name = os.fsencode(folder)
    if len(name) <= _LONGEST_SOCKET_FOLDER and not set(name) & set(b",\"'\\"):
        account.make_private(folder)
        return folder
    short = Path("/tmp") / f"vidan-{account.uid}-{hashlib.sha256(name).hexdigest()[:12]}"  # noqa: S108 - made private below
    try:
        short.mkdir(mode=0o700)
        account.give(short)
    except FileExistsError:
        if not account.owns(short):  # somebody else's: never trust it
            short = Path(tempfile.mkdtemp(prefix="vidan-", dir="/tmp"))
            account.give(short)
    short.chmod(0o700)
    return short
