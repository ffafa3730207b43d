"""What any program may ask: the catalogue, a slip's dossier, the description itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.api.conftest import problem

from vidan.dossiers.models import LookUp


def track(call, dossier, secret=None, **more):
    return call("GET", f"/track/{dossier.code}", secret=secret or dossier.secret, **more)


class TestProcedures:
    def test_the_catalogue_and_its_everyday_names(self, call, catalogue):
        for q in ("", "photo cong chung"):
            (row,) = call("GET", "/procedures", q=q).json()["items"]
            assert (row["code"], row["version"], row["decision"]) == ("2.000815", 1, "3152/QĐ-BTP")
        assert call("GET", "/procedures", q="khai sinh").json()["items"] == []

    def test_one_of_them(self, call, catalogue):
        assert call("GET", "/procedures/2.000815").json()["short_name"] == (
            "Chứng thực bản sao từ bản chính"
        )

    @pytest.mark.parametrize("code", ["2.999999", "x", "%00"])
    def test_none_of_that_code(self, call, catalogue, code):
        problem(call("GET", f"/procedures/{code}"), 404)


class TestTracking:
    def test_the_slips_pair_opens_it_and_names_nobody(self, call, dossier):
        answer = track(call, dossier)
        said = answer.json()
        assert said == {
            "code": dossier.code, "state": "ok", "headline": "Đã nhận hồ sơ",
            "due_at": "2026-11-23T17:00:00+07:00", "why": said["why"],
            "fee_due": 34_000, "fee_paid": 0,
        }  # fmt: skip
        assert "trả trong ngày" in said["why"][0]
        assert "Êban" not in answer.content.decode()

    def test_typed_as_people_type(self, call, dossier):
        secret = f"{dossier.secret[:3].lower()} {dossier.secret[3:]}"
        answer = call("GET", "/track/h15.158–261123–0001", secret=secret)
        assert answer.status_code == 200

    def test_a_wrong_code_and_a_wrong_secret_are_one_answer(self, call, dossier):
        wrong_secret = problem(track(call, dossier, "AAAAAA"), 404)
        wrong_code = problem(call("GET", "/track/H15.158-261123-0777", secret=dossier.secret), 404)
        assert wrong_secret == wrong_code
        assert "chưa khớp" in wrong_secret["title"]

    @pytest.mark.parametrize("code", ["x", "%00", "a" * 300, "%F0%9F%A7%BE"])
    def test_nonsense_is_the_same_answer(self, call, dossier, code):
        problem(call("GET", f"/track/{code}", secret="\x00"), 404)

    def test_without_a_secret_it_is_422(self, call, dossier):
        problem(call("GET", f"/track/{dossier.code}"), 422)

    def test_guessing_is_slowed_down_here_and_not_elsewhere(self, call, dossier, client):
        for _guess in range(5):
            problem(track(call, dossier, "AAAAAA"), 404)
        answer = track(call, dossier)
        said = problem(answer, 429)
        assert "đợi 15 phút" in said["title"]
        assert int(answer["Retry-After"]) == 15 * 60
        client.defaults["REMOTE_ADDR"] = "203.0.113.9"
        assert track(call, dossier).status_code == 200

    def test_after_a_quarter_of_an_hour_it_opens_again(self, call, dossier, office_clock, at):
        for _guess in range(6):
            track(call, dossier, "AAAAAA")
        office_clock(at + timedelta(minutes=16))
        assert track(call, dossier).status_code == 200

    def test_one_place_trying_many_codes_is_slowed_down_too(self, call, dossier):
        for number in range(30):
            call("GET", f"/track/H15.158-261123-{number + 100:04d}", secret="AAAAAA")
        problem(track(call, dossier), 429)

    def test_a_guessers_address_is_not_kept(self, call, dossier, at):
        from vidan.dossiers.actions.tracking import forget_old_look_ups

        track(call, dossier, "AAAAAA")
        assert b"127.0.0.1" not in bytes(LookUp.objects.get().origin)
        assert forget_old_look_ups(at=at + timedelta(hours=25)) == 1


class TestDescription:
    @pytest.fixture
    def says(self, client):
        return client.get("/api/v1/openapi.json").json()

    def test_it_names_every_address_and_nothing_points_nowhere(self, says):
        assert says["openapi"].startswith("3.")
        assert len([m for path in says["paths"].values() for m in path]) == 14
        for reference in _references(says):
            inner = says
            for step in reference.removeprefix("#/").split("/"):
                inner = inner[step]

    def test_every_operation_has_its_own_name_and_an_answer(self, says):
        operations = [one for path in says["paths"].values() for one in path.values()]
        assert len({one["operationId"] for one in operations}) == len(operations)
        assert all(one["responses"] for one in operations)

    def test_it_says_where_a_token_is_needed(self, says):
        public = {
            (path, method)
            for path, methods in says["paths"].items()
            for method, one in methods.items()
            if not one.get("security")
        }
        assert {path.removeprefix("/api/v1") for path, _method in public} == {
            "/procedures", "/procedures/{code}", "/track/{code}",
        }  # fmt: skip


def _references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
