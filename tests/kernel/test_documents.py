"""A paper prints what it is given, looks the same everywhere, and says so when it cannot."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from vidan.kernel import documents
from vidan.kernel.glyphs import UnreadableFont, coverage

PAGE = """
#set document(title: "Thử")
#set page(width: auto, height: auto)
#set text(font: "Tinos", fallback: false, features: (liga: 0))
#json(bytes(sys.inputs.data)).text
"""
MARKUP = [
    "#panic()", "*đậm*", "_nghiêng_", "$x^2$", "[a](b)", "]]", "\\", "\\u{41}", '"Ê Đê"', "'",
    "`x`", "<nhãn> @ai", "= Tiêu đề", "- mục", "+ mục", "/ a: b", "// lời", "/* lời */",
    "a -- b --- c", "~", "${sys}", "#let x = 1", "{{ x }}", "%s", "...", "H’Len", "https://a.vn/b",
]  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = tmp_path_factory.mktemp("typst") / "page.typ"
    template.write_text(PAGE, encoding="utf-8")
    return template


def text_of(pdf: bytes) -> str:
    """What a reader copies out, a page a line."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_a_name_is_printed_and_not_obeyed(page: Path, markup: str) -> None:
    assert text_of(documents.compile_pdf(page, {"text": f"A{markup}B"})) == f"A{markup}B"


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_at_all_makes_a_page(page: Path, text: str) -> None:
    assert documents.compile_pdf(page, {"text": text}).startswith(b"%PDF-")


WORDS = st.text(
    st.sampled_from("aăâbcdđeêghikoôơuưyẮẶỄỗỡỰđ0123456789#*$_`@<>[]{}\\/\"'=+-~^&|;:!?,.()%"),
    min_size=1,
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(words=st.lists(WORDS, min_size=1, max_size=4))
def test_vietnamese_and_every_sign_of_markup_come_out_as_they_went_in(
    page: Path, words: list[str]
) -> None:
    text = " ".join(words)
    assert text_of(documents.compile_pdf(page, {"text": text})) == text


def test_the_same_data_give_the_same_bytes_and_another_date_others(page: Path) -> None:
    data = {"text": "H’Len Êban", "made_at": "2026-11-23T15:20:00+07:00"}
    assert documents.compile_pdf(page, data) == documents.compile_pdf(page, dict(data))
    later = {**data, "made_at": "2026-11-23T15:21:00+07:00"}
    assert documents.compile_pdf(page, later) != documents.compile_pdf(page, data)


def test_the_date_of_the_document_is_the_papers_own(page: Path) -> None:
    pdf = documents.compile_pdf(page, {"text": "x", "made_at": "2026-11-23T15:20:00+07:00"})
    metadata = PdfReader(io.BytesIO(pdf)).metadata
    assert metadata is not None
    assert metadata.creation_date == datetime.fromisoformat("2026-11-23T15:20:00+07:00")


def test_a_date_without_an_offset_is_refused(page: Path) -> None:
    with pytest.raises(ValueError, match="offset"):
        documents.compile_pdf(page, {"text": "x", "made_at": "2026-11-23T15:20:00"})


def test_it_is_an_archive_file_with_its_fonts_inside(page: Path) -> None:
    pdf = documents.compile_pdf(page, {"text": "x"})
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    [shown] = PdfReader(io.BytesIO(pdf)).pages
    fonts = shown["/Resources"]["/Font"].values()  # type: ignore[index]
    assert ["Tinos" in font.get_object()["/BaseFont"] for font in fonts] == [True]


@pytest.mark.parametrize("standard", ["a-2a", "a-2b", "a-3b", "ua-1"])
def test_other_standards_compile_too(page: Path, standard: str) -> None:
    assert documents.compile_pdf(page, {"text": "Đắk Lắk"}, pdf_standard=standard)


def test_many_threads_may_print_at_once(page: Path) -> None:
    names = [f"Người thứ {number}" for number in range(60)]
    with ThreadPoolExecutor(8) as threads:
        papers = threads.map(lambda name: documents.compile_pdf(page, {"text": name}), names)
    assert [text_of(paper) for paper in papers] == names


def test_a_picture_of_each_page(page: Path) -> None:
    [picture] = documents.compile_png(page, {"text": "Đắk Lắk"}, ppi=50)
    assert Image.open(io.BytesIO(picture)).format == "PNG"


def test_a_wrong_template_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#khong-co", encoding="utf-8")
    with pytest.raises(documents.DocumentFailed, match=r"broken\.typ"):
        documents.compile_pdf(broken, {})


def test_a_template_warning_is_heard(tmp_path: Path) -> None:
    strange = tmp_path / "strange.typ"
    strange.write_text('#set text(font: ("Nowhere", "Tinos"))\nx', encoding="utf-8")
    with pytest.warns(UserWarning, match=r"strange\.typ.*nowhere"):
        documents.compile_pdf(strange, {})


def test_fonts_that_are_not_built_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: Path
) -> None:
    monkeypatch.setattr(documents, "FONTS", tmp_path)
    documents._drawable.cache_clear()
    try:
        with pytest.raises(documents.FontsNotBuilt, match=r"build\.mjs"):
            documents.compile_pdf(page, {"text": "x"})
    finally:
        documents._drawable.cache_clear()


def test_only_our_own_fonts_are_there() -> None:
    assert documents._fonts().families() == ["Tinos"]
    assert isinstance(documents._fonts(), typst.Fonts)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("H’Len Êban", "H’Len Êban"),
        ("Mơ\u0306", "Mơ\u0306"),
        ("a\tb\x0bc\u2028d", "a b c d"),
        ("dòng 1\ndòng 2", "dòng 1\ndòng 2"),
        ("\x00\x07\u202eđảo\u200b", "đảo"),
        ("日🙂", "□□"),
        ("\ud800", ""),
    ],
)
def test_what_a_paper_cannot_carry_is_seen_not_lost(given: str, printed: str) -> None:
    assert documents.printable(given) == printed


def test_every_letter_of_vietnamese_and_ede_can_be_drawn() -> None:
    letters = "aàảãáạăằẳẵắặâầẩẫấậđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
    ede = "ăâƀčđĕêê\u0306ĭñŏôô\u0306ơơ\u0306ŭưư\u0306’"
    text = letters + ede + letters.upper() + ede.upper()
    assert documents.printable(text) == text


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    for name, content in (("empty", b""), ("text", b"not a font at all" * 9), ("zeros", bytes(99))):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(UnreadableFont, match=name):
            coverage(file)


def test_a_qr_code_for_screens_needs_no_style() -> None:
    svg = documents.qr_svg("https://a.vn/theo-doi", title="Mã <QR>")
    assert svg.startswith("<svg ")
    assert "viewBox" in svg
    assert "<title>Mã &lt;QR&gt;</title>" in svg
    assert not {"style=", "width=", "<script"} & set(svg.replace(">", " ").split())
    assert svg == svg.__html__()


def test_a_qr_code_as_a_picture_has_its_quiet_zone() -> None:
    picture = Image.open(io.BytesIO(documents.qr_png_bytes("H15.158-261123-0021", scale=4)))
    dark = picture.convert("L").point(lambda level: 255 - level).getbbox()
    assert dark == (16, 16, picture.width - 16, picture.height - 16)
