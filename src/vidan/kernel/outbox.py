"""Jobs are rows of the same database, written in the verb's transaction: together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# A killed worker's job runs again (see kernel.jobs.rescue), so every job must be repeatable.
_AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)


def job(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the job ``area.verb``. It loads, then calls one action."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(**arguments: Any) -> None:
            try:
                function(**arguments)
            finally:
                connection.close()  # the worker's thread gives its connection back to the pool

        app.task(name=name, retry=_AGAIN, pass_context=False)(run)
        return function

    return register


def enqueue(name: str, *, in_seconds: int = 0, **arguments: Any) -> None:
    """Ask for the job ``area.verb`` when, and only when, the current transaction commits.

    ``in_seconds`` holds it back, for what a person usually does first themselves.
    """
    later = {"schedule_in": {"seconds": in_seconds}} if in_seconds else {}
    app.configure_task(name, **later).defer(**arguments)  # type: ignore[arg-type]
