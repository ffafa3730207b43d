"""Receiving a dossier: the code, the due time with its reasons, the first event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from vidan.authorities import queries as authorities
from vidan.authorities.models import Unit
from vidan.authorities.rules.calendar import CalendarGap
from vidan.dossiers import access
from vidan.dossiers.actions.refusals import IntakeRefused
from vidan.dossiers.models import Dossier, DossierEvent, DossierPaper, PaperScan
from vidan.dossiers.rules import codes, deadlines, lifecycle
from vidan.dossiers.rules.deadlines import Due
from vidan.dossiers.rules.intake import Intake, Parties
from vidan.dossiers.rules.lifecycle import Action, Status, Step
from vidan.kernel import crypto, ledger
from vidan.people import actions as people
from vidan.people.access import Capacity, capacities
from vidan.people.models import Organisation, Person, User
from vidan.procedures import queries as procedures
from vidan.procedures.models import ProcedureVersion
from vidan.procedures.rules import fees


def receive(intake: Intake, *, officer: User, at: datetime) -> Dossier:
    """Take in a dossier at the counter: it gets its code, its date and its place in a queue.

    The same intake sent twice (double click, retry after a broken line) answers with the dossier
    already received. Raises ``NotAllowed``, ``IntakeRefused`` with the field to repair.
    """
    known = _already(intake, officer, at)
    if known is not None:
        return known
    try:
        return _receive(intake, officer, at)
    except IntegrityError:
        known = _already(intake, officer, at)  # the twin of a double click was quicker
        if known is not None:
            return known
        if _used_up(intake):
            raise IntakeRefused(
                "key", _("Biểu mẫu này đã dùng cho hồ sơ khác. Mở lại trang tiếp nhận rồi ghi lại.")
            ) from None
        raise


def _already(intake: Intake, officer: User, at: datetime) -> Dossier | None:
    return access.visible(capacities(officer, at)).filter(intake_key=intake.key).first()


def _used_up(intake: Intake) -> bool:
    """Whether the form's key or one of its scans went into a dossier that stays unseen here."""
    scans = [scan for line in intake.papers for scan in line.scans]
    return (
        Dossier.objects.filter(intake_key=intake.key).exists()
        or PaperScan.objects.filter(file__in=scans).exists()
    )


@transaction.atomic
def _receive(intake: Intake, officer: User, at: datetime) -> Dossier:
    unit = authorities.unit_by_code(intake.unit, on=at.date())
    post = access.acting(capacities(officer, at), unit.pk, lifecycle.RECEIVING_ROLES)
    version = procedures.version_in_force(intake.procedure, on=at.date())
    fee = check_papers(intake, version).total
    subject = _applicant(intake.parties)
    _known_here(subject, intake, unit, at)
    due = due_for(version, at, unit_calendar=authorities.calendar_of(unit), intake=intake)
    # From here on the day's sequence is locked until commit: nothing slow below this line.
    code = codes.DossierCode(intake.unit, at.date(), _next_number(intake.unit, at.date()))
    dossier = _row(intake, code, post, version, due, fee, at)
    event = ledger.link(
        DossierEvent,
        Action.RECEIVE.value,
        stream=dossier.stream,
        at=at,
        by=post.by(),
        payload=_what_was_received(dossier, intake, version, subject),
        head=ledger.Head(),
    )
    dossier.version, dossier.head_hash = event.seq, event.hash
    dossier.save(force_insert=True)
    _save_papers(dossier, intake)
    event.dossier = dossier
    ledger.record(event)
    return dossier


def _what_was_received(
    dossier: Dossier, intake: Intake, version: ProcedureVersion, subject: Person | Organisation
) -> dict[str, Any]:
    """The first event's payload: references, times and digests; nothing personal."""
    name = subject.full_name if isinstance(subject, Person) else subject.name
    return {
        "procedure": version.says.code,
        "version": version.number,
        "spec": version.spec_hash,
        "due": dossier.due_at.isoformat(),
        "agreed_days": intake.agreed_days,
        "applicant": crypto.digest(bytes(subject.digest_salt), name),
        "for_another": intake.parties.declared_by != intake.parties.applicant_person,
        "channel": intake.channel.value,
        "papers": [[line.pages, line.copies] for line in intake.papers],
        "fee": dossier.fee_due,
        "return_by": intake.return_by.value,
    }


def _save_papers(dossier: Dossier, intake: Intake) -> None:
    listed = next(p.key for p in dossier.procedure_version.says.papers if p.repeats)
    papers = DossierPaper.objects.bulk_create(
        DossierPaper(
            dossier=dossier,
            place=place,
            listed=listed,
            label=line.label,
            pages=line.pages,
            copies=line.copies,
        )
        for place, line in enumerate(intake.papers)
    )
    scans = [
        PaperScan(paper=paper, file_id=file, place=place)
        for paper, line in zip(papers, intake.papers, strict=True)
        for place, file in enumerate(line.scans)
    ]
    if scans:
        PaperScan.objects.bulk_create(scans)


def due_for(
    version: ProcedureVersion, at: datetime, *, unit_calendar: Any, intake: Intake | None = None
) -> Due:
    """When a dossier received at ``at`` is due. Raises ``IntakeRefused`` at a calendar's gap."""
    limit = version.says.time_limit
    days = intake.agreed_days if intake else 0
    try:
        return deadlines.same_day(at, cutoff=limit.cutoff, calendar=unit_calendar, agreed_days=days)
    except CalendarGap as gap:
        raise IntakeRefused("date", _(gap.template) % gap.params) from gap


def check_papers(intake: Intake, version: ProcedureVersion) -> fees.Charge:
    """What the papers cost; the agreed extension is within the law. Raises ``IntakeRefused``."""
    if not intake.papers:
        raise IntakeRefused("papers", _("Ghi ít nhất một giấy tờ cần sao."))
    lines = []
    for place, line in enumerate(intake.papers):
        try:
            item = fees.Copies(line.label, line.pages, line.copies)
            lines.append(fees.line_for(item, version.says.fee))
        except fees.FeeRefused:
            raise IntakeRefused(
                f"papers-{place}",
                _("Số trang từ 1 đến %(pages)s, số bản từ 1 đến %(copies)s.")
                % {"pages": fees.MOST_PAGES, "copies": fees.MOST_COPIES},
            ) from None
    extension = version.says.time_limit.agreed_extension
    most = extension.most_days if extension else 0
    if not 0 <= intake.agreed_days <= most:
        raise IntakeRefused(
            "agreed_days",
            _("Chỉ được hẹn thêm nhiều nhất %(most)s ngày làm việc.") % {"most": most},
        )
    if intake.agreed_days and extension and intake.agreed_ground not in extension.grounds:
        raise IntakeRefused("agreed_ground", _("Chọn căn cứ để hẹn thêm ngày."))
    charge = fees.Charge(tuple(lines))
    if charge.total > fees.MOST_TOTAL:
        raise IntakeRefused(
            "papers", _("Tổng tiền phí quá lớn cho một hồ sơ. Xem lại số bản, hoặc chia hồ sơ.")
        )
    return charge


def _applicant(parties: Parties) -> Person | Organisation:
    subject: Person | Organisation | None
    if parties.applicant_person is not None:
        subject = Person.objects.filter(pk=parties.applicant_person).first()
    elif parties.applicant_organisation is not None:
        subject = Organisation.objects.filter(pk=parties.applicant_organisation).first()
    else:
        subject = None
    if subject is None:
        raise IntakeRefused("applicant", _("Chọn người nộp, hoặc ghi người mới."))
    return subject


def _known_here(subject: Person | Organisation, intake: Intake, unit: Unit, at: datetime) -> None:
    """From now on the unit knows these people: only then does its staff find them by name."""
    declarer = intake.parties.declared_by
    if isinstance(subject, Organisation):
        people.note_organisation_at_unit(subject, unit, at=at)
    else:
        people.note_person_at_unit(subject, unit, at=at)
    if declarer is not None and declarer != intake.parties.applicant_person:
        people.note_person_at_unit(Person.objects.get(pk=declarer), unit, at=at)


def _next_number(unit_code: str, day: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_daysequence (unit_code, day, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (unit_code, day) DO UPDATE"
            " SET last = dossiers_daysequence.last + 1 RETURNING last",
            [unit_code, day],
        )
        return int(cursor.fetchone()[0])


def _row(
    intake: Intake,
    code: codes.DossierCode,
    post: Capacity,
    version: ProcedureVersion,
    due: Due,
    fee: int,
    at: datetime,
) -> Dossier:
    parties = intake.parties
    return Dossier(
        code=str(code),
        intake_key=intake.key,
        visit=intake.visit,
        unit=post.unit,
        procedure_version=version,
        secret=codes.new_secret(),
        applicant_person_id=parties.applicant_person,
        applicant_organisation_id=parties.applicant_organisation,
        declared_by_id=parties.declared_by or parties.applicant_person,
        authority=parties.authority,
        typed_by=post.user,
        channel=intake.channel.value,
        status=Status.RECEIVED,
        step=Step.QUEUED,
        step_since=at,
        moved_by=post.user,
        last_move=Action.RECEIVE.value,
        received_at=at,
        due_at=due.at,
        original_due_at=due.at,
        due_reasons=[reason.as_json() for reason in due.reasons],
        agreed_days=intake.agreed_days,
        agreed_ground=intake.agreed_ground,
        fee_due=fee,
        return_by=intake.return_by.value,
        return_address=intake.return_address,
    )
