"""Who one can sign in as, printed when the demo is up."""

from __future__ import annotations

import json

from vidan.config.launch.console import say, tell
from vidan.config.launch.surroundings import Surroundings

_COLUMNS = ("name", "role", "unit", "login", "password")


def introduce(where: Surroundings) -> None:
    """Print the address and the demo's people from ``demo.json``."""
    tell(
        f"\nVì Dân đang chạy: {where.base_url}\nDữ liệu: {where.home}",
        f"\nVì Dân is running: {where.base_url}\nData: {where.home}",
    )
    if where.clock:
        tell(f"Đồng hồ đặt ở {where.clock}", f"The clock was set to {where.clock}")
    path = where.home / "demo.json"
    try:
        people = json.loads(path.read_text("utf-8"))["people"]
    except (FileNotFoundError, KeyError, ValueError):
        people = []
    if people:
        print()
        for line in table(people):
            print(f"  {line}")
        tell(
            f"\nMã truy cập API của từng người: {path}",
            f"\nEach person's API token: {path}",
        )
    tell("Dừng: Ctrl-C", "Stop: Ctrl-C")


def table(people: list[dict[str, object]]) -> list[str]:
    """The people as lines of aligned columns, with a heading."""
    heading: dict[str, object] = dict(
        zip(
            _COLUMNS,
            (
                say("Họ tên", "Name"),
                say("Vai trò", "Role"),
                say("Đơn vị", "Unit"),
                say("Tên đăng nhập", "Login"),
                say("Mật khẩu", "Password"),
            ),
            strict=True,
        )
    )
    rows = [[str(row.get(column, "")) for column in _COLUMNS] for row in (heading, *people)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_COLUMNS))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
