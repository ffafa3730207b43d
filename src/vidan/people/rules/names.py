"""What can be a person's name on a legal paper. Pure."""

from __future__ import annotations

import unicodedata

from vidan.authorities.rules.explained import N_, Explained

_BETWEEN = set(" '’ʼ-.")


class NameRefused(Explained):
    """Not a name that can stand on a slip, a receipt or a signature line."""


def tidy(text: str) -> str:
    """The name with single spaces: letters of any script, apostrophes, hyphens and dots.

    Êđê and M'nông letters with their marks pass. Raises ``NameRefused``.
    """
    name = " ".join(text.split())
    odd = [c for c in name if c not in _BETWEEN and unicodedata.category(c)[0] not in "LM"]
    if odd or not any(c.isalpha() for c in name):
        raise NameRefused(N_("Họ tên chỉ gồm chữ. Xin ghi như trên thẻ."))
    return name
