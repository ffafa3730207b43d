"""The living design page, without a browser: it draws everything and asks the database nothing."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from django.template import engines
from django.test import Client, RequestFactory

from vidan.sites.pages import NAVIGATION, NavItem

pytestmark = pytest.mark.urls("tests.sites.design_urls")
PAGES = ["/docs/design", "/docs/design/desk"]


@pytest.mark.parametrize("address", PAGES)
def test_the_page_draws_without_a_query(client: Client, address: str) -> None:
    answer = client.get(address, headers={"accept-language": "vi"})

    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_no_id_is_given_twice(client: Client, address: str) -> None:
    content = client.get(address).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', re.sub(r"<template.*?</template>", "", content, flags=re.S))

    doubled = {one for one in ids if ids.count(one) > 1}
    assert not doubled


def test_the_navigation_marks_where_we_are() -> None:
    request = RequestFactory().get("/docs/design/desk")
    items = (
        NavItem("docs:design", "Một"),
        NavItem("docs:design_desk", "Hai"),
        NavItem("x:y", "Ba"),
    )
    with patch.dict(NAVIGATION, {"desk": items}):
        links = engines["jinja2"].from_string(
            "{% for one in navigation('desk') %}{{ one.label }}:{{ one.current }} {% endfor %}"
        )
        assert links.render({}, request).split() == ["Một:False", "Hai:True"]


def test_the_command_bar_finds_and_says_when_it_does_not(client: Client) -> None:
    found = client.get("/docs/design/desk/command", {"q": "hlen"}).content.decode()
    nothing = client.get("/docs/design/desk/command", {"q": "<xyz>"}).content.decode()

    assert "H’Len Êban" in found
    assert "&lt;xyz&gt;" in nothing
