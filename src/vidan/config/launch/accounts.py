"""Who runs PostgreSQL, and which folders that account can reach."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from vidan.config.launch.console import LaunchError

# PostgreSQL refuses to run as root. An account made for us comes first, else the one every
# system has for work that needs no rights.
_PREFERRED = ("vidan", "nobody")


@dataclass(frozen=True)
class Account:
    """An account that PostgreSQL runs as; ``drop``: we are root and become it."""

    uid: int
    gid: int
    name: str
    drop: bool

    def owns(self, path: Path) -> bool:
        """Whether ``path`` is a real folder of this account."""
        found = path.lstat()
        return stat.S_ISDIR(found.st_mode) and found.st_uid == self.uid

    def give(self, path: Path) -> None:
        """Hand a folder or file of ours over to the account."""
        if self.drop:
            os.chown(path, self.uid, self.gid)

    def make_private(self, path: Path) -> None:
        """A folder for the account alone, whatever the umask says."""
        path.mkdir(parents=True, exist_ok=True)
        self.give(path)
        path.chmod(0o700)


def _named(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise LaunchError(
            f"Tài khoản số {uid} không có tên trong máy này nên PostgreSQL không chạy được. "
            "Hãy thêm tài khoản, hoặc chỉ một PostgreSQL có sẵn bằng DATABASE_URL.",
            f"User id {uid} has no name on this machine, so PostgreSQL cannot run. "
            "Add the account, or name an existing PostgreSQL in DATABASE_URL.",
        ) from None


def current_name() -> str:
    """The name under which PostgreSQL sees us at the other end of a socket."""
    return _named(os.geteuid()).pw_name


def for_data(data: Path) -> Account:
    """The account for a data folder: ourselves; as root, its owner or an unprivileged account."""
    if os.geteuid() != 0:
        us = _named(os.geteuid())
        return Account(us.pw_uid, us.pw_gid, us.pw_name, drop=False)
    if data.exists() and (owner := data.stat().st_uid) != 0:
        found = _named(owner)
        return Account(found.pw_uid, found.pw_gid, found.pw_name, drop=True)
    for name in _PREFERRED:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        if found.pw_uid != 0:
            return Account(found.pw_uid, found.pw_gid, found.pw_name, drop=True)
    raise LaunchError(
        "Đang chạy bằng root mà máy không có tài khoản «nobody» để chạy PostgreSQL. "
        "Hãy tạo tài khoản «vidan» hoặc chạy bằng người dùng thường.",
        "Running as root, and there is no account “nobody” to run PostgreSQL as. "
        "Add an account “vidan”, or run as an ordinary user.",
    )


def reachable(path: Path, account: Account) -> bool:
    """Whether the account may walk to ``path`` and into it. We never widen others' folders."""
    if not account.drop:
        return True
    path = path.resolve()
    for folder in (path, *path.parents):
        found = folder.stat()
        owner = found.st_uid == account.uid and found.st_mode & stat.S_IXUSR
        if not (owner or found.st_mode & stat.S_IXOTH):
            return False
    return True
