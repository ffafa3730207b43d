"""Staff with their posts, and the people and organisations they serve."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from vidan.kernel import crypto
from vidan.kernel.fields import EncryptedTextField
from vidan.kernel.ledger import Event
from vidan.kernel.search import fold
from vidan.people.rules.roles import Role


class UserManager(BaseUserManager["User"]):
    """Users are made by ``people.actions.hire``; here is only what Django itself asks for."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").lower())

    def create_user(
        self, username: str, password: str | None = None, *, full_name: str = "", **more: Any
    ) -> User:
        """A user with a usable password where one is given; no post yet, so no rights."""
        user = self.model(username=username.lower(), full_name=full_name or username, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. Rights come from posts only: nobody is a superuser."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, editable=False, db_index=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    # A password given by somebody else dies unused after this moment (ASVS 5.0, 6.4.1).
    initial_password_until = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]*$"), name="username_is_plain"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = fold(self.full_name)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """The given name: the last word of a Vietnamese name."""
        return self.full_name.split()[-1] if self.full_name.strip() else self.username

    def __str__(self) -> str:
        return self.full_name


class InForce(models.QuerySet[Any]):
    """Rows with a beginning and perhaps an end; the end itself is no longer in force."""

    def in_force(self, at: datetime) -> InForce:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at)


class Post(models.Model):
    """One person's role at one unit for some time: ``valid_from`` <= now < ``valid_to``."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey("authorities.Unit", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])
    place = models.CharField(max_length=60, blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(valid_to__isnull=True),
                name="one_open_post_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="post_unit_role")]


class Delegation(models.Model):
    """A leader's post exercised by a colleague for some days, on the leader's behalf."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations")
    # The paper that says so ("Giấy ủy quyền số 12/GUQ-UBND").
    document = models.CharField(max_length=120)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = InForce.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="delegation_ends_after_it_begins"
            )
        ]


class StaffEvent(Event):
    """What happened to a staff account: hired, given a post, delegated to, reset, deactivated."""


class SubjectEvent(Event):
    """What happened to an applicant's record; digests only, salted by the record itself."""


class Sex(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Subject(models.Model):
    """What a person and an organisation have in common; the salt dies with the row."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name_key = models.CharField(max_length=255, editable=False)
    phone = EncryptedTextField(blank=True, default="")
    phone_index = models.BinaryField(max_length=32, null=True, blank=True, db_index=True)
    address = models.CharField(max_length=255, blank=True)
    village = models.CharField(max_length=120, blank=True)
    home_unit = models.ForeignKey(
        "authorities.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest_salt = models.BinaryField(max_length=16, default=crypto.new_salt, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


class Person(Subject):
    """A citizen who was served at least once. A phone is normal, none is normal too."""

    full_name = models.CharField(max_length=120)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=6, choices=Sex, blank=True)
    citizen_id = EncryptedTextField(blank=True, default="")
    citizen_id_index = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    citizen_id_issued_on = models.DateField(null=True, blank=True)
    # Why the number and the declared birth date or sex may differ (corrected records).
    citizen_id_override = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes = [models.Index(fields=["name_key", "birth_year"], name="person_name_birth")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = fold(self.full_name)
        super().save(*args, **kwargs)


class OrganisationKind(models.TextChoices):
    BUSINESS = "business", "Doanh nghiệp"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    HOUSEHOLD = "household", "Hộ kinh doanh"
    AGENCY = "agency", "Cơ quan, đơn vị"
    OTHER = "other", "Tổ chức khác"


class Organisation(Subject):
    """A business, cooperative, agency or association, and who speaks for it."""

    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, choices=OrganisationKind)
    tax_code = models.CharField(max_length=14, blank=True)
    representative = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="represents"
    )
    representative_title = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"], condition=~Q(tax_code=""), name="one_row_per_tax_code"
            )
        ]
        indexes = [models.Index(fields=["name_key"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = fold(self.name)
        super().save(*args, **kwargs)


class KnownAtUnit(models.Model):
    """That a unit has served somebody: only then does its staff find them by name."""

    unit = models.ForeignKey("authorities.Unit", on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class PersonAtUnit(KnownAtUnit):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="known_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "person"], name="person_once_per_unit")
        ]


class OrganisationAtUnit(KnownAtUnit):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="known_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "organisation"], name="organisation_once_per_unit"
            )
        ]


class ReadLog(models.Model):
    """Who looked at whom, when, by which door and for what. Never changed, outlives the person."""

    at = models.DateTimeField(db_index=True)
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "authorities.Unit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    role = models.CharField(max_length=24, blank=True)
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    door = models.CharField(max_length=24)
    purpose = models.CharField(max_length=120)
    about = models.CharField(max_length=60, blank=True, db_index=True)
    # No constraint: the row stays when the person is erased. Empty: a search that found nobody.
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="read_log_is_kept", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="read_log_no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'append-only: % is never truncated', TG_TABLE_NAME;",
            ),
        ]


class ApiToken(models.Model):
    """A key for a program that works in somebody's name; only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)


class SignIn(models.Model):
    """One successful sign-in, so that the next one can tell its owner about it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True, blank=True)
    device = models.CharField(max_length=200, blank=True)
    new_device = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="sign_in_latest")]
