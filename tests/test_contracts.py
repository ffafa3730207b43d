"""Promises about the source itself that no import checker sees."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path for path in (ROOT / "src" / "vidan").rglob("*.py") if "migrations" not in path.parts
)
MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_FUNCTION = 500, 60


def layers() -> dict[str, int]:
    """The height of each area, as the import contract orders them; the kernel is 0."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): height
        for height, line in enumerate(reversed(contract))
        for name in line.split("|")
    }


HEIGHT = layers()


def ours() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("vidan.")]


def area(model: type) -> str:
    return model.__module__.split(".")[1]


def test_every_area_with_tables_has_its_place():
    assert {area(model) for model in ours()} <= HEIGHT.keys()


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_a_foreign_key_never_points_upwards(model):
    """Written as a text it would escape the import checker."""
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if target is None or not field.concrete or not target.__module__.startswith("vidan."):
            continue
        assert HEIGHT[area(target)] <= HEIGHT[area(model)], f"{model.__name__}.{field.name}"


def test_no_file_is_too_long():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES_OF_A_FILE
    }
    assert long == {}


def test_no_function_is_too_long():
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_every_table_of_events_derives_from_the_ledger():
    from vidan.kernel.ledger import Event

    named_so = [model for model in ours() if model.__name__.endswith("Event")]
    assert named_so
    assert all(issubclass(model, Event) for model in named_so)


def test_rules_know_neither_django_nor_the_clock():
    for path in SOURCES:
        if "rules" not in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            wrong = [n for n in names if n.split(".")[0] == "django" or n == "vidan.kernel.clock"]
            assert not wrong, path
