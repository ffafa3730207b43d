"""A bounded load on this machine: so many clients, so many seconds."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Measured:
    """What a load did: per second, and milliseconds at the median and the 95th percentile."""

    rate: float
    p50: float
    p95: float
    errors: int


def run(clients: int, seconds: float, make: Callable[[], Callable[[], bool]]) -> Measured:
    """``make`` gives each client its own step; a step answers whether it succeeded."""
    times: list[float] = []
    errors = [0]
    lock = threading.Lock()
    until = time.perf_counter() + seconds

    def work() -> None:
        step = make()
        own: list[float] = []
        failed = 0
        while time.perf_counter() < until:
            start = time.perf_counter()
            failed += not step()
            own.append(time.perf_counter() - start)
        with lock:
            times.extend(own)
            errors[0] += failed

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))] * 1000  # noqa: E731
    return Measured(len(times) / took, at(0.5), at(0.95), errors[0])


def http_step(
    base_url: str,
    method: str,
    path: str,
    *,
    headers: dict[str, str],
    body: Callable[[], bytes] | None = None,
    expect: int = 200,
) -> Callable[[], Callable[[], bool]]:
    """A client with one kept connection that asks the same thing again and again."""
    where = urlsplit(base_url)

    def make() -> Callable[[], bool]:
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)

        def step() -> bool:
            try:
                data = body() if body else None
                connection.request(method, path, data, {"Host": where.netloc, **headers})
                answer = connection.getresponse()
                answer.read()
                return answer.status == expect
            except (http.client.HTTPException, OSError):
                connection.close()
                return False

        return step

    return make
