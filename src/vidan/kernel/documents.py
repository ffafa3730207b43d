"""Papers as PDF (typst) and QR codes (segno). Knows no paper: the areas bring the templates.

Text reaches a template as JSON, never as source, so ``#``, ``*`` or ``\\`` in a name are printed
and not obeyed. Only our own fonts are used, so a page looks the same on every machine, and the
same data gives the same bytes, so a kept paper can be compared with a later one.
"""

from __future__ import annotations

import io
import json
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import segno
import typst
from django.utils.safestring import SafeString, mark_safe

from vidan.kernel.glyphs import coverage

FONTS = Path(__file__).resolve().parents[1] / "built" / "fonts"
FAMILY = "Tinos"
MADE_AT = "made_at"
MISSING_GLYPH = "□"
_QUIET_ZONE = 4  # modules; the least the QR standard allows


class FontsNotBuilt(RuntimeError):
    """The paper fonts are not there; says how to build them."""


class DocumentFailed(RuntimeError):
    """A template and its data do not fit together: a fault of ours, not of the person's."""


def compile_pdf(
    template: Path, data: Mapping[str, object], *, pdf_standard: typst.PDFStandard = "a-2b"
) -> bytes:
    """The paper as PDF, tagged for screen readers.

    ``data`` is what JSON can say; the template reads it by ``json(bytes(sys.inputs.data))``.
    ``data["made_at"]`` (ISO 8601 with offset) becomes the document's date: same data, same bytes.
    Raises ``FontsNotBuilt`` and ``DocumentFailed``.
    """
    [pdf] = _compile(template, data, format="pdf", pdf_standards=pdf_standard)
    return pdf


def compile_png(template: Path, data: Mapping[str, object], *, ppi: float = 100) -> list[bytes]:
    """Each page as a picture, to be looked at."""
    return _compile(template, data, format="png", ppi=ppi)


def printable(text: str) -> str:
    """``text`` as a paper can carry it: composed (NFC), without control characters.

    Line breaks stay, a tab becomes a space, characters that would reorder the line are dropped.
    A character no paper font can draw becomes ``□``: seen and asked about, never silently lost.
    """
    drawable = _drawable()
    return "".join(_printed(c, drawable) for c in unicodedata.normalize("NFC", text))


def qr_svg(text: str, *, title: str = "") -> SafeString:
    """A QR code as inline SVG without style or size: the page's CSS or the paper gives the size.

    Error level M (15 % may be stained), quiet zone of 4 modules, white ground for dark screens.
    ``title`` is read out by a screen reader.
    """
    svg = _qr(text).svg_inline(
        border=_QUIET_ZONE, light="#fff", omitsize=True, svgclass="qr", lineclass=None,
        title=title or None,
    )  # fmt: skip
    return mark_safe(svg)  # noqa: S308 - made of our own path and a title that segno escapes


def qr_png_bytes(text: str, *, scale: int = 8) -> bytes:
    """A QR code as PNG, ``scale`` pixels a module: for mail and messages that show no SVG."""
    picture = io.BytesIO()
    _qr(text).save(picture, kind="png", border=_QUIET_ZONE, scale=scale)
    return picture.getvalue()


def _qr(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m", boost_error=False)


def _compile(
    template: Path,
    data: Mapping[str, object],
    *,
    format: typst.OutputFormat,
    ppi: float | None = None,
    pdf_standards: typst.PDFStandards = None,
) -> list[bytes]:
    clean = _clean(data)
    with _compiler(template) as compiler:
        try:
            pages, complaints = compiler.compile_with_warnings(
                format=format,
                ppi=ppi,
                sys_inputs={"data": json.dumps(clean, sort_keys=True, ensure_ascii=False)},
                pdf_standards=pdf_standards,
                timestamp=_made_at(data),
            )
        except typst.TypstError as error:
            raise DocumentFailed(f"{template.name}: {error.message}") from error
    for complaint in complaints:
        warnings.warn(f"{template.name}: {complaint.message}", stacklevel=3)
    if pages is None:
        raise DocumentFailed(f"{template.name}: no page")
    return pages if isinstance(pages, list) else [pages]


def _made_at(data: Mapping[str, object]) -> datetime:
    """The document's date; without one the epoch, so that equal data stay equal bytes."""
    made_at = data.get(MADE_AT)
    if made_at is None:
        return datetime.fromtimestamp(0, UTC)
    moment = datetime.fromisoformat(str(made_at))
    if moment.utcoffset() is None:
        raise ValueError(f"{MADE_AT} needs an offset from UTC: {made_at}")
    return moment.astimezone(UTC).replace(microsecond=0)  # a PDF date has no smaller part


# A compiler keeps fonts and parsed templates between papers (40 ms becomes 3 ms) but serves one
# thread at a time: a caller takes an idle one of its template or makes another.
_idle: dict[Path, list[typst.Compiler]] = defaultdict(list)


@contextmanager
def _compiler(template: Path) -> Iterator[typst.Compiler]:
    idle = _idle[template]
    try:
        compiler = idle.pop()
    except IndexError:
        compiler = typst.Compiler(
            template,
            root=template.parent,
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
    yield compiler
    idle.append(compiler)


def _font_files() -> list[Path]:
    files = sorted(FONTS.glob(f"{FAMILY}*.ttf"))
    if not files:
        raise FontsNotBuilt(
            f"No {FAMILY} font in {FONTS}. Build the static files first: "
            "`npm ci` and `node build.mjs` in frontend/ (go.py does both)."
        )
    return files


@cache
def _fonts() -> typst.Fonts:
    _font_files()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _drawable() -> frozenset[str]:
    """What every face of the family can draw: a name may be printed regular or bold."""
    codes = frozenset.intersection(*(coverage(file) for file in _font_files()))
    return frozenset(map(chr, codes))


def _printed(character: str, drawable: frozenset[str]) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if character.isspace():
        return character if category == "Zs" and character in drawable else " "
    if category in {"Cc", "Cf", "Cs"}:
        return ""
    return character if character in drawable else MISSING_GLYPH


def _clean(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
