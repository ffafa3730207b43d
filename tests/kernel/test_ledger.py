"""The ledger: events are only added, chains break visibly, and nothing is half written."""

# ruff: noqa: S608 - the tables of these statements are named here

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.office import chain_holds

from vidan.dossiers.models import Dossier, DossierEvent
from vidan.dossiers.rules.lifecycle import Step
from vidan.kernel import files, ledger, outbox
from vidan.kernel.ledger import By, Head, fingerprint, first_break
from vidan.kernel.models import StoredFile
from vidan.people.models import StaffEvent

TABLE = "dossiers_dossierevent"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=7)))


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def triggers_bypassed() -> Iterator[None]:
    """What only somebody with power over the server can do."""
    run("SET LOCAL session_replication_role = replica")
    yield
    run("SET LOCAL session_replication_role = DEFAULT")


class TestNothingIsTakenBack:
    @pytest.mark.parametrize(
        "sql",
        [
            f"UPDATE {TABLE} SET kind = 'start'",
            f"UPDATE {TABLE} SET at = at + interval '1 day'",
            f"DELETE FROM {TABLE}",
            f"TRUNCATE {TABLE}",
            f"TRUNCATE {TABLE} CASCADE",
            "TRUNCATE dossiers_dossier CASCADE",
        ],
    )
    def test_the_database_itself_refuses(self, dossier, sql):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match=r"Cannot|append-only"), transaction.atomic():
            run(sql)
        assert DossierEvent.objects.count() == 1

    @pytest.mark.parametrize(
        "table",
        [TABLE, "people_staffevent", "people_subjectevent", "authorities_unitevent"],
    )
    def test_every_areas_table_of_events_has_the_triggers(self, db, table):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'",
                [table],
            )
            names = " ".join(name for (name,) in cursor.fetchall())
        assert "append_only" in names
        assert "no_truncate" in names

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("sql", ["UPDATE {} SET role = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
    def test_not_even_the_servers_superuser_changes_an_event(self, dossier, sql):
        settings = connection.settings_dict
        place = {"host": settings["HOST"], "port": settings["PORT"], "dbname": settings["NAME"]}
        try:
            admin = psycopg.connect(**place, user="vidan_admin")
        except psycopg.OperationalError:
            pytest.skip("another server than our own")
        with admin, pytest.raises(psycopg.DatabaseError, match=r"Cannot|append-only"):
            admin.execute(sql.format(TABLE))
        assert dossier.events.count() == 1


class TestAllOrNothing:
    def test_a_rollback_leaves_neither_event_nor_job_nor_file(self, received, queued, at):
        def cut_off() -> None:
            received()
            files.store(files.Checked("phieu.pdf", b"%PDF-1.7", "application/pdf", 1), at=at)
            outbox.enqueue("letters.keep_receipt_slip", dossier_id=7)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), transaction.atomic():
            cut_off()

        assert not DossierEvent.objects.exists()
        assert not Dossier.objects.exists()
        assert not StoredFile.objects.exists()
        assert queued("letters.keep_receipt_slip") == []

    def test_a_reaction_that_fails_undoes_the_verb(self, received, queued, monkeypatch):
        def no_money(_event: DossierEvent) -> None:
            raise RuntimeError("no schedule")

        from vidan.kernel import reactions

        monkeypatch.setitem(reactions._reactions, "dossiers.receive", [no_money])
        with pytest.raises(RuntimeError, match="no schedule"):
            received()
        assert not Dossier.objects.exists()
        assert not DossierEvent.objects.exists()

    def test_two_appends_to_one_place_of_a_stream_cannot_both_stand(self, dossier, at):
        head = Head(1, bytes(dossier.head_hash))

        def append(kind: str) -> None:
            ledger.append(
                DossierEvent, kind, stream=dossier.stream, at=at, by=By(), head=head,
                dossier=dossier,
            )  # fmt: skip

        append("start")
        with pytest.raises(IntegrityError, match="one_chain"), transaction.atomic():
            append("propose")


Tamper = Callable[[list[DossierEvent]], None]


def edit_the_payload(events: list[DossierEvent]) -> None:
    run(f"UPDATE {TABLE} SET payload = payload || '{{\"amount\": 1}}' WHERE id = %s", events[1].pk)


def move_the_time(events: list[DossierEvent]) -> None:
    run(f"UPDATE {TABLE} SET at = at - interval '1 microsecond' WHERE id = %s", events[1].pk)


def name_another_actor(events: list[DossierEvent]) -> None:
    run(f"UPDATE {TABLE} SET actor = %s WHERE id = %s", UUID(int=7), events[1].pk)


def delete_one(events: list[DossierEvent]) -> None:
    run(f"DELETE FROM {TABLE} WHERE id = %s", events[1].pk)


def delete_one_and_close_the_gap(events: list[DossierEvent]) -> None:
    delete_one(events)
    for event in events[2:]:
        run(f"UPDATE {TABLE} SET seq = seq - 1 WHERE id = %s", event.pk)


def insert_one(events: list[DossierEvent]) -> None:
    for event in reversed(events[1:]):
        run(f"UPDATE {TABLE} SET seq = seq + 1 WHERE id = %s", event.pk)
    false = ledger.link(
        DossierEvent, "approve", stream=events[0].stream, at=NOON, by=By(),
        head=Head(1, bytes(events[0].hash)), dossier_id=events[0].dossier_id,
    )  # fmt: skip
    false.save(force_insert=True)


def swap_two(events: list[DossierEvent]) -> None:
    for event, seq in ((events[1], 99), (events[2], 2), (events[1], 3)):
        run(f"UPDATE {TABLE} SET seq = %s WHERE id = %s", seq, event.pk)


def edit_and_hash_again(events: list[DossierEvent]) -> None:
    event = events[1]
    event.payload = {"amount": 1}
    event.hash = event.fingerprint()
    event.save(update_fields=["payload", "hash"])


class TestTampering:
    @pytest.mark.parametrize(
        ("tamper", "seq", "why"),
        [
            (edit_the_payload, 2, "changed"),
            (move_the_time, 2, "changed"),
            (name_another_actor, 2, "changed"),
            (delete_one, 2, "missing"),
            (delete_one_and_close_the_gap, 2, "not chained to the one before"),
            (insert_one, 3, "not chained to the one before"),
            (swap_two, 2, "not chained to the one before"),
            (edit_and_hash_again, 3, "not chained to the one before"),
        ],
    )
    def test_past_the_triggers_it_is_seen_where(self, brought_to, tamper: Tamper, seq, why):
        dossier = brought_to(Step.SIGNING)
        events = list(dossier.events.order_by("seq"))
        assert chain_holds(dossier)

        with triggers_bypassed():
            tamper(events)

        broken = first_break(dossier.events.order_by("seq"))
        assert (broken.stream, broken.seq, broken.why) == (dossier.stream, seq, why)

    def test_a_cut_off_end_is_missed_by_the_dossiers_own_row(self, brought_to):
        dossier = brought_to(Step.SIGNING)
        with triggers_bypassed():
            run(f"DELETE FROM {TABLE} WHERE stream = %s AND seq = 4", dossier.stream)
        assert first_break(dossier.events.order_by("seq")) is None
        assert not chain_holds(dossier)


class TestCanonicalForm:
    SAYS = {
        "stream": "dossier:H15.158-261123-0001",
        "seq": 1,
        "kind": "receive",
        "at": NOON,
        "by": By(UUID(int=1), "receptionist", "H15.158"),
        "about": "",
        "payload": {"ghi chú": "Đắk Lắk, H’Len Êban", "số": [1, 2, None, True]},
        "prev_hash": bytes(32),
    }

    def test_it_is_written_down_here_once_more(self):
        text = (
            '{"about":"","actor":"00000000-0000-0000-0000-000000000001",'
            '"at":"2026-11-23T05:00:00.000000+00:00","kind":"receive","on_behalf":null,'
            '"payload":{"ghi chú":"Đắk Lắk, H’Len Êban","số":[1,2,null,true]},'
            f'"prev":"{"00" * 32}","role":"receptionist","seq":1,'
            '"stream":"dossier:H15.158-261123-0001","unit":"H15.158"}'
        )
        assert fingerprint(**self.SAYS) == sha256(text.encode()).digest()

    def test_the_same_moment_in_another_zone_is_the_same_event(self):
        assert fingerprint(**{**self.SAYS, "at": NOON.astimezone(UTC)}) == fingerprint(**self.SAYS)

    def test_the_order_of_a_payloads_keys_does_not_matter(self):
        turned = dict(reversed(list(self.SAYS["payload"].items())))
        assert fingerprint(**{**self.SAYS, "payload": turned}) == fingerprint(**self.SAYS)

    @pytest.mark.parametrize(
        "change",
        [
            {"stream": "dossier:H15.158-261123-0002"},
            {"seq": 2},
            {"kind": "start"},
            {"at": NOON + timedelta(microseconds=1)},
            {"by": By(UUID(int=1), "receptionist", "H15.156")},
            {"by": By(UUID(int=1), "receptionist", "H15.158", UUID(int=2))},
            {"about": "note:1"},
            {"payload": {}},
            {"prev_hash": b"\x01" * 32},
        ],
    )
    def test_everything_in_the_row_counts(self, change):
        assert fingerprint(**{**self.SAYS, **change}) != fingerprint(**self.SAYS)

    @pytest.mark.parametrize("payload", [{"a": 0.5}, {"a": [1, {"b": 2.0}]}, {"a": (1.5,)}])
    def test_fractions_are_refused(self, payload):
        with pytest.raises(TypeError, match="whole numbers"):
            fingerprint(**{**self.SAYS, "payload": payload})

    def test_what_the_database_gives_back_has_the_same_fingerprint(self, db):
        event = ledger.append(
            StaffEvent, "hired", stream="staff/1", at=NOON, by=By(),
            payload={"ghi": "Đặng Quốc Bảo", "z": 1, "a": {"c": None, "b": [True, "’"]}},
        )  # fmt: skip
        event.refresh_from_db()
        assert event.fingerprint() == bytes(event.hash)
        assert event.recorded_at is not None


def test_a_stream_without_a_known_head_goes_on_where_it_ended(db):
    for kind in ("hired", "post-given", "deactivated"):
        ledger.append(StaffEvent, kind, stream="staff/1", at=NOON, by=By())
    ledger.append(StaffEvent, "hired", stream="staff/2", at=NOON, by=By())

    events = list(StaffEvent.objects.filter(stream="staff/1").order_by("seq"))
    assert [e.seq for e in events] == [1, 2, 3]
    assert first_break(events) is None
