"""The verbs for machines: the same actions, the same refusals, as problem+json."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.api.conftest import problem
from tests.cast import EA_PHE, KRONG_PAC
from tests.office import CARD, FEE, history, state

from vidan.dossiers.models import Dossier
from vidan.dossiers.queries import inbox
from vidan.dossiers.rules.lifecycle import Step
from vidan.people.models import ApiToken, Person, ReadLog


@pytest.fixture
def body(hlen, catalogue):
    def fill(**more):
        return {
            "key": str(uuid4()),
            "unit": EA_PHE,
            "procedure": "2.000815",
            "applicant": {"id": hlen.pk},
            "papers": [{"label": "Học bạ THPT", "pages": 12, "copies": 2}],
            **more,
        }

    return fill


class TestReceive:
    def test_a_dossier_with_its_secret(self, call, anh, body, hlen):
        answer = call("POST", "/dossiers", anh, body())

        assert answer.status_code == 201
        said, dossier = answer.json(), Dossier.objects.get()
        assert said == {
            "code": "H15.158-261123-0001", "status": 2, "step": "queued", "version": 1,
            "received_at": said["received_at"], "due_at": "2026-11-23T17:00:00+07:00",
            "fee_due": 28_000, "fee_paid": 0, "secret": dossier.secret,
        }  # fmt: skip
        assert dossier.applicant_person == hlen

    def test_sent_twice_it_is_one(self, call, anh, body):
        sent = body()
        codes = {call("POST", "/dossiers", anh, sent).json()["code"] for _each in range(2)}
        assert codes == {"H15.158-261123-0001"}
        assert Dossier.objects.count() == 1

    def test_somebody_new(self, call, anh, body):
        new = {
            "full_name": "Y Thiên Niê", "citizen_id": "066085000021", "birth": "1985", "sex": "male",
        }  # fmt: skip
        assert call("POST", "/dossiers", anh, body(applicant=new)).status_code == 201
        assert Person.objects.get(name_key="y thien nie").citizen_id == "066085000021"

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"papers": []}, "papers", "ít nhất một giấy tờ"),
            ({"papers": [{"label": "x", "pages": 0, "copies": 1}]}, "papers-0", "từ 1 đến"),
            ({"papers": [{"label": "x", "pages": -5, "copies": 1}]}, "papers-0", "từ 1 đến"),
            ({"papers": [{"label": "x", "pages": 10**30, "copies": 1}]}, "papers-0", "từ 1 đến"),
            ({"papers": [{"label": "x", "pages": 5000, "copies": 1000}] * 25}, "papers", "quá lớn"),
            ({"agreed_days": 9}, "agreed_days", "2 ngày"),
            ({"agreed_days": 1}, "agreed_ground", "Chọn căn cứ"),
            ({"applicant": {"full_name": ""}}, "full_name", "họ tên"),
            ({"applicant": {"full_name": "A", "citizen_id": "123"}}, "citizen_id", "12 chữ số"),
            ({"applicant": {"full_name": "A", "phone": "12"}}, "phone", ""),
        ],
    )
    def test_a_refusal_names_the_field(self, call, anh, body, change, field, words):
        said = problem(call("POST", "/dossiers", anh, body(**change)), 422)
        assert said["field"] == field
        assert words in said["title"]
        assert not Dossier.objects.exists()

    @pytest.mark.parametrize(
        "change",
        [
            {"key": "x"},
            {"papers": "Học bạ"},
            {"papers": [{"label": "x", "pages": "ba", "copies": 1}]},
            {"papers": [{"label": "", "pages": 1, "copies": 1}]},
            {"papers": [{"label": "a\x00b", "pages": 1, "copies": 1}]},
            {"papers": [{"label": "x", "pages": 1, "copies": 1}] * 26},
            {"applicant": {"full_name": "A\x00B"}},
            {"applicant": {"full_name": "A", "address": "\x00"}},
            {"applicant": {"id": 10**30}},
            {"applicant": {"id": 987654}},
            {"applicant": {"full_name": "A", "birth": "32/13/1985"}},
            {"applicant": None},
            {"unit": "x"},
            {"unit": "H15.999"},
            {"unit": "H15\x00"},
            {"agreed_days": 10**30},
            {"agreed_ground": "\x00", "agreed_days": 1},
        ],
    )
    def test_what_is_malformed_is_422_and_never_500(self, call, anh, body, change):
        problem(call("POST", "/dossiers", anh, body(**change)), 422)
        assert not Dossier.objects.exists()

    @pytest.mark.parametrize("procedure", ["2.999999", "", "\x00"])
    def test_a_procedure_nobody_published_is_404_or_422(self, call, anh, body, procedure):
        answer = call("POST", "/dossiers", anh, body(procedure=procedure))
        problem(answer, answer.status_code)
        assert answer.status_code in (404, 422)

    def test_no_json_at_all(self, call, anh, body):
        problem(call("POST", "/dossiers", anh, "{"), 400)

    @pytest.mark.parametrize("who", ["huong", "thu", "tuan", "bao"])
    def test_only_the_counter_of_that_unit(self, call, cast, body, who):
        said = problem(call("POST", "/dossiers", cast[who], body()), 403)
        assert said["title"]
        assert not Dossier.objects.exists()

    def test_the_neighbours_counter_neither_receives_here_nor_knows_her(self, call, minh, body):
        problem(call("POST", "/dossiers", minh, body(applicant={"full_name": "Vi Thị Lả"})), 403)
        said = problem(call("POST", "/dossiers", minh, body()), 422)
        assert "Không tìm thấy" in said["title"]

    def test_at_another_unit_there_is_nothing_to_receive(self, call, anh, body):
        problem(call("POST", "/dossiers", anh, body(unit=KRONG_PAC)), 403)


WAY = (
    ("start", "huong", "checking"),
    ("propose", "huong", "signing"),
    ("return-to-step", "phuc", "checking"),
    ("propose", "huong", "signing"),
    ("approve", "phuc", "issuing"),
    ("issue", "huong", "ready"),
    ("take-back", "huong", "issuing"),
    ("issue", "huong", "ready"),
)


class TestVerbs:
    def test_the_whole_way_by_machine(self, call, cast, dossier):
        paid = call("POST", f"/dossiers/{dossier.code}/take-cash", cast["thu"]).json()
        assert (paid["series"], paid["number"], paid["amount"]) == ("BL26", "000001", FEE)
        version = 2
        for verb, who, step in WAY:
            path = f"/dossiers/{dossier.code}/{verb}"
            said = call("POST", path, cast[who], {"seen": version, "note": "Trang 3 mờ"}).json()
            version += 1
            assert (said["step"], said["version"]) == (step, version)
        proof = {"seen": version, "name": "H’Len Êban", "method": "citizen_id", "citizen_id": CARD}
        said = call("POST", f"/dossiers/{dossier.code}/hand-over", cast["khai"], proof).json()
        assert (said["step"], said["status"], said["fee_paid"]) == ("returned", 10, FEE)
        assert len(history(dossier)) == 11

    @pytest.mark.parametrize("verb", ["start", "propose", "approve", "take-back", "issue"])
    def test_a_stale_click_is_409_and_says_so(self, call, cast, brought_to, verb):
        dossier = brought_to(Step.SIGNING)
        said = problem(
            call("POST", f"/dossiers/{dossier.code}/{verb}", cast["huong"], {"seen": 1}), 409
        )
        assert said["reason"] == "stale"
        assert "Trần Thị Mai Hương đã làm việc “trình lãnh đạo ký”" in said["title"]

    @pytest.mark.parametrize(
        "verb", ["start", "propose", "approve", "return-to-step", "take-back", "issue", "hand-over"]
    )
    def test_another_unit_403_404_401_422(self, call, cast, dossier, verb):
        path, click = f"/dossiers/{dossier.code}/{verb}", {"seen": 1, "note": "x"}
        if verb == "hand-over":
            click |= {"name": "H’Len", "method": "secret"}
        problem(call("POST", path, cast["loan"], click), 404)
        problem(call("POST", path, cast["thu"], click), 403)
        problem(call("POST", path, None, click), 401)
        problem(call("POST", path, cast["huong"], {}), 422)
        problem(call("POST", path, cast["huong"], {**click, "seen": -1}), 422)
        problem(call("POST", path, cast["huong"], {**click, "seen": 10**20}), 422)
        problem(call("POST", "/dossiers/H15.158-261123-9999/" + verb, cast["huong"], click), 404)
        assert state(dossier)[2] == 1

    @pytest.mark.parametrize("click", [{"seen": 4}, {"seen": 4, "note": "  "}])
    def test_nothing_goes_back_without_a_reason(self, call, phuc, brought_to, click):
        dossier = brought_to(Step.SIGNING)
        said = problem(call("POST", f"/dossiers/{dossier.code}/return-to-step", phuc, click), 409)
        assert "lý do" in said["title"]

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"secret": "AAAAAA"}, 409),
            ({"method": "citizen_id", "citizen_id": "1"}, 409),
            ({"recipient": "authorised"}, 409),
            ({"method": "signature"}, 422),
            ({"recipient": "king"}, 422),
            ({"name": "x" * 121}, 422),
        ],
    )
    def test_a_hand_over_needs_its_proof(self, call, khai, brought_to, change, status):
        dossier = brought_to(Step.READY)
        proof = {"seen": dossier.version, "name": "H’Len", "method": "secret",
                 "secret": dossier.secret, **change}  # fmt: skip
        problem(call("POST", f"/dossiers/{dossier.code}/hand-over", khai, proof), status)
        assert state(dossier)[0] == "ready"

    def test_unpaid_it_is_409_with_the_lawful_way(self, call, khai, brought_to):
        dossier = brought_to(Step.READY, paid=False)
        proof = {"seen": dossier.version, "name": "H’Len", "method": "secret",
                 "secret": dossier.secret}  # fmt: skip
        said = problem(call("POST", f"/dossiers/{dossier.code}/hand-over", khai, proof), 409)
        assert said["title"] == "Chưa thu đủ phí theo biểu. Thu tiền, in biên lai rồi trả kết quả."

    def test_cash_403_404_401(self, call, cast, dossier):
        path = f"/dossiers/{dossier.code}/take-cash"
        problem(call("POST", path, cast["huong"]), 403)
        problem(call("POST", path, cast["minh"]), 404)
        problem(call("POST", path), 401)


class TestReading:
    def test_my_work_nearest_due_first_page_by_page(self, call, huong, received, at, monkeypatch):
        monkeypatch.setitem(inbox.inbox.__kwdefaults__, "page", 3)
        codes = [received(at=at + timedelta(seconds=n)).code for n in range(5)]

        first = call("GET", "/dossiers", huong, inbox="mine").json()
        second = call("GET", "/dossiers", huong, after=first["next"]).json()
        assert [row["code"] for row in first["items"] + second["items"]] == codes
        assert (len(first["items"]), second["next"]) == (3, None)
        # A program that forgets to encode the key still gets on.
        raw = call("GET", f"/dossiers?after={first['next']}", huong).json()
        assert [row["code"] for row in raw["items"]] == codes[3:]

    @pytest.mark.parametrize("after", ["x", "_", "2026-11-23T10:00:00_1", "2026-13-01_1", "9_9",
                                       "2026-11-23T10:00:00+00:00_" + "9" * 40, "\x00_1"])  # fmt: skip
    def test_nonsense_as_a_key_is_no_error(self, call, huong, dossier, after):
        assert call("GET", "/dossiers", huong, after=after).status_code in (200, 422)

    def test_another_list_is_422(self, call, huong, dossier):
        problem(call("GET", "/dossiers", huong, inbox="theirs"), 422)

    def test_one_dossier_noted_in_the_read_log(self, call, huong, dossier, hlen):
        said = call("GET", f"/dossiers/{dossier.code}", huong).json()
        assert (said["code"], said["version"]) == (dossier.code, 1)
        look = ReadLog.objects.order_by("-pk")[0]
        assert (look.person_id, look.purpose, look.about) == (hlen.pk, "api", dossier.code)

    @pytest.mark.parametrize("who", ["loan", "minh", "tuan", "bham", "dang"])
    def test_what_may_not_be_seen_does_not_exist(self, call, cast, dossier, who):
        problem(call("GET", f"/dossiers/{dossier.code}", cast[who]), 404)
        assert call("GET", "/dossiers", cast[who]).json() == {"items": [], "next": None}

    @pytest.mark.parametrize("code", ["x", "H15.158-261123-0002", "%00", "a%00b", "%F0%9F%A7%BE"])
    def test_no_such_code_is_404(self, call, huong, dossier, code):
        problem(call("GET", f"/dossiers/{code}", huong), 404)
        problem(call("POST", f"/dossiers/{code}/start", huong, {"seen": 1}), 404)


class TestTokens:
    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer \u00e9"])
    def test_without_a_good_one_it_is_401(self, call, dossier, header):
        answer = call("GET", "/dossiers", headers={"Authorization": header} if header else {})
        problem(answer, 401)
        assert answer["WWW-Authenticate"] == "Bearer"

    def test_an_ended_or_revoked_one_is_401(self, call, client, token_of, huong, at):
        for change in ({"expires_at": at}, {"revoked_at": at}):
            text = token_of(huong)
            ApiToken.objects.filter(prefix=text[:9]).update(**change)
            headers = {"Authorization": f"Bearer {text}"}
            assert client.get("/api/v1/dossiers", headers=headers).status_code == 401

    def test_a_browsers_session_is_no_token(self, signed_in, huong, dossier):
        assert signed_in(huong).get("/api/v1/dossiers").status_code == 401
