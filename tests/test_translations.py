"""The English catalogue is whole, and each page keeps to one language."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from tests import every_page
from tests.cast import CAST
from tests.every_page import Round
from tests.office import *  # noqa: F403
from tests.sites.at_the_door import office_clock
from tests.sites.conftest import static_root

from vidan.dossiers.models import Dossier
from vidan.people.models import User

__all__ = ["office_clock", "static_root"]

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "vidan"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

VIETNAMESE = re.compile(
    "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)
ENGLISH_WORDS = re.compile(
    r"\b(?:submit|choose|password|user ?name|sign|search|find|next|previous|back|save|delete|remove"
    r"|required|optional|invalid|valid|field|this|enter (?:a|your|the)|select|file|error|warning"
    r"|success|log|login|logout|email|e-mail|continue|cancel|close|open|home|page|please|add|edit"
    r"|change|update|none|yes|no|true|false|the|and|of|is|are|not|dossier|fee|receipt|today"
    r"|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|november|null|characters)\b",
    re.IGNORECASE,
)

SETTING = re.compile(r"\bVIDAN_[A-Z_]+(?:=\w+)?")


def translated(path: Path = ENGLISH) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


def go_py_keywords() -> dict[str, Any]:
    """The functions that mark texts, as ``go.py messages`` names them."""
    named = re.findall(
        r'"(n?p?gettext(?:_lazy)?(?::[\dc,]+)?)"', (ROOT / "go.py").read_text("utf-8")
    )
    return {**DEFAULT_KEYWORDS, **parse_keywords(named)}


def in_the_source() -> Catalog:
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for _name, line, text, _comments, context in extract_from_dir(
        PACKAGE, methods, options, keywords=go_py_keywords()
    ):
        found.add(text, lineno=line, context=context)
    return found


def texts(messages: Catalog) -> dict[tuple[str | None, Any], Message]:
    return {(one.context, one.id): one for one in messages if one.id}


@pytest.fixture(scope="module")
def source() -> dict[tuple[str | None, Any], Message]:
    return texts(in_the_source())


def test_every_text_of_the_source_has_its_english(source: dict[Any, Message]) -> None:
    english = texts(translated())

    assert sorted(map(str, source.keys() - english.keys())) == []


def test_the_catalogue_holds_nothing_the_source_has_not(source: dict[Any, Message]) -> None:
    assert sorted(map(str, texts(translated()).keys() - source.keys())) == []
    assert list(translated().obsolete) == []


def test_nothing_is_left_untranslated_or_uncertain() -> None:
    for one in texts(translated()).values():
        forms = one.string if isinstance(one.string, tuple) else (one.string,)
        assert all(forms), one.id
        assert "fuzzy" not in one.flags, one.id


def test_the_english_is_english() -> None:
    kept = re.compile(r"Vì Dân|“quầy 2”")  # our name; what is typed into a field
    for one in texts(translated()).values():
        for said in one.string if isinstance(one.string, tuple) else (one.string,):
            assert not VIETNAMESE.search(kept.sub("", said)), said


def slots(text: str) -> list[str]:
    named = re.findall(r"%(?:\((\w+)\))?[sd]", text)
    return sorted([*named, *(name for _text, name, *_rest in Formatter().parse(text) if name)])


def test_what_is_filled_in_is_the_same_in_both() -> None:
    for one in texts(translated()).values():
        ids = one.id if isinstance(one.id, tuple) else (one.id,)
        strings = one.string if isinstance(one.string, tuple) else (one.string,)
        for said in strings:
            assert slots(said) == slots(ids[-1]), one.id
            assert said[:1].isspace() == ids[0][:1].isspace(), one.id
            assert said[-1:].isspace() == ids[0][-1:].isspace(), one.id
            assert said.count("<b>") == ids[0].count("<b>"), one.id


@pytest.fixture
def english(settings: Any, tmp_path: Path) -> None:
    """The catalogue as it stands in the source, whether or not it was compiled before."""
    place = tmp_path / "locale" / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, translated())
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.VIDAN_SECOND_FACTOR = "offered"


@pytest.fixture
def walk(
    english: None,
    cast: dict[str, User],
    signed_in: Callable[[User], Client],
    brought_to: Callable[..., Dossier],
    intake: Callable[..., Any],
) -> Callable[[str], dict[str, Any]]:
    """Open every page in one language."""
    dossiers = dict(every_page.dossiers_at_every_step(brought_to, intake, cast["phuc"]))
    return lambda language: Round(language, signed_in, cast, dossiers).everything()


def strings_of(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return {text for one in value.values() for text in strings_of(one)}
    return {text for one in value for text in strings_of(one)} if isinstance(value, list) else set()


def data() -> list[str]:
    """What stays as it is in any language: names, places, the legal texts of procedures."""
    found = {"Vì Dân", "VÌ DÂN", "VÌ", "DÂN", "H’Len Êban", "Thiếu trang 3.", "Phần mềm", "Y Thanh"}
    found |= {"Tỉnh Đắk Lắk", "Xã Ea Phê", "Xã Krông Pắc", "Đắk Lắk", "Ea Phê", "Krông Pắc"}
    found |= {"Bằng tốt nghiệp THPT", "Học bạ THPT", "buôn Phê", "“quầy 2”", "quầy"}
    found |= {part.full_name for part in CAST}
    for path in (PACKAGE / "procedures" / "catalogue").glob("*.yaml"):
        found |= strings_of(yaml.safe_load(path.read_text("utf-8")))
    # The numbers of holiday notices; a sentence's last full stop is not the data's.
    found |= set(
        re.findall(
            r"\d+/[^\s\",\]]+", (PACKAGE / "authorities/data/calendar.yaml").read_text("utf-8")
        )
    )
    return sorted(
        (text.rstrip(".").casefold() for text in found if text.strip()), key=len, reverse=True
    )


def without(text: str, known: list[str]) -> str:
    plain = text.replace("\N{NO-BREAK SPACE}", " ").casefold()
    for one in known:
        plain = plain.replace(one, "·")
    return plain


def test_vietnamese_pages_say_nothing_in_english(walk: Callable[[str], dict[str, Any]]) -> None:
    leaks = []
    for name, page in walk("vi").items():
        language, said = every_page.read(page.content.decode())
        assert language in ("vi", ""), name
        lines = SETTING.sub("", said).split("\n")
        leaks += [(name, line) for line in lines if ENGLISH_WORDS.search(line)]
        assert "Trường này" not in said, name
        assert "Giá trị này" not in said, name

    assert leaks == []


def test_english_pages_say_only_data_in_vietnamese(walk: Callable[[str], dict[str, Any]]) -> None:
    known, leaks = data(), []
    for name, page in walk("en").items():
        language, said = every_page.read(page.content.decode())
        assert language in ("en", ""), name
        lines = said.split("\n")
        leaks += [(name, line) for line in lines if VIETNAMESE.search(without(line, known))]

    assert leaks == []
