"""Files: the content decides, the disk holds no plain byte, dropping the key erases."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from tests.cast import MONDAY

from vidan.kernel import crypto, files
from vidan.kernel.files import FileRefused, check_bytes, check_upload
from vidan.kernel.models import StoredFile


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def pdf(pages: int = 1, password: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(200, 300)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is ``width`` by ``height``."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "data", "media_type", "pages"),
    [
        ("hoc-ba.pdf", pdf(12), "application/pdf", 12),
        ("hoc-ba.jpg", pdf(1), "application/pdf", 1),
        ("anh.png", picture(), "image/png", 1),
        ("anh.pdf", picture("JPEG"), "image/jpeg", 1),
        ("anh", picture("WEBP"), "image/webp", 1),
    ],
)
def test_the_content_says_what_a_file_is(name, data, media_type, pages):
    checked = check_bytes(name, data)
    assert (checked.media_type, checked.pages) == (media_type, pages)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("don.pdf", "Đơn xin".encode(), "không phải ảnh hay PDF"),
        ("don.pdf", b"<html><script>alert(1)</script>", "không phải ảnh hay PDF"),
        ("anh.jpg", b"PK\x03\x04" + bytes(100), "không phải ảnh hay PDF"),
        ("anh.gif", picture("GIF"), "không phải ảnh hay PDF"),
        ("anh.bmp", picture("BMP"), "không phải ảnh hay PDF"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải ảnh hay PDF"),
        ("anh.png", picture()[:60], "không phải ảnh hay PDF"),
        ("anh.jpg", picture("JPEG", (400, 400))[:300], "không phải ảnh hay PDF"),
        ("bom.png", bomb(20_000, 5_000), "quá lớn"),
        ("bom.png", bomb(60_000, 60_000), "quá lớn"),
        ("khoa.pdf", pdf(1, "1234"), "có mật khẩu"),
        ("hong.pdf", b"%PDF-1.7\nxref nonsense", "bị hỏng"),
        ("hong.pdf", pdf(3)[:200], "bị hỏng"),
        ("khong-trang.pdf", pdf(0), "bị hỏng"),
        ("trong.pdf", b"", "trống"),
    ],
)
def test_a_refusal_names_the_file_and_the_repair(name, data, words):
    with pytest.raises(FileRefused) as refusal:
        check_bytes(name, data)
    assert words in refusal.value.explanation
    assert name in refusal.value.explanation
    assert "Xin" in refusal.value.explanation


def test_too_large_is_refused_before_it_is_read(settings):
    settings.VIDAN_MAX_FILE = 2**20
    upload = SimpleUploadedFile("phim.pdf", bytes(2**20 + 1))
    with pytest.raises(FileRefused, match=r"phim\.pdf lớn hơn 1 MB"):
        check_upload(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("../../etc/passwd.png", "passwd.png"), ("thẻ.png", "thẻ.png"), ("x" * 300, "x" * 200)],
)
def test_only_the_last_part_of_a_name_is_kept(sent, kept):
    assert check_upload(SimpleUploadedFile(sent, picture())).name == kept


_SOUND = {"png": picture(), "jpeg": picture("JPEG"), "webp": picture("WEBP"), "pdf": pdf(2)}


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(sorted(_SOUND)),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    st.integers(1, 2000),
)
def test_a_damaged_file_is_taken_or_refused_and_nothing_worse(kind, changes, length):
    data = bytearray(_SOUND[kind])
    for place, value in changes:
        data[place % len(data)] = value
    with suppress(FileRefused):
        assert check_bytes("x", bytes(data[:length])).pages >= 1


class TestKept:
    @pytest.fixture
    def stored(self, db: None, settings: Any, tmp_path: Path) -> StoredFile:
        settings.VIDAN_FILES = tmp_path / "files"
        return files.store(check_bytes("hoc-ba.pdf", pdf(2)), at=MONDAY)

    @pytest.fixture
    def on_disk(self, stored: StoredFile, tmp_path: Path) -> Path:
        (found,) = (path for path in (tmp_path / "files").rglob("*") if path.is_file())
        return found

    def test_it_is_read_again_with_its_facts(self, stored):
        assert files.read(StoredFile.objects.get()) == pdf(2) or stored.size == len(
            files.read(stored)
        )
        assert (stored.name, stored.media_type, stored.pages) == (
            "hoc-ba.pdf", "application/pdf", 2,
        )  # fmt: skip

    def test_the_disk_holds_no_plain_byte_and_no_name(self, stored, on_disk):
        lies = on_disk.read_bytes()
        assert b"%PDF" not in lies
        assert b"/Page" not in lies
        assert "hoc-ba" not in str(on_disk)
        assert on_disk.stat().st_mode & 0o777 == 0o600

    def test_the_key_in_the_row_is_itself_sealed(self, stored, on_disk):
        with pytest.raises(crypto.Unreadable):
            crypto.decrypt(bytes(stored.wrapped_key))

    @pytest.mark.parametrize("place", [0, 1, 15, -1])
    def test_a_changed_byte_makes_it_unreadable(self, stored, on_disk, place):
        data = bytearray(on_disk.read_bytes())
        data[place] ^= 1
        on_disk.write_bytes(data)
        with pytest.raises(crypto.Unreadable):
            files.read(stored)

    def test_another_files_bytes_in_its_place_are_unreadable(self, stored, on_disk, tmp_path):
        other = files.store(check_bytes("khac.pdf", pdf(1)), at=MONDAY)
        place = tmp_path / "files" / other.id.hex[:2] / f"{other.id.hex}.bin"
        on_disk.write_bytes(place.read_bytes())
        with pytest.raises(crypto.Unreadable):
            files.read(stored)

    def test_a_lost_file_is_unreadable(self, stored, on_disk):
        on_disk.unlink()
        with pytest.raises(crypto.Unreadable):
            files.read(stored)

    def test_dropping_the_key_erases_it_for_ever(self, stored, on_disk):
        StoredFile.objects.update(wrapped_key=b"")
        with pytest.raises(crypto.Unreadable):
            files.read(StoredFile.objects.get())
        assert on_disk.exists()

    def test_nothing_half_written_stays(self, stored, tmp_path):
        assert not list((tmp_path / "files").rglob("*.part"))
