"""Making a paper once, and giving out again what was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from django.db import IntegrityError, transaction
from pypdf import PdfReader

from vidan.kernel import files
from vidan.letters import access, compose, press
from vidan.letters.models import IssuedPaper
from vidan.letters.rules.papers import Kind, Paper
from vidan.people.models import User

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Printout:
    """A kept paper, ready for the browser to print."""

    name: str
    data: bytes
    media_type: str = PDF


def keep_receipt_slip(dossier_id: int, *, at: datetime) -> IssuedPaper:
    """Make form 01 and keep it; asked again, answer with the one that was made."""
    return keep(
        dossier_id, Kind.RECEIPT_SLIP, lambda: compose.receipt_slip(dossier_id), at=at
    )  # fmt: skip


def keep(
    dossier_id: int, kind: Kind, build: Callable[[], Paper], *, serial: int = 1, at: datetime
) -> IssuedPaper:
    """Keep a dossier's paper, made by ``build`` only when it is not there yet.

    Two at the same moment keep one: the slower answers with the quicker's.
    """
    known = _kept(dossier_id, kind, serial=serial)
    if known is not None:
        return known
    paper = build()
    if paper.kind is not kind:
        raise TypeError(f"{type(paper).__name__} is not a {kind}")
    data = press.pdf(paper)
    try:
        with transaction.atomic():
            return IssuedPaper.objects.create(
                dossier_id=dossier_id,
                kind=kind,
                serial=serial,
                form_set=paper.form_set,
                file=files.store(_checked(paper, data), at=at),
                sha256=sha256(data).digest(),
                made_at=at,
            )
    except IntegrityError:
        known = _kept(dossier_id, kind, serial=serial)
        if known is None:
            raise
        return known


def print_receipt_slip(code: str, *, officer: User, at: datetime) -> Printout:
    """Form 01 as it was kept. Raises ``DossierNotFound`` and ``NotAllowed``."""
    dossier = access.dossier_to_print(code, officer=officer, at=at, purpose=Kind.RECEIPT_SLIP)
    return _printout(keep_receipt_slip(dossier.pk, at=at))


def print_paper(
    code: str,
    kind: Kind,
    build: Callable[[], Paper],
    *,
    officer: User,
    serial: int = 1,
    at: datetime,
) -> Printout:
    """A paper whose values an upper or neighbouring area knows: kept at first, then given again.

    ``build`` is called only when there is none yet. Raises ``DossierNotFound``, ``NotAllowed``.
    """
    dossier = access.dossier_to_print(code, officer=officer, at=at, purpose=kind)
    return _printout(keep(dossier.pk, kind, build, serial=serial, at=at))


def _kept(dossier_id: int, kind: Kind, *, serial: int) -> IssuedPaper | None:
    return (
        IssuedPaper.objects.select_related("file")
        .filter(dossier=dossier_id, kind=kind, serial=serial)
        .first()
    )


def _printout(paper: IssuedPaper) -> Printout:
    return Printout(paper.file.name, files.read(paper.file))


def _checked(paper: Paper, data: bytes) -> files.Checked:
    name = f"{paper.title} {paper.reference}.pdf"
    return files.Checked(name, data, PDF, len(PdfReader(BytesIO(data)).pages))
