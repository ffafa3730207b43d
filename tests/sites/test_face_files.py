"""The sources of the face keep the house's promises."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "src/vidan/sites/templates").rglob("*.html"))


def test_the_lock_file_names_no_address() -> None:
    text = (ROOT / "frontend/package-lock.json").read_text("utf-8")

    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in one for name, one in packages.items() if name)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_obey_the_security_policy(template: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", template.read_text("utf-8"), flags=re.S)

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js", source)
    for script in re.findall(r"<script[^>]*>", source):
        assert " src=" in script or "application/json" in script


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_template_compiles(template: Path) -> None:
    from django.template import engines

    root = ROOT / "src/vidan/sites/templates"
    engines["jinja2"].get_template(str(template.relative_to(root)))
