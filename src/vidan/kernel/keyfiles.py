"""Secrets that live outside the database: made once, readable by the owner only."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path


def read_or_make(path: Path, size: int = 32) -> bytes:
    """The key in ``path`` (base64 text); made with ``size`` random bytes where there is none yet.

    Two processes starting together get the same key: the file appears whole or not at all.
    """
    try:
        return base64.b64decode(path.read_text("ascii").strip(), validate=True)
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(base64.b64encode(secrets.token_bytes(size)).decode("ascii") + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process was first: its key counts
    finally:
        draft.unlink()
    return base64.b64decode(path.read_text("ascii").strip(), validate=True)
