"""Publishing: a version is said once, stays as it was said, and ends when the next begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.cast import MONDAY

from vidan.procedures import queries
from vidan.procedures.actions import publish, publish_catalogue
from vidan.procedures.models import ProcedureVersion
from vidan.procedures.rules import catalogue

pytestmark = pytest.mark.django_db
SAYS = catalogue.read_file(catalogue.FOLDER / "2.000815.yaml")
CODE = SAYS.code


def test_the_same_text_twice_is_one_version():
    assert publish(SAYS, at=MONDAY) == publish(SAYS, at=MONDAY + timedelta(days=9))
    assert [v.number for v in publish_catalogue(at=MONDAY)] == [1]
    assert ProcedureVersion.objects.count() == 1


def test_a_new_text_is_the_next_version_and_ends_the_one_before():
    first = publish(SAYS, at=MONDAY)
    second = publish(SAYS.model_copy(update={"valid_from": date(2026, 12, 1)}), at=MONDAY)

    first.refresh_from_db()
    assert (first.number, first.valid_to, second.number) == (1, date(2026, 11, 30), 2)
    assert queries.version_in_force(CODE, on=date(2026, 11, 30)) == first
    assert queries.version_in_force(CODE, on=date(2026, 12, 1)) == second
    assert queries.catalogue(on=date(2026, 12, 1)) == [second]


def test_before_its_first_day_there_is_no_such_procedure():
    publish(SAYS, at=MONDAY)
    for code, day in ((CODE, date(2025, 6, 30)), ("2.000999", MONDAY.date())):
        with pytest.raises(queries.NoSuchProcedure):
            queries.version_in_force(code, on=day)


@pytest.mark.parametrize(
    "change",
    [
        {"spec": {}},
        {"spec_hash": "0" * 64},
        {"number": 7},
        {"valid_from": "2020-01-01"},
        {"published_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_what_was_published_is_never_changed(change):
    publish(SAYS, at=MONDAY)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ProcedureVersion.objects.update(**change)


def test_what_was_published_is_never_deleted():
    version = publish(SAYS, at=MONDAY)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        version.delete()


def test_a_version_does_not_end_before_it_begins():
    publish(SAYS, at=MONDAY)
    with pytest.raises(DatabaseError, match="version_dates_in_order"), transaction.atomic():
        ProcedureVersion.objects.update(valid_to="2025-01-01")


@pytest.mark.parametrize(
    "words",
    [CODE, "chứng thực bản sao", "chung thuc ban sao", "photo công chứng", "sao y", "SAO Y BAN CHINH"],
)  # fmt: skip
def test_a_procedure_is_found_by_its_everyday_names(words):
    publish(SAYS, at=MONDAY)
    assert [v.says.code for v in queries.search(words, on=MONDAY.date())] == [CODE]


@pytest.mark.parametrize("words", ["", "  ", "khai sinh cho trẻ", "'; drop table", "%", "2.000816"])
def test_other_words_find_nothing(words):
    publish(SAYS, at=MONDAY)
    assert queries.search(words, on=MONDAY.date()) == []
