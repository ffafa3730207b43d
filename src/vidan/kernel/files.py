"""Files: checked by content, encrypted on disk, written whole or not at all."""

from __future__ import annotations

import io
import os
import warnings
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from vidan.kernel import crypto
from vidan.kernel.models import StoredFile

_IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_LARGEST_IMAGE = 60_000_000
"""Pixels. A phone's photograph has about 12 to 50 million; more is a decompression bomb."""


class FileRefused(ValueError):
    """The file cannot be taken; ``explanation`` says why and what to do, in the reader's words."""

    def __init__(self, explanation: str) -> None:
        super().__init__(explanation)
        self.explanation = explanation


@dataclass(frozen=True, slots=True)
class Checked:
    """A file whose content is what it says it is."""

    name: str
    data: bytes
    media_type: str
    pages: int


def check_upload(upload: UploadedFile[bytes]) -> Checked:
    """Look at the bytes, not at the name. Raises ``FileRefused``."""
    name = Path(upload.name or "").name[:200] or _("tệp không tên")
    limit = settings.VIDAN_MAX_FILE
    if (upload.size or 0) > limit:
        raise FileRefused(
            _("Tệp %(name)s lớn hơn %(limit)s MB. Xin chụp lại với cỡ nhỏ hơn, hoặc tách ra.")
            % {"name": name, "limit": limit // 2**20}
        )
    return check_bytes(name, upload.read())


def check_bytes(name: str, data: bytes) -> Checked:
    """Tell a PDF or a photograph from anything else. Raises ``FileRefused``."""
    if not data:
        raise FileRefused(_("Tệp %(name)s trống. Xin chọn lại.") % {"name": name})
    if data.lstrip()[:5] == b"%PDF-":
        return Checked(name, data, "application/pdf", _pdf_pages(name, data))
    media_type = _image_type(name, data)
    if media_type is None:
        raise FileRefused(
            _("Tệp %(name)s không phải ảnh hay PDF, dù tên có thể ghi thế. Xin quét hoặc chụp lại.")
            % {"name": name}
        )
    return Checked(name, data, media_type, 1)


def _pdf_pages(name: str, data: bytes) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted:
                raise FileRefused(
                    _("Tệp %(name)s có mật khẩu, không mở được. Xin quét lại bản giấy.")
                    % {"name": name}
                )
            pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        if isinstance(error, FileRefused):
            raise
        pages = 0
    if pages < 1:
        raise FileRefused(_("Tệp %(name)s bị hỏng, không mở được. Xin quét lại.") % {"name": name})
    return pages


def _image_type(name: str, data: bytes) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=tuple(_IMAGES)) as image:
                if image.width * image.height > _LARGEST_IMAGE:
                    raise Image.DecompressionBombError
                image.load()
                return _IMAGES[image.format or ""]
    except Image.DecompressionBombError:
        raise FileRefused(
            _("Ảnh %(name)s quá lớn. Xin chụp lại với cỡ nhỏ hơn.") % {"name": name}
        ) from None
    except (UnidentifiedImageError, OSError, KeyError, SyntaxError, EOFError, ValueError):
        return None


def store(checked: Checked, *, at: datetime) -> StoredFile:
    """Write the encrypted bytes to disk, flushed, then the row. Call it before locking anything.

    A rollback leaves an unreadable orphan on disk, never a row without its file.
    """
    wrapped = crypto.new_file_key()
    identity = uuid4()
    _write(_path(identity), crypto.seal_file(wrapped, checked.data))
    return StoredFile.objects.create(
        id=identity,
        name=checked.name,
        media_type=checked.media_type,
        size=len(checked.data),
        pages=checked.pages,
        digest=sha256(wrapped + checked.data).digest(),
        wrapped_key=wrapped,
        stored_at=at,
    )


def read(file: StoredFile) -> bytes:
    """The plain bytes. Raises ``crypto.Unreadable`` when disk or row were tampered with."""
    wrapped = bytes(file.wrapped_key)
    try:
        sealed = _path(file.id).read_bytes()
    except FileNotFoundError:
        raise crypto.Unreadable("the file is not where it was put") from None
    data = crypto.open_file(wrapped, sealed)
    if sha256(wrapped + data).digest() != bytes(file.digest):
        raise crypto.Unreadable("the file's content is not what its row says")
    return data


def _path(identity: UUID) -> Path:
    root: Path = settings.VIDAN_FILES
    return root / identity.hex[:2] / f"{identity.hex}.bin"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(path)
