"""The verbs themselves: what each writes, and what it leaves alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.cast import EA_PHE, KRONG_PAC
from tests.office import DIPLOMA, FEE, chain_holds, history, last_event, state

from vidan.dossiers import access, actions
from vidan.dossiers.actions.refusals import (
    IntakeRefused,
    NotYours,
    OwnProposal,
    ReasonMissing,
    StaleClick,
    WrongStep,
)
from vidan.dossiers.models import Dossier, DossierEvent, DossierPaper, Note
from vidan.dossiers.rules.intake import PaperLine, Parties
from vidan.dossiers.rules.lifecycle import Status, Step
from vidan.kernel import crypto
from vidan.payments.models import Charge
from vidan.people import actions as people
from vidan.people.models import PersonAtUnit

MINUTE = timedelta(minutes=1)


class TestReceive:
    def test_a_dossier_gets_code_date_fee_and_a_place_in_the_queue(self, dossier, at):
        assert dossier.code == "H15.158-261123-0001"
        assert (dossier.step, dossier.status) == (Step.QUEUED, Status.RECEIVED)
        assert f"{dossier.due_at.astimezone(at.tzinfo):%H:%M %d/%m/%Y}" == "17:00 23/11/2026"
        assert (dossier.fee_due, dossier.fee_paid) == (FEE, 0)
        assert [(p.label, p.pages, p.copies) for p in dossier.papers.all()] == [
            ("Bằng tốt nghiệp THPT", 1, 3),
            ("Học bạ THPT", 12, 2),
        ]

    def test_the_charge_is_opened_and_the_slip_asked_for_at_once(self, dossier, queued):
        charge = Charge.objects.get(dossier=dossier)
        assert charge.total == FEE
        assert [line.formula for line in charge.lines.all()] == [
            "3 × (1 × 2.000)",
            "2 × (2 × 2.000 + 10 × 1.000)",
        ]
        assert queued("letters.keep_receipt_slip") == [{"dossier_id": dossier.pk}]

    def test_the_event_says_what_was_received_and_names_nobody(self, dossier, hlen, anh):
        event = last_event(dossier)

        assert (event.kind, event.actor, event.role, event.unit) == (
            "receive", anh.key, "receptionist", EA_PHE,
        )  # fmt: skip
        assert event.payload["applicant"] == crypto.digest(bytes(hlen.digest_salt), "H’Len Êban")
        assert event.payload["papers"] == [[1, 3], [12, 2]]
        text = str(event.payload)
        assert not any(word in text for word in ("Êban", "Học bạ", "066187000012", "0900000011"))

    def test_who_is_who_is_kept_apart(self, received, hlen, anh, ea_phe, at):
        thien = people.register_person(
            people.PersonData(full_name="Y Thiên Niê"), officer=anh, unit=ea_phe, at=at
        )
        paper = "Giấy ủy quyền lập ngày 20/11/2026"
        dossier = received(parties=Parties(hlen.pk, None, thien.pk, paper))

        assert (dossier.applicant_person, dossier.declared_by, dossier.typed_by) == (
            hlen, thien, anh,
        )  # fmt: skip
        assert (dossier.authority, dossier.channel) == (paper, "counter")
        assert last_event(dossier).payload["for_another"] is True

    def test_from_now_on_the_unit_knows_the_people(self, received, hlen, ea_phe):
        before = PersonAtUnit.objects.get(person=hlen, unit=ea_phe).times
        received()
        assert PersonAtUnit.objects.get(person=hlen, unit=ea_phe).times == before + 1

    def test_numbers_run_by_unit_and_by_day(self, received, minh, at):
        first, second = received(), received()
        next_day = received(at=at + timedelta(days=2))
        there = received(officer=minh, unit=KRONG_PAC)

        assert [d.code for d in (first, second, next_day, there)] == [
            "H15.158-261123-0001",
            "H15.158-261123-0002",
            "H15.158-261125-0001",
            "H15.156-261123-0001",
        ]

    def test_a_refused_receipt_leaves_no_gap(self, received, queued):
        def cut_off() -> None:
            received()
            raise RuntimeError("the connection broke before the commit")

        with pytest.raises(RuntimeError), transaction.atomic():
            cut_off()
        assert not DossierEvent.objects.exists()
        assert queued("letters.keep_receipt_slip") == []
        assert received().code == "H15.158-261123-0001"

    def test_the_same_intake_twice_is_one_dossier(self, received):
        key = uuid4()
        assert received(key=key).pk == received(key=key).pk
        assert Dossier.objects.count() == 1

    def test_the_key_of_another_units_intake_opens_nothing(self, received, minh):
        key = uuid4()
        received(key=key)
        with pytest.raises(IntakeRefused, match="đã dùng"):
            received(key=key, officer=minh, unit=KRONG_PAC)
        assert Dossier.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"papers": ()}, "papers", "ít nhất một giấy tờ"),
            ({"papers": (PaperLine("Học bạ", 0, 1),)}, "papers-0", "từ 1 đến 5000"),
            ({"papers": (DIPLOMA, PaperLine("Học bạ", 1, -1))}, "papers-1", "từ 1 đến 1000"),
            ({"papers": (PaperLine("Học bạ", 5001, 1),)}, "papers-0", "từ 1 đến 5000"),
            ({"papers": (PaperLine("Học bạ", 5000, 1000),) * 25}, "papers", "quá lớn"),
            ({"agreed_days": 3, "agreed_ground": "nhiều loại bản chính"}, "agreed_days", "2 ngày"),
            ({"agreed_days": -1}, "agreed_days", "2 ngày"),
            ({"agreed_days": 1}, "agreed_ground", "Chọn căn cứ"),
            ({"agreed_days": 1, "agreed_ground": "vì vội"}, "agreed_ground", "Chọn căn cứ"),
            ({"parties": Parties(None, None, None)}, "applicant", "Chọn người nộp"),
            ({"parties": Parties(987654, None, 987654)}, "applicant", "Chọn người nộp"),
        ],
    )
    def test_a_refusal_names_the_field_and_the_repair(self, received, change, field, words):
        with pytest.raises(IntakeRefused, match=words) as refusal:
            received(**change)
        assert refusal.value.field == field
        assert not Dossier.objects.exists()

    def test_without_next_years_calendar_the_date_is_refused_by_name(self, received, at):
        eve = at.replace(month=12, day=31, hour=15, minute=1)
        with pytest.raises(IntakeRefused, match="năm 2027") as refusal:
            received(at=eve)
        assert refusal.value.field == "date"

    def test_an_agreed_extension_is_kept_with_its_ground(self, received):
        dossier = received(agreed_days=2, agreed_ground="bản chính có nhiều trang")
        assert f"{dossier.due_at:%d/%m}" == "26/11"  # 24/11 is a holiday
        assert (dossier.agreed_days, dossier.agreed_ground) == (2, "bản chính có nhiều trang")


class TestMoves:
    def test_the_whole_way_is_seven_events_of_one_chain(self, brought_to):
        dossier = brought_to(Step.RETURNED)

        assert history(dossier) == [
            "receive", "payment-confirmed", "start", "propose", "approve", "issue", "hand-over",
        ]  # fmt: skip
        assert chain_holds(dossier)
        assert (dossier.status, dossier.version) == (Status.RETURNED, 7)
        assert dossier.finished_at <= dossier.returned_at

    def test_each_event_names_who_in_which_post_at_which_unit(self, brought_to, anh, huong, phuc):
        events = brought_to(Step.ISSUING).events.order_by("seq")
        assert [(e.actor, e.role, e.unit) for e in events if e.kind != "payment-confirmed"] == [
            (anh.key, "receptionist", EA_PHE),
            (huong.key, "specialist", EA_PHE),
            (huong.key, "specialist", EA_PHE),
            (phuc.key, "leader", EA_PHE),
        ]

    def test_whoever_signs_for_the_leader_is_named_with_him(self, brought_to, thu, phuc, at):
        people.delegate(
            by=phuc, post_id=phuc.posts.get().pk, to_id=thu.pk, document="12/GUQ-UBND",
            valid_from=at, valid_to=at + timedelta(days=2), at=at,
        )  # fmt: skip
        dossier = brought_to(Step.SIGNING)
        actions.approve(dossier.code, officer=thu, seen=dossier.version, at=at + 5 * MINUTE)

        event = last_event(dossier)
        assert (event.actor, event.role, event.on_behalf) == (thu.key, "leader", phuc.key)

    def test_nobody_signs_what_they_proposed_not_even_for_the_leader(
        self, brought_to, huong, phuc, at
    ):
        people.delegate(
            by=phuc, post_id=phuc.posts.get().pk, to_id=huong.pk, document="12/GUQ-UBND",
            valid_from=at, valid_to=at + timedelta(days=2), at=at,
        )  # fmt: skip
        dossier = brought_to(Step.SIGNING)
        with pytest.raises(OwnProposal):
            actions.approve(dossier.code, officer=huong, seen=dossier.version, at=at + 5 * MINUTE)

    def test_starting_makes_one_the_holder_and_taking_back_frees_it(self, dossier, huong, at):
        assert actions.start(dossier.code, officer=huong, seen=1, at=at).holder == huong
        assert actions.take_back(dossier.code, officer=huong, seen=2, at=at).holder is None

    def test_a_note_lies_beside_the_ledger_not_in_it(self, brought_to, phuc, at):
        dossier = brought_to(Step.SIGNING)
        words = "Trang 3 của học bạ mờ, H’Len mang bản khác"
        actions.return_to_step(
            dossier.code, officer=phuc, seen=dossier.version, note=words, at=at + 5 * MINUTE
        )

        event, note = last_event(dossier), Note.objects.get()
        assert (note.text, event.about) == (words, f"note:{note.key}")
        assert "mờ" not in str(event.payload) + event.about
        note.delete()
        assert chain_holds(dossier)

    @pytest.mark.parametrize("words", ["", "   ", "\n"])
    def test_nothing_goes_back_without_a_reason(self, brought_to, phuc, at, words):
        dossier = brought_to(Step.SIGNING)
        with pytest.raises(ReasonMissing, match="lý do"):
            actions.return_to_step(
                dossier.code, officer=phuc, seen=dossier.version, note=words, at=at
            )

    def test_only_ones_own_last_move_is_taken_back(self, brought_to, huong, phuc, at):
        dossier = brought_to(Step.SIGNING)
        back = {"seen": dossier.version, "at": at + 5 * MINUTE}
        dossier.moved_by = phuc
        dossier.save(update_fields=["moved_by"])
        with pytest.raises(NotYours, match="vừa chuyển hồ sơ"):
            actions.take_back(dossier.code, officer=huong, **back)

    def test_what_came_back_with_a_reason_is_not_taken_back(self, brought_to, phuc, huong, at):
        dossier = brought_to(Step.SIGNING)
        seen = dossier.version
        actions.return_to_step(dossier.code, officer=phuc, seen=seen, note="Mờ", at=at)
        with pytest.raises(NotYours):
            actions.take_back(dossier.code, officer=huong, seen=seen + 1, at=at)

    def test_a_register_number_once_given_stays(self, brought_to, huong, at):
        first, second = brought_to(Step.READY), None
        assert register(first) == [1, 2]
        actions.take_back(first.code, officer=huong, seen=first.version, at=at)
        second = brought_to(Step.READY)
        assert register(second) == [3, 4]
        actions.issue(first.code, officer=huong, seen=first.version + 1, at=at)
        assert register(first) == [1, 2]

    def test_a_new_year_begins_a_new_register(self, brought_to, huong, phuc, at):
        brought_to(Step.READY)
        late = brought_to(Step.ISSUING, papers=(DIPLOMA,))
        actions.issue(late.code, officer=huong, seen=late.version, at=at.replace(year=2027))
        assert [(p.register_number, p.register_year) for p in late.papers.all()] == [(1, 2027)]

    def test_a_stale_click_is_told_who_did_what_and_when(self, brought_to, huong, at):
        dossier = brought_to(Step.CHECKING)
        with pytest.raises(StaleClick) as refusal:
            actions.start(dossier.code, officer=huong, seen=1, at=at)
        assert refusal.value.explanation == (
            "Trần Thị Mai Hương đã làm việc “nhận xử lý” với hồ sơ này lúc 09:14 23/11."
            " Xem thay đổi rồi làm tiếp."
        )

    def test_a_page_from_the_future_is_stale_too(self, dossier, huong, at):
        with pytest.raises(StaleClick, match="không còn mới"):
            actions.start(dossier.code, officer=huong, seen=99, at=at)

    def test_a_verb_at_the_wrong_step_changes_nothing(self, dossier, huong, at):
        with pytest.raises(WrongStep, match="không ở bước"):
            actions.issue(dossier.code, officer=huong, seen=1, at=at)
        assert state(dossier) == (Step.QUEUED, Status.RECEIVED, 1)

    def test_another_unit_knows_of_no_such_dossier(self, dossier, loan, at):
        with pytest.raises(access.DossierNotFound):
            actions.start(dossier.code, officer=loan, seen=1, at=at)

    def test_the_missing_role_is_named(self, dossier, anh, at):
        with pytest.raises(access.NotAllowed, match="chuyên viên"):
            actions.start(dossier.code, officer=anh, seen=1, at=at)

    def test_a_post_that_has_ended_opens_nothing(self, dossier, huong, at):
        people.end_post(by=None, post_id=huong.posts.get().pk, at=at)
        with pytest.raises(access.DossierNotFound):
            actions.start(dossier.code, officer=huong, seen=1, at=at)


def register(dossier: Dossier) -> list[int | None]:
    return list(DossierPaper.objects.filter(dossier=dossier).values_list(
        "register_number", flat=True
    ))  # fmt: skip


class TestTheTablesThemselves:
    @pytest.mark.parametrize(
        "change",
        [
            {"code": "H15.158-261123-9999"},
            {"authority": "Giấy khác"},
            {"channel": "post"},
            {"fee_due": 1},
            {"declared_by": None},
            {"applicant_person": None},
        ],
    )
    def test_who_is_who_never_changes(self, dossier, change):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(**change)

    @pytest.mark.parametrize(
        ("change", "constraint"),
        [
            ({"step": "ready"}, "finished_has_a_time"),
            ({"returned_at": "2026-11-23T10:00:00Z"}, "returned_has_a_time"),
            ({"due_at": "2026-11-22T10:00:00Z"}, "due_after_receipt"),
            ({"fee_paid": FEE + 1}, "nobody_pays_more_than_the_law"),
        ],
    )
    def test_the_database_refuses_what_cannot_be(self, dossier, change, constraint):
        with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(**change)

    def test_a_paper_has_pages_and_copies(self, dossier):
        with pytest.raises(DatabaseError, match="pages_and_copies_count"), transaction.atomic():
            dossier.papers.update(pages=0)
