"""Tables of a dossier: the projection, its events, papers, notes, hand-over. No business verbs."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from vidan.authorities.models import Unit
from vidan.dossiers.rules.codes import DossierCode, parse
from vidan.dossiers.rules.intake import Channel, ReturnBy
from vidan.dossiers.rules.lifecycle import OPEN_STEPS, Status, Step
from vidan.kernel import ledger
from vidan.kernel.fields import EncryptedTextField
from vidan.kernel.models import StoredFile
from vidan.people.models import Organisation, Person, User
from vidan.procedures.models import ProcedureVersion

_OPEN = [step.value for step in OPEN_STEPS]


class Dossier(models.Model):
    """One request of one applicant: saved with each event, never without one."""

    code = models.CharField(max_length=50, unique=True)
    intake_key = models.UUIDField(unique=True)
    visit = models.UUIDField(db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    procedure_version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    secret = EncryptedTextField()

    # Who is who: separate, and never changed after receipt (a trigger sees to it).
    applicant_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="dossiers")
    applicant_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="dossiers"
    )
    declared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    authority = EncryptedTextField(default="")
    typed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Channel])

    status = models.PositiveSmallIntegerField(choices=[(s.value, s.name) for s in Status])
    step = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Step])
    step_since = models.DateTimeField()
    holder = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    moved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    last_move = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    head_hash = models.BinaryField(max_length=32)

    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    original_due_at = models.DateTimeField()
    due_reasons = models.JSONField()
    agreed_days = models.PositiveSmallIntegerField(default=0)
    agreed_ground = models.CharField(max_length=100, blank=True)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    fee_due = models.PositiveIntegerField()
    fee_paid = models.PositiveIntegerField(default=0)

    return_by = models.CharField(max_length=10, choices=[(r.value, r.value) for r in ReturnBy])
    return_address = EncryptedTextField(default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(applicant_person__isnull=False, applicant_organisation__isnull=True)
                | Q(applicant_person__isnull=True, applicant_organisation__isnull=False),
                name="one_applicant",
            ),
            models.CheckConstraint(
                condition=Q(step__in=_OPEN, finished_at__isnull=True)
                | (~Q(step__in=_OPEN) & Q(finished_at__isnull=False)),
                name="finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, step__in=[*_OPEN, Step.READY.value])
                | Q(returned_at__isnull=False, step=Step.RETURNED.value),
                name="returned_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("received_at")), name="due_after_receipt"
            ),
            models.CheckConstraint(
                condition=Q(fee_paid__lte=F("fee_due")), name="nobody_pays_more_than_the_law"
            ),
        )
        indexes = (
            models.Index(
                fields=("unit", "step", "due_at", "id"),
                name="dossier_open_inbox",
                condition=~Q(step=Step.RETURNED.value),
            ),
            models.Index(fields=("holder", "due_at"), name="dossier_held"),
            models.Index(fields=("unit", "-received_at", "-id"), name="dossier_by_receipt"),
            models.Index(fields=("unit", "finished_at"), name="dossier_finished"),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="who_is_who_stays",
                fields=[
                    "code",
                    "intake_key",
                    "unit",
                    "applicant_person",
                    "applicant_organisation",
                    "declared_by",
                    "authority",
                    "typed_by",
                    "channel",
                    "received_at",
                    "original_due_at",
                    "fee_due",
                ],
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        return f"dossier:{self.code}"

    @property
    def parsed_code(self) -> DossierCode:
        return parse(self.code)

    @property
    def at_step(self) -> Step:
        return Step(self.step)


class DossierEvent(ledger.Event):
    """Everything that happens to a dossier."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events")

    class Meta(ledger.Event.Meta):
        pass


class DossierPaper(models.Model):
    """An original that was shown: pages, copies asked for, and later its register number."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers")
    place = models.PositiveSmallIntegerField()
    listed = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    pages = models.PositiveIntegerField()
    copies = models.PositiveIntegerField()
    register_number = models.PositiveIntegerField(null=True)
    register_year = models.PositiveSmallIntegerField(null=True)
    files = models.ManyToManyField(StoredFile, through="PaperScan")

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("dossier", "place"), name="paper_in_its_place"),
            models.CheckConstraint(
                condition=Q(pages__gte=1) & Q(copies__gte=1), name="pages_and_copies_count"
            ),
        )

    def __str__(self) -> str:
        return self.label


class PaperScan(models.Model):
    """A scanned or photographed page of a paper."""

    paper = models.ForeignKey(DossierPaper, models.CASCADE, related_name="scans")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("paper", "place"), name="scan_in_its_place"),
            models.UniqueConstraint(fields=("file",), name="scan_belongs_to_one_paper"),
        )

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.place}"


class Note(models.Model):
    """Free text beside an event: erasable, so it never stands in the ledger itself."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="notes")
    text = EncryptedTextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class HandOver(models.Model):
    """To whom the result was given, and how we know who it was."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="handed_over")
    recipient = models.CharField(max_length=12)
    name = EncryptedTextField()
    authority = EncryptedTextField(default="")
    method = models.CharField(max_length=12)
    signature = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(method="signature") | Q(signature__isnull=False),
                name="signature_is_kept",
            ),
        )

    def __str__(self) -> str:
        return str(self.dossier_id)


class DaySequence(models.Model):
    """The last code given by a unit on a day; its row lock is held until the verb commits."""

    unit_code = models.CharField(max_length=35)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit_code", "day"), name="one_sequence_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.unit_code} {self.day}"


class RegisterSequence(models.Model):
    """The last number entered in a unit's register of a year."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    register = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "register", "year"), name="one_register_a_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.register} {self.year}"


class LookUp(models.Model):
    """A public look-up that failed: by these, guessing is slowed down. Kept for a day."""

    code = models.CharField(max_length=50, db_index=True)
    origin = models.BinaryField(max_length=32, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
