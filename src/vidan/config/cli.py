"""``vidan``: the command line of an installed Vì Dân."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import vidan
from vidan.config.env import SettingError
from vidan.config.launch.console import LaunchError, say


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vidan",
        description=say(
            "Vì Dân: một cửa điện tử cho chính quyền cơ sở.",
            "Vì Dân: the one-stop service of a local government.",
        ),
        epilog=say(
            "Biến môi trường: VIDAN_HOME (dữ liệu), VIDAN_PORT (cổng, 8000), VIDAN_BIND "
            "(địa chỉ, 127.0.0.1), DATABASE_URL (PostgreSQL khác), VIDAN_CLOCK (giờ của demo).",
            "Environment: VIDAN_HOME (data), VIDAN_PORT (port, 8000), VIDAN_BIND "
            "(address, 127.0.0.1), DATABASE_URL (another PostgreSQL), VIDAN_CLOCK (demo's time).",
        ),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="")
    commands.add_parser(
        "demo", help=say("chạy bản demo với dữ liệu mẫu", "run the demo with its sample data")
    )
    commands.add_parser(
        "serve", help=say("chạy trang web và bộ xử lý việc nền", "run web pages and worker")
    )
    manage = commands.add_parser(
        "manage",
        help=say("lệnh quản trị của Django", "Django's management commands"),
        add_help=False,
    )
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    explain = commands.add_parser(
        "explain",
        help=say("giải thích hạn, mã, số căn cước, phí", "explain a due time, a code, a fee"),
        add_help=False,
    )
    explain.add_argument("arguments", nargs=argparse.REMAINDER)
    commands.add_parser("version", help=say("phiên bản", "the version"))
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand. Returns the exit code; errors are said in the terminal's language."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] in (["manage"], ["explain"]):  # their options are their own
        chosen, rest = given[0], given[1:]
    else:
        chosen, rest = _parser().parse_args(given).command, []
    try:
        return _run(chosen, rest)
    except (LaunchError, SettingError) as error:
        print(error, file=sys.stderr)
        return 1


def _run(chosen: str, rest: list[str]) -> int:
    if chosen == "version":
        print(vidan.__version__)
        return 0
    if chosen == "explain":
        from vidan.config import explain

        return explain.main(rest)
    if chosen == "manage":
        from vidan.config.launch import commands

        return commands.manage(rest)
    from vidan.config.launch import processes

    return processes.run(demo=chosen == "demo")


if __name__ == "__main__":
    sys.exit(main())
