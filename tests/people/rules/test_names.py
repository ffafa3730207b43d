"""What can stand as a name on a legal paper."""

from __future__ import annotations

import pytest

from vidan.people.rules import names


@pytest.mark.parametrize(
    "text",
    ["H’Len Êban", "Y Ƀăng Niê", "Nguyễn  Thị Hồng Thắm", "K'Brơi", "Jean-Luc Trần", "Y Ê̆ban"],
)
def test_names_of_every_people_pass(text: str) -> None:
    assert names.tidy(text) == " ".join(text.split())


@pytest.mark.parametrize("text", ["", "123", "😀", "<script>", "Nguyễn Văn 2", "'", "An@"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(names.NameRefused, match="chỉ gồm chữ"):
        names.tidy(text)
