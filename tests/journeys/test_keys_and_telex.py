"""Letters become tones under Telex: no key of the desk may take one, nor act while one is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.conftest import Office
from tests.office import BroughtTo

from vidan.dossiers.models import Dossier, DossierEvent
from vidan.dossiers.rules.lifecycle import Step

pytestmark = pytest.mark.browser

DeskOf = Callable[..., Any]
# What an input method sends while it makes a word: the key is real, the word is not finished.
COMPOSING = """names => {
  for (const key of names) for (const init of [{key, isComposing: true}, {key, keyCode: 229}])
    for (const held of [{}, {ctrlKey: true}, {altKey: true}])
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent("keydown", {...init, ...held, bubbles: true, cancelable: true}));
}"""
NAMES = ["F2", "F4", "F8", "F9", "Enter", "Escape", "ArrowDown", "ArrowUp", "k", "K", "s", "9"]
TONES = "aawsfrxjzoowdd9Ww1234567890[]"


@pytest.fixture
def signing(office: Office, brought_to: BroughtTo) -> Dossier:
    return brought_to(Step.SIGNING)


def paths(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    page = f"/can-bo/ho-so/{dossier.code}/"
    return {"phuc": ("/can-bo/", page, f"{page}tra-lai/"), "anh": ("/can-bo/tiep-nhan/",)}


def standing(page: Any) -> tuple[str, int, str]:
    return page.url, page.locator(".confirm").count(), page.evaluate("document.activeElement.id")


def test_nothing_acts_while_a_word_is_being_made(signing: Dossier, desk_of: DeskOf) -> None:
    for who, where in paths(signing).items():
        for path in where:
            page = desk_of(who, path)
            before = standing(page)
            page.evaluate(COMPOSING, NAMES)
            assert standing(page) == before, path
    assert DossierEvent.objects.filter(dossier=signing).count() == signing.version


def test_letters_alone_do_nothing(signing: Dossier, desk_of: DeskOf) -> None:
    for who, where in paths(signing).items():
        for path in where:
            page = desk_of(who, path)
            page.evaluate("document.activeElement.blur()")
            before = standing(page)
            page.keyboard.type(TONES)
            assert standing(page) == before, path


def test_a_name_made_by_an_input_method_arrives_whole(office: Office, desk_of: DeskOf) -> None:
    """Chromium's own composition: half-made words are neither searched nor sent."""
    page = desk_of("anh", "/can-bo/tiep-nhan/")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method) if "/static/" not in one.url else None)
    wire = page.context.new_cdp_session(page)
    page.locator("#p-find").focus()
    for text in ("E", "Eb", "Eba", "Ebaa", "Êba", "Êban"):
        wire.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    assert sent == []
    wire.send("Input.insertText", {"text": "Êban"})
    page.keyboard.press("Enter")
    page.get_by_text("2 người khớp").wait_for()
    assert page.locator("#p-find").input_value() == "Êban"


def test_the_amount_waits_for_the_finished_word(office: Office, desk_of: DeskOf) -> None:
    page = desk_of("anh", "/can-bo/tiep-nhan/")
    page.locator("#id_lines-0-label").fill("Giấy khai sinh")
    page.locator("#id_lines-0-pages").fill("1")
    page.locator("#id_lines-0-copies").fill("2")
    page.locator("#intake-side-live tfoot").get_by_text("4.000 đ").wait_for()


def test_every_key_named_on_the_page_works(signing: Dossier, desk_of: DeskOf) -> None:
    """F4 opens the reason, Esc leads back and keeps nothing half done, F8 shows the papers."""
    page = desk_of("phuc", f"/can-bo/ho-so/{signing.code}/")
    page.keyboard.press("F4")
    page.wait_for_url("**/tra-lai/")
    page.locator("#reason:focus").wait_for()
    page.keyboard.type("Thiếu dấu")
    page.keyboard.press("Escape")  # out of the field first
    page.keyboard.press("Escape")
    page.locator(".confirm").get_by_text("chưa được lưu").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#reason").input_value() == "Thiếu dấu"
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ho-so/{signing.code}/")
    page.keyboard.press("F8")
    page.wait_for_url("**/in/")
    page.keyboard.press("Escape")
    page.wait_for_url(f"**/ho-so/{signing.code}/")
    page.keyboard.press("Escape")
    page.wait_for_url("**/can-bo/")
    assert DossierEvent.objects.filter(dossier=signing).count() == signing.version
