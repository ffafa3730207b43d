"""The documentation says what the code does: drawings, names, settings, links, dependencies."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest

import vidan
from vidan.authorities import reference
from vidan.authorities.rules.calendar import WorkCalendar
from vidan.dossiers.queries.page import STEP_NAMES
from vidan.dossiers.rules import deadlines, diagram
from vidan.dossiers.rules.lifecycle import STATUS_AT, Action, Status, Step
from vidan.kernel.clock import ZONE
from vidan.people.rules.roles import NAMES, NEEDS_SECOND_FACTOR, Role

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
CODE = [*sorted((ROOT / "src" / "vidan").rglob("*.py")), ROOT / "go.py"]
HARNESS = sorted((ROOT / "tests" / "harness").glob("*.py"))

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def drawn(page: str, name: str) -> str:
    """The part of a page between ``<!-- drawn: name -->`` and ``<!-- end -->``, less its fence."""
    found = re.search(rf"<!-- drawn: {name} -->\n(.*?)\n<!-- end -->", text(page), re.DOTALL)
    assert found, f"{page} has no part “{name}”"
    return re.sub(r"^```.*$\n?", "", found[1], flags=re.MULTILINE).strip()


def rows(page: str, heading: str) -> list[list[str]]:
    """The lines of the table under a heading, without its head."""
    below = text(page).split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in below.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_picture_of_the_lifecycle_is_the_one_drawn_from_the_moves() -> None:
    assert drawn("docs/reference/lifecycle.md", "lifecycle") == diagram.lifecycle()


def test_the_table_of_rights_is_the_one_drawn_from_the_moves() -> None:
    assert drawn("docs/reference/roles-and-rights.md", "rights") == diagram.rights()


def test_the_picture_shows_every_step_and_every_verb() -> None:
    picture, table = diagram.lifecycle(), diagram.rights()

    assert all(f" {step}: {step} ({STATUS_AT[step].value})" in picture for step in Step)
    assert all(f": {action} / " in picture for action in Action)
    assert all(f"| `{action}` |" in table for action in Action)
    assert picture.count("--> [*]") == 1


def test_each_step_has_its_name_and_status_on_the_page() -> None:
    page = {row[0]: (row[1], row[3]) for row in rows("docs/reference/lifecycle.md", "Steps")}

    assert page == {step: (STEP_NAMES[step], str(STATUS_AT[step].value)) for step in Step}


def test_each_status_is_marked_as_given_or_not() -> None:
    page = rows("docs/reference/lifecycle.md", "Status codes")

    given = set(STATUS_AT.values())
    assert [(int(row[0]), row[1], row[3]) for row in page] == [
        (status.value, status.name, "yes" if status in given else "no") for status in Status
    ]


def test_each_role_has_its_name_and_mark_on_the_page() -> None:
    page = {row[0]: row for row in rows("docs/reference/roles-and-rights.md", "Roles")}

    assert {role: row[1] for role, row in page.items()} == {role: NAMES[role] for role in Role}
    with_factor = {role for role, row in page.items() if "second factor" in row[3]}
    assert with_factor == NEEDS_SECOND_FACTOR


def settings_read() -> Iterator[str]:
    asked = re.compile(
        r"""(?:env\.(?:text|flag|number)\(|environ\.get\(|environ\[)\s*"([A-Z_]+)\"""", re.VERBOSE
    )
    for path in (*CODE, *HARNESS):
        yield from asked.findall(path.read_text("utf-8"))
    yield from ("VIDAN_HOME", "VIDAN_LANG", "VIDAN_TEST_BASE")  # named by a constant or a loop


def test_every_setting_that_is_read_stands_on_the_page() -> None:
    elsewhere = {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "PATH", "HOME"}
    read = {name for name in settings_read() if name not in elsewhere}
    page = set(re.findall(r"`([A-Z][A-Z_]+)`", text("docs/reference/settings.md")))

    assert read - page == set()
    assert {name for name in page if name.startswith("VIDAN_")} - read == set()


def packages(path: str) -> list[str]:
    lines = (line.split("#")[0].strip() for line in text(path).splitlines())
    return [re.split(r"[\[=<>]", line)[0] for line in lines if line and not line.startswith("-r")]


def test_every_dependency_stands_in_its_decision() -> None:
    names = {
        name for kind in ("run", "test", "node") for name in packages(f"requirements/{kind}.in")
    }
    for path in ("frontend/package.json", "tests/harness/browser/package.json"):
        wanted = json.loads(text(path))
        names |= {*wanted.get("dependencies", ()), *wanted.get("devDependencies", ())}
    decision = set(re.findall(r"`([^`]+)`", text("docs/adr/0010-dependencies.md")))

    assert names - decision == set()


def words(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", words(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", words(page)):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


def resolves(name: str) -> bool:
    """Whether a dotted name leads to a module, or to something within one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            members = {*dir(found), *getattr(found, "__annotations__", ())}
            if part not in members:
                return False
            found = getattr(found, part, None)
        return True
    return False


@each_page
def test_every_name_of_code_exists(page: Path) -> None:
    names = re.findall(r"`(?:python -m )?(vidan(?:\.\w+)+)", words(page))

    assert [name for name in names if not resolves(name)] == []


@each_page
def test_every_path_of_the_project_exists(page: Path) -> None:
    paths = re.findall(r"`((?:src|tests|docs|frontend|requirements)/[\w./-]+)`", words(page))

    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_word_of_the_glossary_has_a_place_in_the_code() -> None:
    lines = [line for line in text("docs/reference/glossary.md").splitlines() if "| `" in line]

    assert len(lines) > 50
    assert all(len(line.strip("|").split("|")) == 5 for line in lines)


def test_the_examples_of_due_dates_are_computed() -> None:
    years = reference.years()
    calendar = WorkCalendar.of(
        (one.year for one in years), [day for one in years for day in one.days]
    )
    for received, agreed, due, _why in rows("docs/explanation/due-dates.md", "Examples"):
        at = datetime.fromisoformat(received).replace(tzinfo=ZONE)
        found = deadlines.same_day(at, cutoff=time(15), calendar=calendar, agreed_days=int(agreed))
        assert f"{found.at:%Y-%m-%d %H:%M}" == due, received


def test_every_fact_that_the_code_cites_stands_on_its_page() -> None:
    page = text("docs/reference/facts.md")
    cited = {
        number
        for path in CODE
        for numbers in re.findall(r"\bfacts (\d\.\d+(?:, [D\d.]+)*)", path.read_text("utf-8"))
        for number in numbers.split(", ")
    }

    assert {"2.4", "D19"} <= cited
    for number in cited:
        assert f"\n## {number} " in page or f"| {number} |" in page, number


def test_every_component_stands_on_its_page() -> None:
    files = (ROOT / "src/vidan/sites/templates/components").glob("*.html")
    listed = re.findall(r"^\| `(\w+\.html)` \|", text("docs/reference/components.md"), re.MULTILINE)

    assert listed == sorted(file.name for file in files)


def test_decisions_are_numbered_listed_and_complete() -> None:
    decisions = sorted((DOCS / "adr").glob("*.md"))

    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    for path in decisions:
        page = path.read_text("utf-8")
        title = page.splitlines()[0].removeprefix(f"# {path.name[:4]} ")
        assert f"](adr/{path.name}) | {title} |" in text("docs/README.md")
        parts = re.findall(r"^## (.+)$", page, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences"], path.name


def test_every_page_is_on_the_map() -> None:
    linked = set(re.findall(r"\]\(([^)#]+)\)", text("docs/README.md")))
    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")} - {"README.md"}

    assert pages - linked == set()


def test_pictures_are_small() -> None:
    assert {path.name for path in (DOCS / "images").iterdir() if path.stat().st_size > 250_000} == (
        set()
    )


def test_commands_that_the_pages_name_exist() -> None:
    go = text("go.py")
    for page in PAGES:
        for command in re.findall(r"go\.py (\w+)", page.read_text("utf-8")):
            assert f'"{command}": ' in go, f"{page.name}: go.py {command}"


def test_the_licence_is_the_one_the_package_declares() -> None:
    assert text("LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert 'license = "EUPL-1.2"' in text("pyproject.toml")
    assert vidan.__version__.split(".dev")[0] in text("CHANGELOG.md")
