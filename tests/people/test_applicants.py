"""Applicants' records: found again, kept apart, encrypted, and every look written down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from vidan.kernel import crypto
from vidan.people import access, actions, queries
from vidan.people.actions import (
    DisagreementNeedsReason,
    OrganisationData,
    PersonData,
    StaleRecord,
)
from vidan.people.models import Person, ReadLog, SubjectEvent
from vidan.people.rules.births import Birth
from vidan.people.rules.refusals import NotAllowed, SubjectRefused, Unknown

NUMBER, PHONE = "066187000012", "0900000011"
HLEN = PersonData(
    full_name="H’Len Êban",
    birth=Birth(1987),
    sex="female",
    citizen_id=NUMBER,
    phone="0900 000 011",
    address="Số 12, đường liên thôn",
    village="buôn Phê",
)


@pytest.fixture
def hlen(anh, ea_phe, at) -> Person:
    """H'Len, received once at Ea Phê."""
    return actions.register_person(HLEN, officer=anh, unit=ea_phe, at=at)


def test_a_record_is_made_with_its_number_and_phone_normalised(hlen, ea_phe):
    assert (hlen.full_name, hlen.name_key) == ("H’Len Êban", "hlen eban")
    assert (hlen.citizen_id, hlen.phone) == (NUMBER, PHONE)
    assert hlen.known_at.get().unit == ea_phe


def test_number_and_phone_lie_encrypted_in_the_database(hlen):
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text, p.citizen_id, p.phone FROM people_person p")
        row, number, phone = cursor.fetchone()
    assert NUMBER not in row
    assert PHONE not in row
    assert NUMBER.encode() not in bytes(number)
    assert PHONE.encode() not in bytes(phone)


def test_the_event_names_fields_and_carries_a_salted_digest_only(hlen, anh):
    event = SubjectEvent.objects.get(stream=f"person/{hlen.key}")

    assert (event.kind, event.actor, event.unit) == ("registered", anh.key, "H15.158")
    assert event.payload["name"] == crypto.digest(bytes(hlen.digest_salt), "H’Len Êban")
    text = str(event.payload)
    assert not any(secret in text for secret in ("Êban", NUMBER, PHONE, "buôn"))


def test_the_same_number_is_the_same_person_brought_up_to_date(hlen, anh, ea_phe, at):
    again = actions.register_person(
        PersonData(full_name="h'len  êban", citizen_id="066 187 000 012", phone="0900000012"),
        officer=anh, unit=ea_phe, at=at + timedelta(days=1),
    )  # fmt: skip

    assert again.pk == hlen.pk
    assert (again.phone, again.village) == ("0900000012", "buôn Phê")  # empty erases nothing
    assert again.known_at.get().times == 2
    assert again.version == 2
    kinds = [e.kind for e in SubjectEvent.objects.filter(stream=f"person/{hlen.key}")]
    assert kinds == ["registered", "corrected"]


def test_nothing_new_is_no_event(hlen, anh, ea_phe, at):
    actions.register_person(HLEN, officer=anh, unit=ea_phe, at=at)

    assert SubjectEvent.objects.count() == 1


def test_another_name_under_the_number_is_refused_without_saying_whose(hlen, anh, ea_phe, at):
    other = PersonData(full_name="Vi Thị Lả", citizen_id=NUMBER)
    with pytest.raises(SubjectRefused) as refusal:
        actions.register_person(other, officer=anh, unit=ea_phe, at=at)
    assert refusal.value.field == "citizen_id"
    assert "Len" not in refusal.value.explanation


def test_two_without_a_number_are_two_people(anh, ea_phe, at):
    for _each in range(2):
        actions.register_person(
            PersonData(full_name="Vi Thị Lả", birth=Birth(1958)), officer=anh, unit=ea_phe, at=at
        )
    assert Person.objects.filter(name_key="vi thi la").count() == 2


def test_a_family_shares_a_phone(hlen, anh, ea_phe, at):
    data = PersonData(full_name="Y Thiên Niê", phone=PHONE)
    assert actions.register_person(data, officer=anh, unit=ea_phe, at=at).pk != hlen.pk


def test_number_and_birth_that_differ_need_a_reason(anh, ea_phe, at):
    data = PersonData(full_name="H’Len Êban", birth=Birth(1986), sex="male", citizen_id=NUMBER)
    with pytest.raises(DisagreementNeedsReason) as refusal:
        actions.register_person(data, officer=anh, unit=ea_phe, at=at)
    assert len(refusal.value.differences) == 2

    reason = "Cải chính hộ tịch theo quyết định số 7"
    told = PersonData(**{**_fields(data), "citizen_id_override": reason})
    person = actions.register_person(told, officer=anh, unit=ea_phe, at=at)
    assert person.citizen_id_override == reason


def _fields(data: PersonData) -> dict[str, object]:
    return {name: getattr(data, name) for name in data.__slots__}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"citizen_id": "06618700001"}, "citizen_id"),
        ({"citizen_id": "066227000012"}, "citizen_id"),
        ({"phone": "090000001"}, "phone"),
    ],
)
def test_a_refusal_names_the_field(anh, ea_phe, at, change, field):
    data = PersonData(**{**_fields(HLEN), "birth": None, "sex": "", **change})
    with pytest.raises(SubjectRefused) as refusal:
        actions.register_person(data, officer=anh, unit=ea_phe, at=at)
    assert refusal.value.field == field
    assert not Person.objects.exists()


@pytest.mark.parametrize("who", ["tuan", "nga", "bao", "bham", "dang", "minh"])
def test_only_who_works_on_dossiers_of_the_unit_registers(cast, ea_phe, at, who):
    with pytest.raises(NotAllowed):
        actions.register_person(HLEN, officer=cast[who], unit=ea_phe, at=at)


def test_a_correction_carries_the_version_it_saw(hlen, anh, ea_phe, at):
    moved = PersonData(**{**_fields(HLEN), "village": "buôn Puăn"})
    change = {"officer": anh, "unit": ea_phe, "at": at}
    person = actions.update_person(hlen.pk, moved, seen=1, **change)
    assert (person.village, person.version) == ("buôn Puăn", 2)
    with pytest.raises(StaleRecord):
        actions.update_person(hlen.pk, HLEN, seen=1, **change)


def test_a_correction_cannot_take_somebody_elses_number(hlen, anh, ea_phe, at):
    other = actions.register_person(
        PersonData(full_name="Vi Thị Lả"), officer=anh, unit=ea_phe, at=at
    )
    taken = PersonData(full_name="Vi Thị Lả", citizen_id=NUMBER)
    with pytest.raises(SubjectRefused) as refusal:
        actions.update_person(other.pk, taken, officer=anh, unit=ea_phe, seen=1, at=at)
    assert refusal.value.field == "citizen_id"


def test_a_unit_corrects_only_whom_it_knows(hlen, minh, krong_pac, at):
    with pytest.raises(Unknown):
        actions.update_person(hlen.pk, HLEN, officer=minh, unit=krong_pac, seen=1, at=at)


@pytest.mark.django_db(transaction=True)
def test_many_officers_registering_one_person_get_one_record(anh, ea_phe, at):
    def register(_number: int) -> int:
        try:
            return actions.register_person(HLEN, officer=anh, unit=ea_phe, at=at).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(register, range(12)))
    assert len(found) == Person.objects.count() == 1
    assert Person.objects.get().known_at.get().times == 12


class TestSearch:
    @pytest.mark.parametrize(
        "text",
        [
            NUMBER,
            "066 187 000 012",
            PHONE,
            "+84 900 000 011",
            "hlen",
            "H'Len Êban",
            "len 1987",
            "h eb 1987",
            "eban hlen",
            f"{NUMBER}||H’Len Êban|14031987|Nữ|Buôn Phê|20052022",
        ],
    )
    def test_a_returning_person_is_found(self, hlen, anh, at, text):
        if text == "len 1987":  # the beginning of a word, not its middle
            assert access.search_persons(anh, text, at=at) == []
            return
        (hit,) = access.search_persons(anh, text, at=at)
        assert (hit.id, hit.full_name, hit.birth) == (hlen.pk, "H’Len Êban", "1987")
        assert (hit.citizen_id, hit.phone) == ("066 ••• ••• 012", "0900 ••• 011")
        assert (hit.address, hit.times, hit.known_here) == ("buôn Phê", 1, True)

    @pytest.mark.parametrize("text", ["", "  ", "khong ai", "hlen 1986", "066187000013"])
    def test_nobody_is_found_and_that_is_noted(self, hlen, anh, at, text):
        assert access.search_persons(anh, text, at=at) == []
        assert ReadLog.objects.get().person_id is None

    def test_another_commune_finds_by_number_only_and_sees_less(self, hlen, minh, at):
        assert access.search_persons(minh, "hlen", at=at) == []
        assert access.search_persons(minh, PHONE, at=at) == []
        (hit,) = access.search_persons(minh, NUMBER, at=at)
        assert (hit.known_here, hit.phone, hit.address) == (False, "", "")

    def test_every_person_shown_is_in_the_read_log(self, hlen, anh, ea_phe, at):
        access.search_persons(anh, "hlen", at=at)

        log = ReadLog.objects.get()
        assert (log.person_id, log.reader, log.unit, log.door, log.at) == (
            hlen.pk, anh, ea_phe, "search-name", at,
        )  # fmt: skip

    def test_the_log_never_holds_what_was_searched_for(self, hlen, anh, at):
        access.search_persons(anh, NUMBER, at=at)
        access.search_persons(anh, "khong ai", at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(l::text, ' ') FROM people_readlog l")
            text = cursor.fetchone()[0]
        assert NUMBER not in text
        assert "khong ai" not in text

    @pytest.mark.parametrize("who", ["tuan", "nga", "bao", "bham", "dang"])
    def test_others_do_not_search(self, cast, at, who):
        with pytest.raises(NotAllowed):
            access.search_persons(cast[who], NUMBER, at=at)

    def test_at_most_twenty_are_shown(self, anh, ea_phe, at):
        for number in range(22):
            data = PersonData(full_name=f"Nguyễn Văn {chr(ord('A') + number)}")
            actions.register_person(data, officer=anh, unit=ea_phe, at=at)
        assert len(access.search_persons(anh, "nguyen van", at=at)) == 20


class TestRecord:
    def test_the_unit_that_served_somebody_opens_the_record_and_it_is_noted(self, hlen, huong, at):
        person = access.person_for(
            huong, hlen.pk, at=at, purpose="dossier", about="H15.158-261123-0001"
        )

        assert person.citizen_id == NUMBER
        log = ReadLog.objects.get()
        assert (log.door, log.purpose, log.about) == ("record", "dossier", "H15.158-261123-0001")

    def test_no_such_person_and_not_yours_are_one_answer(self, hlen, minh, at):
        with pytest.raises(Unknown) as not_mine:
            access.person_for(minh, hlen.pk, at=at, purpose="dossier")
        with pytest.raises(Unknown) as nobody:
            access.person_for(minh, 987654, at=at, purpose="dossier")
        assert str(not_mine.value) == str(nobody.value)
        assert not ReadLog.objects.exists()

    def test_found_by_number_opens_it_for_that_day_and_that_officer(self, hlen, minh, loan, at):
        access.search_persons(minh, NUMBER, at=at)

        assert access.person_for(minh, hlen.pk, at=at, purpose="intake") == hlen
        with pytest.raises(Unknown):
            access.person_for(loan, hlen.pk, at=at, purpose="intake")
        with pytest.raises(Unknown):
            access.person_for(minh, hlen.pk, at=at + timedelta(hours=11), purpose="intake")

    def test_a_unit_that_received_a_dossier_knows_the_person(self, hlen, minh, krong_pac, at):
        actions.note_person_at_unit(hlen, krong_pac, at=at)

        assert access.person_for(minh, hlen.pk, at=at, purpose="dossier") == hlen

    @pytest.mark.parametrize("who", ["tuan", "nga", "bao", "bham", "dang"])
    def test_others_open_no_record(self, hlen, cast, at, who):
        with pytest.raises(NotAllowed):
            access.person_for(cast[who], hlen.pk, at=at, purpose="dossier")

    def test_the_read_log_is_neither_changed_nor_emptied(self, hlen, anh, at):
        access.person_for(anh, hlen.pk, at=at, purpose="dossier")
        for wrong in (
            lambda: ReadLog.objects.update(purpose="x"),
            lambda: ReadLog.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError, match="read"), transaction.atomic():
                wrong()
        assert ReadLog.objects.count() == 1


class TestWhoLooked:
    def test_the_leader_sees_looks_of_the_own_unit_only(self, hlen, anh, minh, phuc, son, at):
        access.search_persons(anh, NUMBER, at=at)
        access.search_persons(minh, NUMBER, at=at)

        (look,) = queries.who_looked(phuc, NUMBER, at=at).looks
        assert (look.reader, look.door, look.shown) == (
            "Lê Thị Ngọc Ánh", "search-number", "H’Len Êban",
        )  # fmt: skip
        assert [one.reader for one in queries.who_looked(son, NUMBER, at=at).looks] == [
            "Đỗ Quang Minh"
        ]

    def test_the_province_inspector_sees_every_unit(self, hlen, anh, minh, bao, at):
        access.search_persons(anh, NUMBER, at=at)
        access.search_persons(minh, NUMBER, at=at)

        assert len(queries.who_looked(bao, NUMBER, at=at).looks) == 2

    def test_by_dossier_code(self, hlen, huong, phuc, at):
        access.person_for(huong, hlen.pk, at=at, purpose="dossier", about="H15.158-261123-0001")

        assert len(queries.who_looked(phuc, "h15.158-261123-0001", at=at).looks) == 1

    def test_asking_is_itself_noted(self, hlen, bao, phuc, ea_phe, at):
        queries.who_looked(bao, NUMBER, at=at)
        assert ReadLog.objects.get().door == "who-looked"
        assert queries.who_looked(bao, NUMBER, at=at).looks == ()

    def test_somebody_unknown_and_somebody_unseen_are_one_answer(self, hlen, bao, at):
        unseen = queries.who_looked(bao, NUMBER, at=at)
        unknown = queries.who_looked(bao, "066187000099", at=at)
        assert unseen.looks == unknown.looks == ()

    @pytest.mark.parametrize("who", ["anh", "huong", "tuan", "nga", "bham", "dang"])
    def test_others_do_not_ask(self, cast, at, who):
        with pytest.raises(NotAllowed):
            queries.who_looked(cast[who], NUMBER, at=at)


class TestOrganisation:
    DATA = OrganisationData(name="Hợp tác xã Sầu riêng Ea Phê", tax_code="0000000017")

    def test_one_tax_code_is_one_organisation(self, anh, ea_phe, at):
        first = actions.register_organisation(self.DATA, officer=anh, unit=ea_phe, at=at)
        again = actions.register_organisation(self.DATA, officer=anh, unit=ea_phe, at=at)

        assert first.pk == again.pk
        assert again.known_at.get().times == 2

    def test_found_by_code_anywhere_by_name_at_home(self, anh, minh, ea_phe, at):
        actions.register_organisation(self.DATA, officer=anh, unit=ea_phe, at=at)

        assert len(access.search_organisations(anh, "sau rieng", at=at)) == 1
        assert access.search_organisations(minh, "sau rieng", at=at) == []
        (hit,) = access.search_organisations(minh, "0000000017", at=at)
        assert access.organisation_for(minh, hit.id, at=at, purpose="intake").name == hit.name

    def test_a_wrong_code_is_refused(self, anh, ea_phe, at):
        wrong = OrganisationData(name="Công ty", tax_code="0000000018")
        with pytest.raises(SubjectRefused) as refusal:
            actions.register_organisation(wrong, officer=anh, unit=ea_phe, at=at)
        assert refusal.value.field == "tax_code"
