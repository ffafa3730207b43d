"""What the desk refuses, and that it says why without losing what was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.conftest import Office
from tests.journeys.first_dossier import Officer, choose_person, write_paper
from tests.journeys.hands import Mouse
from tests.office import BroughtTo, Received

from vidan.dossiers.models import Dossier, DossierEvent
from vidan.dossiers.rules.lifecycle import Step
from vidan.kernel.models import StoredFile
from vidan.payments.models import Receipt
from vidan.people.models import Person

pytestmark = pytest.mark.browser

DeskOf = Callable[..., Any]
INTAKE = "/can-bo/tiep-nhan/"


def officer(page: Any) -> Officer:
    return Officer(page, Mouse(page))


def doing(page: Any, label: str) -> Any:
    return page.locator(".dossier__doing").get_by_role("button", name=label)


def events(dossier: Dossier) -> int:
    return DossierEvent.objects.filter(dossier=dossier).count()


def look(page: Any, step: str) -> None:
    page.vidan_eye.look(step)


# -- verbs -----------------------------------------------------------------------------------------


def test_a_click_on_what_has_moved_on_says_who_moved_it(
    office: Office, received: Received, desk_of: DeskOf
) -> None:
    dossier = received()
    path = f"/can-bo/ho-so/{dossier.code}/"
    first, second = desk_of("huong", path), desk_of("huong", path)
    doing(first, "Nhận xử lý").click()
    first.get_by_text("Đã nhận xử lý").wait_for()
    before = events(dossier)

    with second.expect_response(lambda answer: answer.request.method == "POST") as answer:
        doing(second, "Nhận xử lý").click()

    assert answer.value.status == 409
    second.get_by_text("Trần Thị Mai Hương đã làm việc “nhận xử lý” với hồ sơ này").wait_for()
    look(second, "bam-tre")
    assert doing(second, "Trình lãnh đạo ký").is_visible()
    assert events(dossier) == before


def test_another_commune_cannot_tell_the_dossier_exists(
    office: Office, received: Received, desk_of: DeskOf
) -> None:
    dossier = received()
    minh = desk_of("minh")
    for path in ("", "in/", "trao/", "tra-lai/", "in/giay-hen.pdf"):
        answer = minh.goto(f"{office.address}/can-bo/ho-so/{dossier.code}/{path}")
        assert answer.status == 404, path
        assert "Len Êban" not in minh.content()
    look(minh, "xa-khac")
    unknown = minh.goto(f"{office.address}/can-bo/ho-so/H15.158-261123-9999/")
    assert unknown.status == 404


def test_a_role_without_the_verb_has_no_button_and_gets_no_way(
    office: Office, brought_to: BroughtTo, desk_of: DeskOf
) -> None:
    dossier = brought_to(Step.SIGNING)
    anh = desk_of("anh", f"/can-bo/ho-so/{dossier.code}/")
    assert doing(anh, "Đã ký, chuyển đóng dấu").count() == 0
    look(anh, "khong-co-nut")
    before = events(dossier)

    # Somebody who writes the button into the page themselves is still told which role it needs.
    anh.evaluate(
        """([url, seen]) => {
          const form = document.querySelector(".me__out").cloneNode(true);
          form.action = url; form.append(Object.assign(document.createElement("input"),
            {name: "seen", value: seen}));
          document.body.append(form); form.submit();
        }""",
        [f"{office.address}/can-bo/ho-so/{dossier.code}/approve/", str(dossier.version)],
    )
    anh.get_by_text("Việc này cần vai trò: lãnh đạo").wait_for()
    look(anh, "sai-vai-tro")
    assert events(dossier) == before


def test_what_is_not_paid_is_not_handed_over(
    office: Office, brought_to: BroughtTo, desk_of: DeskOf
) -> None:
    dossier = brought_to(Step.READY, paid=False)
    khai = desk_of("khai", f"/can-bo/ho-so/{dossier.code}/trao/")
    khai.get_by_text("Chưa trả kết quả được").wait_for()
    look(khai, "chua-thu-phi")

    assert khai.get_by_role("button", name="Đã trao kết quả").count() == 0


# -- intake ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("06618700001", "Số căn cước có 12 chữ số. Đã ghi 11."),
        ("066387000012", "năm sinh"),
    ],
    ids=["eleven digits", "born in 2187"],
)
def test_a_wrong_identity_number_is_named_and_nothing_is_lost(
    office: Office, desk_of: DeskOf, number: str, said: str
) -> None:
    page = desk_of("anh", INTAKE)
    people = Person.objects.count()
    page.locator("#p-find").fill("Y Moan Êñuôl")
    page.get_by_role("button", name="Ghi người mới").click()
    page.locator("#id_p-citizen_id").fill(number)
    write_paper(officer(page), 0, ("Giấy khai sinh", "1", "2"))
    page.keyboard.press("F9")

    page.locator(".govuk-error-summary").wait_for()
    look(page, f"can-cuoc-{len(number)}")
    assert said in page.locator(".govuk-error-summary").inner_text()
    assert page.locator("#id_p-citizen_id").input_value() == number
    assert page.locator("#id_p-full_name").input_value() == "Y Moan Êñuôl"
    assert page.locator("#id_lines-0-label").input_value() == "Giấy khai sinh"
    assert page.locator("#id_lines-0-shown").is_checked()
    assert (Person.objects.count(), Dossier.objects.count()) == (people, 0)


@pytest.mark.parametrize(
    ("pages", "copies", "field"),
    [("-3", "2", "pages"), ("1", "0", "copies"), ("một", "2", "pages"), ("", "2", "pages")],
    ids=["negative pages", "zero copies", "words", "nothing"],
)
def test_impossible_numbers_are_refused_beside_their_field(
    office: Office, desk_of: DeskOf, pages: str, copies: str, field: str
) -> None:
    page = desk_of("anh", INTAKE)
    anh = officer(page)
    choose_person(anh)
    write_paper(anh, 0, ("Giấy khai sinh", pages, copies))
    page.keyboard.press("F9")

    summary = page.locator(".govuk-error-summary a").first
    summary.wait_for()
    look(page, f"so-sai-{field}")
    summary.click()
    assert page.evaluate("document.activeElement.id") == f"id_lines-0-{field}"
    typed = page.locator("#id_lines-0-pages"), page.locator("#id_lines-0-copies")
    assert tuple(one.input_value() for one in typed) == (pages, copies)
    assert page.locator("#intake").get_by_text("H’Len Êban").count() >= 1
    assert Dossier.objects.count() == 0


def test_a_text_file_that_calls_itself_pdf_is_refused_by_its_content(
    office: Office, desk_of: DeskOf, tmp_path: Path
) -> None:
    false = tmp_path / "hoc-ba.pdf"
    false.write_text("Học bạ của tôi", "utf-8")
    page = desk_of("anh", INTAKE)
    anh = officer(page)
    choose_person(anh)
    write_paper(anh, 0, ("Học bạ THPT", "12", "2"))
    page.locator("#id_lines-0-scan").set_input_files(false)
    page.keyboard.press("F9")

    page.locator(".govuk-error-summary").get_by_text("không phải ảnh hay PDF").wait_for()
    look(page, "khong-phai-pdf")
    assert page.locator("#id_lines-0-label").input_value() == "Học bạ THPT"
    assert (StoredFile.objects.count(), Dossier.objects.count()) == (0, 0)


def test_a_scan_of_25_mb_is_refused_before_it_leaves_the_machine(
    office: Office, desk_of: DeskOf, tmp_path: Path
) -> None:
    big = tmp_path / "qua-to.jpg"
    with big.open("wb") as out:
        out.truncate(25 * 2**20)
    page = desk_of("anh", INTAKE)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    field = page.locator("#id_lines-0-scan")
    field.set_input_files(big)

    page.get_by_text("Tệp lớn hơn 20 MB").wait_for()
    look(page, "tep-qua-lon")
    assert field.evaluate("node => node.files.length") == 0
    assert sent == []


# -- every button twice ----------------------------------------------------------------------------


def twice(page: Any, button: Any) -> None:
    """A hand that trembles: two clicks, as fast as the machine can make them."""
    button.wait_for()
    button.evaluate("node => { node.click(); node.click(); }")


def test_a_double_click_does_everything_once(
    office: Office, brought_to: BroughtTo, desk_of: DeskOf
) -> None:
    page = desk_of("anh", INTAKE)
    anh = officer(page)
    choose_person(anh)
    write_paper(anh, 0, ("Giấy khai sinh", "1", "2"))
    twice(page, page.get_by_role("button", name="Tiếp nhận và in phiếu"))
    page.wait_for_url("**/in/")
    dossier = Dossier.objects.get()
    assert (dossier.fee_paid, Receipt.objects.count()) == (4_000, 1)

    path = f"/can-bo/ho-so/{dossier.code}/"
    huong, phuc = desk_of("huong", path), desk_of("phuc")
    twice(huong, doing(huong, "Nhận xử lý"))
    huong.get_by_text("Đã nhận xử lý").wait_for()
    twice(huong, doing(huong, "Trình lãnh đạo ký"))
    huong.get_by_text("Đã trình lãnh đạo").wait_for()
    phuc.goto(f"{office.address}{path}tra-lai/")
    phuc.locator("#reason").fill("Thiếu dấu giáp lai.")
    twice(phuc, phuc.get_by_role("button", name="Trả lại"))
    phuc.get_by_text("Đã trả lại").wait_for()
    huong.goto(office.address + path)
    twice(huong, doing(huong, "Trình lãnh đạo ký"))
    huong.get_by_text("Đã trình lãnh đạo").wait_for()
    phuc.goto(office.address + path)
    twice(phuc, doing(phuc, "Đã ký"))
    twice(phuc, phuc.get_by_role("button", name="Đồng ý"))
    phuc.get_by_text(f"Đã ký {dossier.code}").wait_for()
    huong.goto(office.address + path)
    twice(huong, doing(huong, "Vào sổ"))
    twice(huong, huong.get_by_role("button", name="Đồng ý"))
    huong.get_by_text("Đã vào sổ").wait_for()
    khai = desk_of("khai", f"{path}trao/")
    khai.locator("#id_secret").fill(dossier.secret)
    twice(khai, khai.get_by_role("button", name="Đã trao kết quả"))
    twice(khai, khai.get_by_role("button", name="Đồng ý"))
    khai.get_by_text("Đã trả kết quả").wait_for()

    kinds = list(dossier.events.order_by("seq").values_list("kind", flat=True))
    assert kinds == [
        "receive",
        "payment-confirmed",
        "start",
        "propose",
        "return-to-step",
        "propose",
        "approve",
        "issue",
        "hand-over",
    ]
    assert [paper.register_number for paper in dossier.papers.all()] == [1]
