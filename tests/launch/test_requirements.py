"""The lock files: every package pinned by hash, and nothing in them but names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LOCKS = Path(__file__).resolve().parents[2] / "requirements"


def pins(name: str) -> dict[str, str]:
    text = (LOCKS / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["run.txt", "test.txt", "node.txt"])
def test_every_package_is_pinned_by_hash(name: str) -> None:
    text = (LOCKS / name).read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(name)) > 0
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("path", sorted(LOCKS.iterdir()), ids=lambda path: path.name)
def test_no_addresses_and_no_paths(path: Path) -> None:
    assert not re.search(r"://|--find-links|--index|file:|^\s*/", path.read_text("utf-8"), re.M)


def test_the_tests_run_with_the_versions_that_users_get() -> None:
    used, tested = pins("run.txt"), pins("test.txt")
    assert used.items() <= tested.items()
