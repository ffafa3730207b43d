"""The ledger: one append-only, hash-chained table of events per area.

An area derives its table from ``Event``; a database trigger refuses update, delete and truncate.
Chains are per stream (one dossier, one staff account), so they add no contention. Payloads hold
references and salted digests, never personal data: erasure leaves every chain verifiable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from vidan.kernel import reactions

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class By:
    """Who acted, in which role and unit, and for whom; a citizen or the system has no account."""

    actor: UUID | None = None
    role: str = "system"
    unit: str = ""
    on_behalf: UUID | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a chain: how many events there are, and the last one's hash."""

    seq: int = 0
    hash: bytes = GENESIS


class Event(models.Model):
    """One thing that happened. Abstract: each area has its own table and links."""

    stream = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    actor = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    unit = models.CharField(max_length=35)
    on_behalf = models.UUIDField(null=True)
    about = models.CharField(max_length=80, blank=True)
    payload = models.JSONField(default=dict)
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        abstract = True
        ordering = ("stream", "seq")
        constraints = (
            models.UniqueConstraint(
                fields=("stream", "seq"), name="%(app_label)s_%(class)s_one_chain"
            ),
        )
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'append-only: % is never truncated', TG_TABLE_NAME;",
            ),
        )

    def __str__(self) -> str:
        return f"{self.stream} {self.seq} {self.kind}"

    def fingerprint(self) -> bytes:
        """The hash that this row must carry, computed from everything else in it."""
        return fingerprint(
            stream=self.stream,
            seq=self.seq,
            kind=self.kind,
            at=self.at,
            by=By(self.actor, self.role, self.unit, self.on_behalf),
            about=self.about,
            payload=self.payload,
            prev_hash=bytes(self.prev_hash),
        )


E = TypeVar("E", bound=Event)


def fingerprint(
    *,
    stream: str,
    seq: int,
    kind: str,
    at: datetime,
    by: By,
    about: str,
    payload: Mapping[str, Any],
    prev_hash: bytes,
) -> bytes:
    """SHA-256 over the canonical form: JSON with sorted keys, UTC time to the microsecond.

    Numbers in a payload are whole numbers; a fraction has no canonical text and is refused.
    """
    _refuse_fractions(payload)
    form = {
        "stream": stream,
        "seq": seq,
        "kind": kind,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(by.actor) if by.actor else None,
        "role": by.role,
        "unit": by.unit,
        "on_behalf": str(by.on_behalf) if by.on_behalf else None,
        "about": about,
        "payload": payload,
        "prev": prev_hash.hex(),
    }
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).digest()


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a payload carries whole numbers and texts only")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_fractions(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_fractions(inner)


def link(
    table: type[E],
    kind: str,
    *,
    stream: str,
    at: datetime,
    by: By,
    payload: Mapping[str, Any] | None = None,
    about: str = "",
    head: Head | None = None,
    **links: Any,
) -> E:
    """An event that fits the end of ``stream``, hashed but not yet written.

    Call it inside the verb's transaction, holding the lock of the stream's subject. ``head`` is
    the chain's last link where the subject's row knows it; otherwise it is read. ``links`` are
    the concrete table's own columns (its foreign key to the subject).
    """
    last = head if head is not None else _head(table, stream)
    event = table(
        stream=stream,
        seq=last.seq + 1,
        kind=kind,
        at=at,
        actor=by.actor,
        role=by.role,
        unit=by.unit,
        on_behalf=by.on_behalf,
        about=about,
        payload=dict(payload or {}),
        prev_hash=last.hash,
        **links,
    )
    event.hash = event.fingerprint()
    return event


def record(event: E) -> E:
    """Write a linked event and tell whoever is wired to ``area.kind``, in this transaction."""
    event.save(force_insert=True)
    reactions.publish(f"{event._meta.app_label}.{event.kind}", event)
    return event


def append(
    table: type[E],
    kind: str,
    *,
    stream: str,
    at: datetime,
    by: By,
    payload: Mapping[str, Any] | None = None,
    about: str = "",
    head: Head | None = None,
    **links: Any,
) -> E:
    """``link`` and ``record`` in one: for subjects whose row keeps nothing of the chain."""
    return record(
        link(
            table,
            kind,
            stream=stream,
            at=at,
            by=by,
            payload=payload,
            about=about,
            head=head,
            **links,
        )
    )


def _head(table: type[E], stream: str) -> Head:
    manager: models.Manager[E] = table._default_manager
    last = manager.filter(stream=stream).order_by("-seq").values_list("seq", "hash").first()
    return Head(last[0], bytes(last[1])) if last else Head()


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where a chain does not hold, and how."""

    stream: str
    seq: int
    why: str


def first_break(events: Iterable[Event]) -> Broken | None:
    """Walk one stream's events in order; ``None`` when every link holds."""
    link = Head()
    for event in events:
        if event.seq != link.seq + 1:
            return Broken(event.stream, link.seq + 1, "missing")
        if bytes(event.prev_hash) != link.hash:
            return Broken(event.stream, event.seq, "not chained to the one before")
        if event.fingerprint() != bytes(event.hash):
            return Broken(event.stream, event.seq, "changed")
        link = Head(event.seq, bytes(event.hash))
    return None
