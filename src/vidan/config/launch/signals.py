"""Asked to stop: by Ctrl-C, SIGTERM or a closed terminal. Noted, then acted on at a safe place."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_TICK = 0.05


class Stopped(Exception):
    """Somebody asked us to stop."""


class StopSign:
    """Whether somebody asked us to stop; waiting through it makes every wait stoppable."""

    def __init__(self) -> None:
        self.asked = False

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked = True

    @contextmanager
    def listening(self) -> Iterator[StopSign]:
        """Take the signals for as long as the block lasts."""
        before = {number: signal.signal(number, self._note) for number in _SIGNALS}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def check(self) -> None:
        """Raise ``Stopped`` if somebody asked us to stop."""
        if self.asked:
            raise Stopped

    def pause(self) -> None:
        """A moment's wait."""
        self.wait(_TICK)

    def wait(self, duration: float) -> None:
        """Sleep ``duration`` seconds, but raise ``Stopped`` soon after being asked to stop."""
        until = time.monotonic() + duration
        while True:
            self.check()
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(_TICK, left))
