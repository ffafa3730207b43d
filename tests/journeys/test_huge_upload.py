"""2 GiB arrive at the real web server: our page answers 413, nothing is kept, memory stays flat."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

import vidan.config.launch.web

SIZE = 2 * 2**30
PIECE = bytes(2**20)
BOUND = 90
"""Seconds for the whole of it, on a machine with much else to do; it takes about three."""


@dataclass
class Gunicorn:
    process: subprocess.Popen[str]
    port: int
    home: Path

    def workers(self) -> list[int]:
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]

    def peak(self) -> int:
        """The most memory that any worker ever had, in bytes."""
        lines = [
            line
            for pid in self.workers()
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmHWM")
        ]
        return max(int(line.split()[1]) for line in lines) * 1024

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=BOUND)


@pytest.fixture
def gunicorn(tmp_path: Path) -> Iterator[Gunicorn]:
    """The web server as the launcher starts it, with one worker and a data directory of its own."""
    if not Path("/proc/self/status").exists():
        pytest.skip("reads memory from /proc")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (tmp_path / "static").mkdir()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "vidan.config.wsgi"),
            *("-c", vidan.config.launch.web.__file__, "-b", f"127.0.0.1:{port}"),
            *("--log-level", "info"),
        ],
        env={
            **os.environ,
            "VIDAN_HOME": str(tmp_path),
            "VIDAN_UPLOADS": str(uploads),
            "VIDAN_WEB_WORKERS": "1",
            "TMPDIR": str(uploads),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Booting worker" in line:
            break
    yield Gunicorn(process, port, tmp_path)
    process.terminate()
    process.communicate(timeout=30)


def ask(server: Gunicorn, head: str) -> bytes:
    with server.connect() as wire:
        wire.sendall(head.encode())
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
    return answer


def test_two_gibibytes_are_refused_in_words(gunicorn: Gunicorn) -> None:
    host = f"Host: 127.0.0.1:{gunicorn.port}\r\nConnection: close\r\n"
    assert b"200" in ask(gunicorn, f"GET /static/vd/img/seal.svg HTTP/1.1\r\n{host}\r\n")[:20]
    before, begun = gunicorn.peak(), monotonic()

    with gunicorn.connect() as wire:
        wire.sendall(
            f"POST /can-bo/tiep-nhan/ HTTP/1.1\r\n{host}"
            "Content-Type: multipart/form-data; boundary=x\r\n"
            f"Content-Length: {SIZE}\r\n\r\n".encode()
        )
        sent = 0
        while sent < SIZE:
            readable, writable, _broken = select.select([wire], [wire], [], BOUND)
            assert writable, "the server stopped reading"
            if readable:
                break  # it answered early, which is its right
            sent += wire.send(PIECE[: min(len(PIECE), SIZE - sent)])
            assert monotonic() - begun < BOUND
        answer = b""
        while piece := wire.recv(65536):
            answer += piece

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert "Tệp gửi lên quá lớn" in answer.decode()
    assert gunicorn.peak() - before < 40 * 2**20
    kept = [
        path for path in gunicorn.home.rglob("*") if path.is_file() and "keys" not in path.parts
    ]
    assert sum(path.stat().st_size for path in kept) < 2**20, kept
