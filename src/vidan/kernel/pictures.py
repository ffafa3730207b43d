"""Pages as pictures: a kept PDF or a photograph, drawn for a screen."""

from __future__ import annotations

import io
from threading import Lock

import pypdfium2
from PIL import Image

_ONE_AT_A_TIME = Lock()  # the PDF library must not be entered by two threads


class NoSuchPage(LookupError):
    """The document has fewer pages."""


def of_pdf(data: bytes, number: int, *, width: int) -> bytes:
    """Page ``number`` (from 1) of a PDF as PNG, ``width`` pixels wide. Raises ``NoSuchPage``."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= number <= len(document):
                raise NoSuchPage(number)
            page = document[number - 1]
            picture = page.render(scale=width / page.get_width()).to_pil()
            page.close()
        finally:
            document.close()
    return _png(picture)


def pages_in(data: bytes) -> int:
    """How many pages a PDF of ours has."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            return len(document)
        finally:
            document.close()


def of_image(data: bytes, *, width: int) -> bytes:
    """A photograph, at most ``width`` pixels wide, as PNG."""
    with Image.open(io.BytesIO(data)) as image:
        image.thumbnail((width, width * 2))
        return _png(image.convert("RGB"))


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
