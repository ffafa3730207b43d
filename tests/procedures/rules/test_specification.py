"""A procedure's published text as a value: what it must say, and which place is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from vidan.procedures.rules import catalogue
from vidan.procedures.rules.specification import Specification

FILES = sorted(catalogue.FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_the_catalogue_loads_under_its_own_code(path):
    says = catalogue.read_file(path)
    assert says.code == path.stem
    assert says.short_name
    assert says.decision


def test_the_certified_copy_says_what_the_law_says():
    says = catalogue.read_file(catalogue.FOLDER / "2.000815.yaml")

    assert (says.time_limit.cutoff.hour, says.time_limit.basis) == (15, "23/2015/NĐ-CP, Điều 7")
    assert says.time_limit.agreed_extension.most_days == 2
    assert says.fee.cap_per_copy == 200_000
    assert [(p.key, p.mode, p.optional) for p in says.papers] == [
        ("original", "show", False),
        ("photocopy", "hand_in", True),
    ]


def test_a_version_written_out_and_read_again_is_the_same():
    says = catalogue.read_file(catalogue.FOLDER / "2.000815.yaml")
    assert Specification.model_validate(says.model_dump(mode="json", by_alias=True)) == says


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("code",), "2.815", "code"),
        (("valid_from",), "32/07/2025", "valid_from"),
        (("channels",), ["fax"], "channels.0"),
        (("papers",), [], "papers"),
        (("papers", 0, "mode"), "bring", "papers.0.mode"),
        (("papers", 0, "colour"), "blue", "papers.0.colour"),
        (("results",), [], "results"),
        (("time_limit", "cutoff"), "25:00", "time_limit.cutoff"),
        (("time_limit", "agreed_extension", "grounds"), [], "time_limit.agreed_extension.grounds"),
        (("fee", "cap_per_copy"), 0, "fee.cap_per_copy"),
        (("fee", "tiers", 0, "amount"), -1, "fee.tiers.0.amount"),
        (("fee", "tiers", 1, "from_page"), 4, "fee"),
    ],
)
def test_an_error_names_its_place(place, value, said):
    text = _text()
    inner: Any = text
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(ValidationError) as error:
        Specification.model_validate(text)
    assert [".".join(map(str, e["loc"])) for e in error.value.errors()] == [said]


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ([(2, None)], "tier 1 must start at page 1"),
        ([(1, 2), (4, None)], "tier 2 must start at page 3"),
        ([(1, None), (3, None)], "only the last tier may be open"),
        ([(1, 2), (3, 5)], "the last tier must be open"),
        ([(1, 2), (3, 1), (2, None)], "tier 2 ends before it starts"),
    ],
)
def test_tiers_join_without_gap_or_overlap(tiers, words):
    text = _text()
    text["fee"]["tiers"] = [{"from_page": a, "to_page": b, "amount": 1000} for a, b in tiers]
    with pytest.raises(ValidationError, match=words):
        Specification.model_validate(text)


def _text() -> dict[str, Any]:
    return catalogue.read_file(catalogue.FOLDER / "2.000815.yaml").model_dump(
        mode="json", by_alias=True
    )
