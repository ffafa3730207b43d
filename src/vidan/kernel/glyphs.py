"""Which characters a TrueType font can draw: its ``cmap`` table, read with the standard library.

PDF/A refuses a page with a character the font lacks, so a paper asks here before it prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from struct import error as ShortTable
from struct import unpack_from

_SEGMENTS, _GROUPS = 4, 12


class UnreadableFont(ValueError):
    """The file is not a TrueType font with a Unicode character map."""


def coverage(font: Path) -> frozenset[int]:
    """The code points ``font`` has a glyph for. Raises ``UnreadableFont``."""
    data = font.read_bytes()
    try:
        table = _cmap(data)
        codes = frozenset(
            code for at in _subtables(data, table) for code, glyph in _pairs(data, at) if glyph
        )
    except (ShortTable, ValueError) as fault:
        raise UnreadableFont(f"{font.name}: {fault}") from fault
    if not codes:
        raise UnreadableFont(f"{font.name}: no Unicode character map")
    return codes


def _cmap(data: bytes) -> int:
    (tables,) = unpack_from(">H", data, 4)
    for index in range(tables):
        tag, _sum, offset, _length = unpack_from(">4sIII", data, 12 + 16 * index)
        if tag == b"cmap":
            return int(offset)
    raise ValueError("no cmap table")


def _subtables(data: bytes, table: int) -> Iterator[int]:
    (count,) = unpack_from(">H", data, table + 2)
    for index in range(count):
        platform, encoding, offset = unpack_from(">HHI", data, table + 4 + 8 * index)
        if (platform, encoding) in {(0, 3), (0, 4), (3, 1), (3, 10)}:
            yield table + offset


def _pairs(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """(code point, glyph) of one subtable; glyph 0 means "missing"."""
    (kind,) = unpack_from(">H", data, at)
    if kind == _SEGMENTS:
        yield from _segment_pairs(data, at)
    elif kind == _GROUPS:
        (groups,) = unpack_from(">I", data, at + 12)
        for index in range(groups):
            first, last, glyph = unpack_from(">III", data, at + 16 + 12 * index)
            for code in range(first, last + 1):
                yield code, glyph + code - first


def _segment_pairs(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    (double,) = unpack_from(">H", data, at + 6)
    count = double // 2
    ends = unpack_from(f">{count}H", data, at + 14)
    starts = unpack_from(f">{count}H", data, at + 16 + double)
    deltas = unpack_from(f">{count}H", data, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    offsets = unpack_from(f">{count}H", data, ranges_at)
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            if not offsets[index]:
                yield code, (code + deltas[index]) & 0xFFFF
                continue
            where = ranges_at + 2 * index + offsets[index] + 2 * (code - starts[index])
            (glyph,) = unpack_from(">H", data, where)
            yield code, (glyph + deltas[index]) & 0xFFFF if glyph else 0
