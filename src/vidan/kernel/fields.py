"""Model fields that keep personal data encrypted at rest."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage
from django.db import models

from vidan.kernel import crypto


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]  # not generic at run time
    """Text in Python, ciphertext in the database; found again only by a blind index beside it."""

    description = "Encrypted text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> str | None:
        return None if value is None else crypto.decrypt(bytes(value))

    def _check_str_default_value(self) -> list[CheckMessage]:
        return []  # unlike a plain binary column, a text is what this one takes

    def to_python(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = crypto.encrypt(value)
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")
