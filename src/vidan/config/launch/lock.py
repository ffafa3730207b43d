"""One launcher per data directory: a lock that the kernel lets go of when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from vidan.config.launch.console import LaunchError


@dataclass(frozen=True)
class Running:
    """What the holder of a data directory tells others about itself."""

    doing: str  # "demo", "serve", "manage"
    pid: int
    address: str = ""
    database: str = ""
    environment: dict[str, str] = field(default_factory=dict)


class Busy(LaunchError):
    """Somebody else holds the data directory; ``running`` is what they say about themselves."""

    def __init__(self, home: Path, running: Running | None) -> None:
        self.running = running
        where = running.address if running and running.address else ""
        pid = running.pid if running else 0
        if where:
            super().__init__(
                f"Vì Dân đang chạy rồi, tại {where} (tiến trình {pid}, dữ liệu ở {home}).\n"
                "Hãy mở địa chỉ đó; hoặc dừng nó (Ctrl-C ở cửa sổ của nó) rồi chạy lại;\n"
                "muốn chạy thêm một bản nữa: đặt VIDAN_HOME và VIDAN_PORT khác.",
                f"Vì Dân is already running at {where} (process {pid}, data in {home}).\n"
                "Open that address; or stop it (Ctrl-C in its window) and start again;\n"
                "for one more beside it, set another VIDAN_HOME and VIDAN_PORT.",
            )
        else:
            super().__init__(
                f"Một lệnh khác đang khởi động với dữ liệu ở {home} (tiến trình {pid}).\n"
                "Hãy chờ nó xong rồi chạy lại.",
                f"Another command is starting up with the data in {home} (process {pid}).\n"
                "Wait until it is done, then run this again.",
            )


class HomeLock:
    """The lock on a data directory. Held until ``release`` or the death of this process."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._path = home / "launch.lock"
        self._handle: int | None = None
        self.left_behind = False

    def acquire(self, doing: str) -> Self:
        """Take the lock or raise ``Busy``. ``left_behind``: the last holder was killed."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise Busy(self.home, self.read()) from None
        self._handle = handle
        self.left_behind = os.fstat(handle).st_size > 0
        self.write(Running(doing, os.getpid()))
        return self

    def acquire_patiently(self, doing: str, wait: Callable[[], None]) -> Self:
        """Take the lock; while a short command holds it, wait. Raises ``Busy`` for a launcher."""
        while True:
            try:
                return self.acquire(doing)
            except Busy as busy:
                if busy.running is not None and busy.running.doing != "manage":
                    raise
            wait()

    def write(self, running: Running) -> None:
        """Tell others what we are doing; readers never see half of it."""
        if self._handle is None:
            raise ValueError("the lock is not held")
        text = json.dumps(asdict(running), ensure_ascii=False).encode()
        os.ftruncate(self._handle, os.pwrite(self._handle, text.ljust(4096), 0))

    def read(self) -> Running | None:
        """What the present or last holder said about itself; None while it says nothing."""
        try:
            return Running(**json.loads(self._path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Let go; an empty file tells the next one that we left in order."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None
