"""Search keys: what a name is compared by, so that "hlen eban" finds "H’Len Êban"."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile("['’‘ʼ`´]")
_NOT_WORD = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Lower case, no tone marks, đ as d, apostrophes dropped, everything else one space.

    Computed in Python and stored, so that search does not depend on a database's extensions.
    """
    text = _APOSTROPHES.sub("", text).casefold().replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare).strip()
