"""Thu tiền: the amount is computed, taken once, and the receipts run without a gap."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.office import DIPLOMA, FEE, history, last_event
from tests.sites.desk.conftest import text

from vidan.payments.models import Receipt


@pytest.fixture
def pay(signed_in, thu):
    def click(dossier, by=thu, **more):
        return signed_in(by).post(f"/can-bo/ho-so/{dossier.code}/thu-tien/", more)

    return click


def test_the_whole_charge_with_a_numbered_receipt(pay, dossier, thu):
    answer = pay(dossier)

    assert answer.url == f"/can-bo/ho-so/{dossier.code}/in/?to=bien-lai"
    receipt = Receipt.objects.get()
    assert (receipt.series, receipt.shown_number, receipt.amount, receipt.cashier) == (
        "BL26", "000001", FEE, thu,
    )  # fmt: skip
    dossier.refresh_from_db()
    assert dossier.fee_paid == dossier.fee_due == FEE
    assert last_event(dossier).payload == {"amount": FEE, "receipt": "BL26-000001"}


def test_nobody_types_an_amount(pay, dossier):
    pay(dossier, amount="1", total="1", fee="1")
    assert Receipt.objects.get().amount == FEE


def test_a_second_click_shows_the_same_receipt(pay, dossier):
    pay(dossier)
    assert pay(dossier).status_code == 302
    assert Receipt.objects.count() == 1
    assert history(dossier) == ["receive", "payment-confirmed"]


def test_numbers_run_without_a_gap_over_refusals(pay, received, anh, minh):
    for _each in range(3):
        dossier = received(papers=(DIPLOMA,))
        assert pay(dossier, by=anh).status_code == 403
        assert pay(dossier, by=minh).status_code == 404
        pay(dossier)
    assert list(Receipt.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_a_new_year_begins_a_new_book(pay, received, office_clock, at):
    pay(received(papers=(DIPLOMA,)))
    office_clock(at.replace(year=2027, month=1, day=4))
    pay(received(papers=(DIPLOMA,)))
    assert [(r.series, r.number) for r in Receipt.objects.order_by("pk")] == [
        ("BL26", 1),
        ("BL27", 1),
    ]


def test_the_cashier_is_offered_it_the_others_are_not(signed_in, thu, huong, dossier):
    page = f"/can-bo/ho-so/{dossier.code}/"
    assert "Đã nhận 34.000 đ tiền mặt, in biên lai" in text(signed_in(thu).get(page))
    assert "tiền mặt, in biên lai" not in text(signed_in(huong).get(page))


def test_the_refusal_names_the_cashier(pay, dossier, anh):
    assert "Việc này cần vai trò: cán bộ thu tiền." in text(pay(dossier, by=anh))
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("change", [{"amount": 1}, {"number": 9}])
def test_a_receipt_never_changes(pay, dossier, change):
    pay(dossier)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Receipt.objects.update(**change)
    with pytest.raises(DatabaseError, match="or delete"), transaction.atomic():
        Receipt.objects.all().delete()
