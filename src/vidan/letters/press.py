"""From a paper's values to its pages."""

from __future__ import annotations

from pathlib import Path

from vidan.kernel import documents
from vidan.letters.rules.papers import Paper

TEMPLATES = Path(__file__).resolve().parent / "typst"


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2b: the same values give the same bytes."""
    return documents.compile_pdf(TEMPLATES / paper.template, _data(paper))


def pictures(paper: Paper, *, ppi: float = 100) -> list[bytes]:
    """The pages as PNG, to be looked at."""
    return documents.compile_png(TEMPLATES / paper.template, _data(paper), ppi=ppi)


def _data(paper: Paper) -> dict[str, object]:
    codes = {name: str(documents.qr_svg(text)) for name, text in paper.qr_texts().items()}
    return {**paper.as_json(), **codes}
