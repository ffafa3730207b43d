"""Applicants' records: registering, correcting, and which units know them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from vidan.authorities.models import Unit
from vidan.authorities.rules.explained import N_
from vidan.kernel import crypto, ledger
from vidan.kernel.ledger import By
from vidan.kernel.search import fold
from vidan.people.access import CITIZEN_ID, PHONE, capacity_in
from vidan.people.models import (
    Organisation,
    OrganisationAtUnit,
    OrganisationKind,
    Person,
    PersonAtUnit,
    SubjectEvent,
    User,
)
from vidan.people.rules import citizen_id, names, phones, tax_codes
from vidan.people.rules.births import Birth
from vidan.people.rules.refusals import Notice, SubjectRefused, Unknown
from vidan.people.rules.roles import OFFICERS


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is known of a person. Everything but the name may be empty; no phone is normal."""

    full_name: str
    birth: Birth | None = None
    sex: str = ""
    citizen_id: str = ""
    citizen_id_issued_on: date | None = None
    citizen_id_override: str = ""
    phone: str = ""
    address: str = ""
    village: str = ""
    home_unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class OrganisationData:
    """What is known of an organisation and of who speaks for it."""

    name: str
    kind: str = OrganisationKind.BUSINESS.value
    tax_code: str = ""
    phone: str = ""
    address: str = ""
    village: str = ""
    home_unit: Unit | None = None
    representative: Person | None = None
    representative_title: str = ""


class DisagreementNeedsReason(SubjectRefused):
    """The number and the declared birth or sex differ: repair one, or give a reason."""

    def __init__(self, differences: list[Notice]) -> None:
        first = differences[0]
        super().__init__(first.template, field="citizen_id_override", **first.params)
        self.differences = differences


class StaleRecord(SubjectRefused):
    """Somebody else has changed the record since this person looked at it."""

    def __init__(self) -> None:
        super().__init__(
            N_("Người khác vừa sửa thông tin này. Xem lại rồi ghi tiếp."), field="version"
        )


def register_person(data: PersonData, *, officer: User, unit: Unit, at: datetime) -> Person:
    """The person's record, made now or, where the identity number is known, brought up to date.

    Two officers registering one person at the same moment get the same record. Raises
    ``NotAllowed``, ``SubjectRefused`` naming the field to repair, ``DisagreementNeedsReason``.
    """
    by = capacity_in(officer, OFFICERS, at, unit=unit).by()
    values = _person_values(data, at)
    try:
        return _register_person(values, officer, by, unit, at)
    except IntegrityError:
        return _register_person(values, officer, by, unit, at)  # the other officer was quicker


@transaction.atomic
def _register_person(
    values: dict[str, Any], officer: User, by: By, unit: Unit, at: datetime
) -> Person:
    index = values["citizen_id_index"]
    rows = Person.objects.select_for_update()
    known = rows.filter(citizen_id_index=index).first() if index else None
    if known is None:
        person = Person(created_at=at, updated_at=at, created_by=officer, **values)
        person.save(force_insert=True)
        _record("registered", person, person.full_name, values, by=by, at=at)
    else:
        person = known
        _refuse_another_name(person, values)
        _change(person, {key: value for key, value in values.items() if value}, by=by, at=at)
    _note_at(PersonAtUnit, unit, at, person=person)
    return person


@transaction.atomic
def update_person(
    person_id: int, data: PersonData, *, officer: User, unit: Unit, seen: int, at: datetime
) -> Person:
    """Correct a record that this unit knows; ``seen`` is the version the officer looked at.

    Raises ``NotAllowed``, ``Unknown``, ``StaleRecord``, ``SubjectRefused``.
    """
    by = capacity_in(officer, OFFICERS, at, unit=unit).by()
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or not person.known_at.filter(unit=unit).exists():
        raise Unknown
    if person.version != seen:
        raise StaleRecord
    values = _person_values(data, at)
    try:
        with transaction.atomic():
            _change(person, values, by=by, at=at)
    except IntegrityError:
        raise SubjectRefused(
            N_("Số căn cước này đã ghi cho một người khác. Xin so lại với thẻ."),
            field="citizen_id",
        ) from None
    return person


def note_person_at_unit(person: Person, unit: Unit, *, at: datetime) -> None:
    """From now on this unit knows the person (a dossier was received here, or sent here).

    Called by the areas above inside their own verb's transaction, once per dossier.
    """
    _note_at(PersonAtUnit, unit, at, person=person)


def note_organisation_at_unit(organisation: Organisation, unit: Unit, *, at: datetime) -> None:
    """The same for an organisation."""
    _note_at(OrganisationAtUnit, unit, at, organisation=organisation)


def register_organisation(
    data: OrganisationData, *, officer: User, unit: Unit, at: datetime
) -> Organisation:
    """The organisation's record, made now or, by its tax code, brought up to date.

    Raises ``NotAllowed``, ``SubjectRefused``.
    """
    by = capacity_in(officer, OFFICERS, at, unit=unit).by()
    values = _organisation_values(data)
    try:
        return _register_organisation(values, officer, by, unit, at)
    except IntegrityError:
        return _register_organisation(values, officer, by, unit, at)


@transaction.atomic
def _register_organisation(
    values: dict[str, Any], officer: User, by: By, unit: Unit, at: datetime
) -> Organisation:
    code = values["tax_code"]
    rows = Organisation.objects.select_for_update()
    organisation = rows.filter(tax_code=code).first() if code else None
    if organisation is None:
        organisation = Organisation(created_at=at, updated_at=at, created_by=officer, **values)
        organisation.save(force_insert=True)
        _record("registered", organisation, organisation.name, values, by=by, at=at)
    else:
        _change(organisation, {k: v for k, v in values.items() if v}, by=by, at=at)
    _note_at(OrganisationAtUnit, unit, at, organisation=organisation)
    return organisation


def _person_values(data: PersonData, at: datetime) -> dict[str, Any]:
    name = " ".join(data.full_name.split())
    if not name or len(name) > 120:
        raise SubjectRefused(
            N_("Xin ghi họ tên như trên thẻ, dài không quá 120 chữ."), field="full_name"
        )
    try:
        name = names.tidy(name)
    except names.NameRefused as refusal:
        raise SubjectRefused(refusal.template, field="full_name") from refusal
    return {
        "full_name": name,
        "birth_year": data.birth.year if data.birth else None,
        "birth_date": data.birth.day if data.birth else None,
        "sex": data.sex,
        **_identity(data, at.date()),
        **_contact(data.phone, data.address, data.village, data.home_unit),
    }


def _identity(data: PersonData, today: date) -> dict[str, Any]:
    number, index = "", None
    if data.citizen_id.strip():
        try:
            found = citizen_id.check(data.citizen_id, today=today)
        except citizen_id.CitizenIdRefused as refusal:
            raise SubjectRefused(
                refusal.template, field="citizen_id", **refusal.params
            ) from refusal
        differences = citizen_id.disagreements(found, birth=data.birth, sex=data.sex)
        if differences and not data.citizen_id_override.strip():
            raise DisagreementNeedsReason(differences)
        number, index = found.number, crypto.blind_index(found.number, CITIZEN_ID)
    return {
        "citizen_id": number,
        "citizen_id_index": index,
        "citizen_id_issued_on": data.citizen_id_issued_on,
        "citizen_id_override": data.citizen_id_override.strip()[:255],
    }


def _contact(phone: str, address: str, village: str, home: Unit | None) -> dict[str, Any]:
    number, index = "", None
    if phone.strip():
        try:
            number = phones.normalise(phone)
        except phones.PhoneRefused as refusal:
            raise SubjectRefused(refusal.template, field="phone", **refusal.params) from refusal
        index = crypto.blind_index(number, PHONE)
    return {
        "phone": number,
        "phone_index": index,
        "address": " ".join(address.split())[:255],
        "village": " ".join(village.split())[:120],
        "home_unit": home,
    }


def _organisation_values(data: OrganisationData) -> dict[str, Any]:
    name, code = " ".join(data.name.split()), data.tax_code.strip()
    if not name or len(name) > 255:
        raise SubjectRefused(N_("Xin ghi tên tổ chức như trên giấy tờ."), field="name")
    if code:
        try:
            code = tax_codes.normalise(code)
        except tax_codes.TaxCodeRefused as refusal:
            raise SubjectRefused(refusal.template, field="tax_code", **refusal.params) from refusal
    return {
        "name": name,
        "kind": OrganisationKind(data.kind).value,
        "tax_code": code,
        "representative": data.representative,
        "representative_title": data.representative_title.strip(),
        **_contact(data.phone, data.address, data.village, data.home_unit),
    }


def _refuse_another_name(person: Person, values: dict[str, Any]) -> None:
    """One number belongs to one person; a changed name needs the reason that goes with it.

    The message does not say whose number it is.
    """
    if fold(values["full_name"]) != person.name_key and not values["citizen_id_override"]:
        raise SubjectRefused(
            N_(
                "Số căn cước này đã ghi cho một người khác tên. Xin so lại với thẻ; nếu người này "
                "đã đổi tên, xin ghi lý do."
            ),
            field="citizen_id",
        )


def _change(
    subject: Person | Organisation, values: dict[str, Any], *, by: By, at: datetime
) -> None:
    """Save what differs and record it; nothing differs, nothing happens."""
    changed = [key for key, value in values.items() if _differs(getattr(subject, key), value)]
    if not changed:
        return
    for key in changed:
        setattr(subject, key, values[key])
    subject.version += 1
    subject.updated_at = at
    subject.save(update_fields=[*changed, "name_key", "version", "updated_at"])
    _record("corrected", subject, str(subject), changed, by=by, at=at)


def _differs(old: Any, new: Any) -> bool:
    return bool((bytes(old) if isinstance(old, memoryview) else old) != new)


def _record(
    kind: str,
    subject: Person | Organisation,
    name: str,
    fields: Iterable[str],
    *,
    by: By,
    at: datetime,
) -> None:
    """The event names the fields and a salted digest of the name; never what was in them."""
    what = "person" if isinstance(subject, Person) else "organisation"
    ledger.append(
        SubjectEvent,
        kind,
        stream=f"{what}/{subject.key}",
        at=at,
        by=by,
        payload={
            "fields": sorted(field for field in fields if not field.endswith("_index")),
            "name": crypto.digest(bytes(subject.digest_salt), name),
            "version": subject.version,
        },
    )


def _note_at(
    table: type[PersonAtUnit] | type[OrganisationAtUnit],
    unit: Unit,
    at: datetime,
    **subject: Any,
) -> None:
    row, made = table.objects.get_or_create(
        unit=unit, **subject, defaults={"first_at": at, "last_at": at}
    )
    if not made:
        table.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=at)
