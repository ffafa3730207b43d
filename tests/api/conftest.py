"""Programs that work in somebody's name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.office import *  # noqa: F403
from tests.sites.at_the_door import office_clock
from tests.sites.conftest import static_root

from vidan.people import actions
from vidan.people.models import User

__all__ = ["office_clock", "static_root"]

Call = Callable[..., Any]


@pytest.fixture
def token_of(at) -> Callable[[User], str]:
    """A key with which a program works in this person's name."""

    def issue(user: User) -> str:
        return actions.issue_api_token(
            by=user, user_id=user.pk, name="phần mềm quầy", lasts=timedelta(days=30), at=at
        )[1]

    return issue


@pytest.fixture
def call(client: Client, token_of: Callable[[User], str]) -> Call:
    """Call an address as a person's program; ``body`` becomes JSON."""

    def send(
        method: str, path: str, user: User | None = None, body: Any = None, **more: Any
    ) -> Any:
        headers = {"Authorization": f"Bearer {token_of(user)}"} if user else {}
        data = body if isinstance(body, str) else json.dumps(body) if body is not None else ""
        return client.generic(
            method, f"/api/v1{path}", data, content_type="application/json",
            headers={**headers, **more.pop("headers", {})}, query_params=more or None,
        )  # fmt: skip

    return send


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The answer's problem, after checking that it is one."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    return dict(body)
