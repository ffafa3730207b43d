"""What an error summary lists: every error of a page's forms, with the field it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BaseFormSet, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundField


@dataclass(frozen=True, slots=True)
class FieldError:
    """One sentence and the id of the field it is about; empty where it is about the whole form."""

    text: str
    target: str


def field_target(field: BoundField) -> str:
    """The id of the element that takes the focus: for a group of choices, its first."""
    first = isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if first else field.auto_id


def form_errors(forms: object) -> list[FieldError]:
    """The errors of a form, a formset, or any nesting of lists of them, in reading order."""
    return list(_found(forms))


def _found(forms: object) -> Iterator[FieldError]:
    if isinstance(forms, BaseForm):
        yield from _of_form(forms)
    elif isinstance(forms, BaseFormSet):
        if forms.is_bound:
            yield from (FieldError(str(text), "") for text in forms.non_form_errors())
            yield from _found(forms.forms)
    elif isinstance(forms, Iterable) and not isinstance(forms, str):
        for form in forms:
            yield from _found(form)


def _of_form(form: BaseForm) -> Iterator[FieldError]:
    if not form.is_bound:
        return
    yield from (FieldError(str(text), "") for text in form.non_field_errors())
    for field in form:
        yield from (FieldError(str(text), field_target(field)) for text in field.errors)
