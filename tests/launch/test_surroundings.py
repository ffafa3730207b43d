"""What the environment asks for is checked before anything starts, and refused in words."""

from __future__ import annotations

import socket
from datetime import datetime

import pytest

from vidan.config.launch import surroundings
from vidan.config.launch.console import LaunchError, vietnamese


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDAN_LANG", "en")


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("VIDAN_PORT", port)
    with pytest.raises(LaunchError, match="VIDAN_PORT"):
        surroundings.read(demo=True)


def test_a_taken_port_says_how_to_choose_another(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        monkeypatch.setenv("VIDAN_PORT", str(somebody.getsockname()[1]))
        where = surroundings.read(demo=True)
        with pytest.raises(LaunchError, match=r"in use by another program(.|\n)*VIDAN_PORT=\d+"):
            surroundings.listen(where, patient=False, pause=lambda: None)


@pytest.mark.parametrize("text", ["tomorrow", "2024-13-01", "02/10/2024", "0999-01-01T00:00"])
def test_a_clock_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("VIDAN_CLOCK", text)
    with pytest.raises(LaunchError, match="VIDAN_CLOCK"):
        surroundings.read(demo=True)


def test_every_process_is_told_when_the_clock_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDAN_CLOCK", "2024-10-02T07:30")
    told = surroundings.read(demo=True).variables("postgresql:///vidan")
    assert told["VIDAN_CLOCK"] == "2024-10-02T07:30:00"
    assert datetime.fromisoformat(told["VIDAN_CLOCK_STARTED"]).tzinfo is not None


def test_a_real_office_has_the_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDAN_CLOCK", "2024-10-02T07:30")
    with pytest.raises(LaunchError, match="demo and tests only"):
        surroundings.read(demo=False)


def test_the_terminal_s_language_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDAN_LANG", "vi")
    monkeypatch.setenv("VIDAN_PORT", "tám nghìn")
    assert vietnamese()
    with pytest.raises(LaunchError, match="cổng là một số"):
        surroundings.read(demo=True)
