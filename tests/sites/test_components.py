"""What the macros write, read as text and markup."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.utils.translation import override

from vidan.sites.form_errors import form_errors


def drawn(source: str, **context: Any) -> str:
    with override("vi"):
        return re.sub(r"\s+", " ", engines["jinja2"].from_string(source).render(context)).strip()


def macro(file: str, name: str, call: str, **context: Any) -> str:
    return drawn(f'{{% from "components/{file}.html" import {name} %}}{{{{ {call} }}}}', **context)


@pytest.mark.parametrize(
    ("state", "officer", "citizen"),
    [
        ("in_time", "Trong hạn", "Đúng hẹn"),
        ("due_today", "Hạn hôm nay", "Đúng hẹn"),
        ("late", "Quá hạn", "Trễ hẹn, có thư xin lỗi"),
        ("paused", "Tạm dừng", "Chờ ông/bà bổ sung"),
        ("in_work", "Đang xử lý", "Đang giải quyết"),
        ("ready", "Đã xử lý xong", "Mời đến nhận"),
        ("finished", "Đã trả kết quả", "Đã nhận kết quả"),
    ],
)
def test_each_state_has_its_word_for_each_reader(state: str, officer: str, citizen: str) -> None:
    assert officer in macro("chip", "chip", "chip(s)", s=state)
    assert citizen in macro("chip", "chip", "chip(s, reader='citizen')", s=state)


def test_a_chip_that_shows_an_hour_still_says_its_state_aloud() -> None:
    chip = macro("chip", "chip", "chip('late', 'trễ từ 08:30')")

    assert 'hidden">Quá hạn: </span>trễ từ 08:30' in chip


def test_what_a_citizen_typed_is_escaped() -> None:
    chip = macro("chip", "chip", "chip('late', t)", t="<script>")

    assert "<script>" not in chip


def test_four_sheets_are_too_many_to_draw() -> None:
    from datetime import date

    sheets = [{"on": date(2026, 11, day)} for day in (23, 24, 25, 26)]
    call = "why(['Lý do'], sheets)"

    assert 'class="sheets"' in macro("why", "why", call, sheets=sheets[:3])
    assert 'class="sheets"' not in macro("why", "why", call, sheets=sheets)


def test_the_row_copies_the_whole_code_and_shows_the_short_one() -> None:
    row = macro(
        "table",
        "dossier_row",
        "dossier_row('/x', {'state': 'in_time'}, 'H15.158-261118-0012', 'Y Thiên Niê', 'Sao y')",
    )

    assert 'data-full-code="H15.158-261118-0012">261118-0012</a>' in row


def test_undetermined_money_is_a_sentence_never_zero() -> None:
    said = macro("money", "money_undetermined", "money_undetermined()")

    assert "Chưa xác định, chưa thu." in said
    assert "0 đ" not in said


def test_literal_amounts_follow_the_readers_language() -> None:
    page = engines["jinja2"].from_string("{{ 34000 | money }} {{ 34000 | in_words }}")
    with override("en"):
        assert page.render() == "34,000 VND thirty-four thousand dong"
    with override("vi"):
        assert page.render() == "34.000 đ ba mươi bốn nghìn đồng"


class CopyForm(forms.Form):
    pages = forms.IntegerField(
        label="Số trang", min_value=1, error_messages={"required": "Xin ghi số trang."}
    )
    phone = forms.CharField(label="Điện thoại", required=False, help_text="Nếu có")
    receive = forms.ChoiceField(
        label="Nhận", choices=[("a", "Tại quầy"), ("b", "Bưu chính")], widget=forms.RadioSelect
    )


def test_an_error_is_tied_to_its_field_and_keeps_what_was_typed() -> None:
    form = CopyForm({"pages": "mười", "phone": "x", "receive": "a"})

    field = macro("fields", "field", "field(form.pages)", form=form)

    assert 'value="mười"' in field
    assert 'aria-describedby=" id_pages_error" aria-invalid="true"' in field
    assert 'id="id_pages_error"' in field
    assert 'inputmode="numeric"' in field
    assert 'type="number"' not in field


def test_optional_says_so_and_hints_are_read_with_the_field() -> None:
    field = macro("fields", "field", "field(form.phone)", form=CopyForm())

    assert "(không bắt buộc)" in field
    assert 'aria-describedby="id_phone_hint"' in field


def test_choices_are_a_group_with_a_legend() -> None:
    field = macro("fields", "field", "field(form.receive)", form=CopyForm({"receive": "b"}))

    assert "<legend" in field
    assert 'id="id_receive_1" name="receive" type="radio" value="b" checked' in field


def test_the_summary_links_to_the_first_choice_and_to_text_fields() -> None:
    found = form_errors([CopyForm({}), CopyForm()])

    assert (found[0].text, found[0].target) == ("Xin ghi số trang.", "id_pages")
    assert found[1].target == "id_receive_0"
    summary = macro("notices", "error_summary", "error_summary(form)", form=CopyForm({}))
    assert 'href="#id_receive_0"' in summary


def test_no_errors_no_summary() -> None:
    assert macro("notices", "error_summary", "error_summary(form)", form=CopyForm()) == ""


def test_a_blocked_verb_names_the_lawful_way() -> None:
    said = macro("button", "blocked", "blocked('Không thể', 'Vì', 'Đề nghị ngoại lệ', '/x')")

    assert said.endswith('<a href="/x">Đề nghị ngoại lệ</a></p>')
