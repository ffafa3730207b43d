"""``vidan explain`` answers at the terminal, with neither server nor database."""

from __future__ import annotations

import json

import pytest

from vidan.config import cli


def explain(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = cli.main(["explain", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_due_time_says_each_day(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = explain(
        capsys, "due", "--received", "2024-11-06T09:00", "--limit", "7 working days"
    )

    assert (code, said["due"]) == (0, "2024-11-15T09:00:00+07:00")
    assert len(said["days"]) == 10


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("due", "--received", "2026-02-30T09:00", "--limit", "1 working day"), "2026-02-30"),
        (("due", "--received", "2026-12-30T09:00", "--limit", "9 working days"), "2027"),
        (("due", "--received", "2026-11-23T09:00", "--limit", "soon"), "soon"),
        (("citizen-id", "066387000012"), "2087"),
        (("citizen-id", "06618700001"), "12"),
        (("phone", "12345"), ""),
        (("code", "H15.158-261331-0001"), "H15.158-261331-0001"),
        (("fee", "9.999999", "--pages", "1", "--copies", "1"), "9.999999"),
        (("fee", "2.000815", "--pages", "-1", "--copies", "1"), "từ 1"),
    ],
)
def test_bad_input_is_2_with_the_reason(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    code, said = explain(capsys, *arguments)

    assert code == 2
    assert words in str(said["error"])


def test_codes_numbers_and_fees(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(capsys, "code", "H15.158-261123-0021")[1]["number"] == 21
    assert explain(capsys, "phone", "+84 900 000 011")[1] == {"phone": "0900000011"}
    assert explain(capsys, "citizen-id", "066187000012")[1]["birth_year"] == 1987
    fee = explain(capsys, "fee", "2.000815", "--pages", "12", "--copies", "2")[1]
    assert fee["amount"] == 28_000
