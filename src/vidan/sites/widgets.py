"""What our field macros need to know of a Django bound field."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.forms import PasswordInput
from django.forms.boundfield import BoundField

# Written by the macros themselves, or meaningless on the text inputs we use for numbers and dates.
_OURS = frozenset({"class", "id", "name", "value", "type", "required", "min", "max", "step"})


def shown_value(field: BoundField) -> str | None:
    """What stands in the field: what was typed, else its initial value; passwords never."""
    if isinstance(field.field.widget, PasswordInput):
        return None
    value = field.field.widget.format_value(field.value())
    return None if value in (None, "") else str(value)


def widget_attrs(
    field: BoundField, more: Mapping[str, object], without: Collection[str] = ()
) -> dict[str, object]:
    """The attributes of the field's widget and ``more``, fit for the ``xmlattr`` filter."""
    attrs = {
        name: (name if value is True else value)
        for name, value in field.field.widget.attrs.items()
        if name not in _OURS and name not in without and value is not False
    }
    if field.field.disabled:
        attrs["disabled"] = "disabled"
    return attrs | dict(more)
