"""The catalogue's files, read without a database."""

from __future__ import annotations

from pathlib import Path

import yaml

from vidan.procedures.rules.specification import Specification

FOLDER = Path(__file__).resolve().parents[1] / "catalogue"


class NotInCatalogue(LookupError):
    """There is no file for this code."""


def read_file(path: Path) -> Specification:
    """A file as a value. Raises pydantic's ``ValidationError`` naming each bad place."""
    return Specification.model_validate(yaml.safe_load(path.read_text("utf-8")))


def files() -> list[Path]:
    """Every file of the catalogue, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def read(code: str) -> Specification:
    """The catalogue's newest text for a code. Raises ``NotInCatalogue``."""
    path = FOLDER / f"{code}.yaml"
    if path not in files():
        raise NotInCatalogue(code)
    return read_file(path)
