"""Amounts of money in words, as a receipt must say them. Plain Python."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")
_SMALL_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS_EN = ("", "thousand", "million", "billion")
LIMIT = 1_000_000_000_000


def in_words(amount: int, language: str = "vi") -> str:
    """Whole đồng in words: ``34000`` is ``ba mươi bốn nghìn đồng`` (English ``… dong``).

    Raises ``ValueError`` below zero and from one trillion on, which no fee of ours reaches.
    """
    if not 0 <= amount < LIMIT:
        raise ValueError(f"no words for the amount {amount}")
    if language.startswith("en"):
        return f"{_english(amount)} dong"
    return f"{_vietnamese(amount)} đồng"


def _groups(amount: int) -> list[tuple[int, int]]:
    """The non-empty groups of three digits, the largest first: (power of a thousand, value)."""
    found = []
    power = 0
    while amount:
        amount, value = divmod(amount, 1000)
        if value:
            found.append((power, value))
        power += 1
    return found[::-1]


def _vietnamese(amount: int) -> str:
    if not amount:
        return _DIGITS[0]
    parts = [
        " ".join(filter(None, (_three(value, leading=index == 0), _GROUPS[power])))
        for index, (power, value) in enumerate(_groups(amount))
    ]
    return " ".join(parts)


def _three(value: int, *, leading: bool) -> str:
    hundreds, rest = divmod(value, 100)
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    tens, units = divmod(rest, 10)
    if tens:
        words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    elif units and words:
        words.append("linh")
    if units == 1 and tens > 1:
        words.append("mốt")
    elif units == 5 and tens:
        words.append("lăm")
    elif units:
        words.append(_DIGITS[units])
    return " ".join(words)


def _english(amount: int) -> str:
    if not amount:
        return _SMALL_EN[0]
    parts = (f"{_three_en(value)} {_GROUPS_EN[power]}".strip() for power, value in _groups(amount))
    return " ".join(parts)


def _three_en(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    words = [f"{_SMALL_EN[hundreds]} hundred"] if hundreds else []
    if 0 < rest < len(_SMALL_EN):
        words.append(_SMALL_EN[rest])
    elif rest:
        tens, units = divmod(rest, 10)
        words.append(f"{_TENS_EN[tens]}-{_SMALL_EN[units]}" if units else _TENS_EN[tens])
    return " ".join(words)
