"""What an officer hands over when receiving a dossier, as one value. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    """By which road a dossier came (facts 2.6: 1 in person, 2 online, 3 post)."""

    COUNTER = "counter"
    ONLINE = "online"
    ASSISTED_ONLINE = "assisted_online"
    POST = "post"
    VILLAGE_TEAM = "village_team"


class ReturnBy(StrEnum):
    """How the person wants the result."""

    COUNTER = "counter"
    POST = "post"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One original: what it is, how many pages, how many copies are asked for."""

    label: str
    pages: int
    copies: int
    scans: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is who, kept apart for ever: whose dossier, who declared, on what authority."""

    applicant_person: int | None
    applicant_organisation: int | None
    declared_by: int | None
    authority: str = ""
    """The paper by which somebody else declares ("Giấy ủy quyền ngày …"); empty: for oneself."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything needed to receive a certified-copy dossier."""

    key: UUID
    """Made with the empty form: sending the same form twice receives one dossier."""
    visit: UUID
    unit: str
    procedure: str
    parties: Parties
    papers: tuple[PaperLine, ...]
    channel: Channel = Channel.COUNTER
    return_by: ReturnBy = ReturnBy.COUNTER
    return_address: str = ""
    agreed_days: int = 0
    agreed_ground: str = ""


@dataclass(frozen=True, slots=True)
class HandOverProof:
    """To whom the result went and how we know."""

    recipient: str
    """``applicant``, ``declarant``, ``authorised`` or ``bearer`` (whoever brings the slip)."""
    name: str
    method: str
    """``secret`` (the slip's six characters), ``citizen_id`` (the card) or ``signature``."""
    secret: str = ""
    citizen_id: str = ""
    signature: UUID | None = None
    authority: str = ""
