"""Settings from the environment, read once, typed, with errors that name the variable."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class SettingError(ValueError):
    """An environment variable is set to something we cannot use."""


def text(name: str, default: str = "") -> str:
    """The variable's text; an empty one counts as absent."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    """``1``/``true``/``yes`` or ``0``/``false``/``no``; anything else is an error."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name}={value!r}: use 1 or 0")


def number(name: str, default: int) -> int:
    """A whole number, or an error that names the variable."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise SettingError(f"{name}={value!r}: use a whole number") from None


def home() -> Path:
    """Where this installation keeps its data (``VIDAN_HOME``), by default ``.vidan`` beside us."""
    return Path(text("VIDAN_HOME", str(ROOT / ".vidan"))).expanduser().resolve()
