"""A dossier at Ea Phê, received by Ánh on a Monday afternoon."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings
from tests.letters.papers import RECEIVED

from vidan.authorities.actions import load_calendar
from vidan.authorities.models import Unit
from vidan.dossiers import actions as dossiers
from vidan.dossiers.models import Dossier
from vidan.dossiers.rules.intake import Intake, PaperLine, Parties
from vidan.people.models import Person, Post, User
from vidan.people.rules.roles import Role
from vidan.procedures.actions import publish_catalogue

HIRED = datetime.fromisoformat("2025-07-01T07:00:00+07:00")


@pytest.fixture
def ea_phe(db: None) -> Unit:
    province = Unit.objects.create(
        code="H15", kind="province", name="Đắk Lắk", full_name="Tỉnh Đắk Lắk"
    )
    return Unit.objects.create(
        code="H15.158",
        code_assumed=True,
        kind="commune",
        name="Ea Phê",
        full_name="Xã Ea Phê",
        parent=province,
        valid_from=HIRED.date(),
    )


def staff(unit: Unit, username: str, full_name: str, role: Role) -> User:
    """Somebody with one post at one unit."""
    user = User.objects.create_user(username, full_name=full_name)
    Post.objects.create(user=user, unit=unit, role=role, place="quầy 4", valid_from=HIRED)
    return user


@pytest.fixture
def anh(ea_phe: Unit) -> User:
    return staff(ea_phe, "anh", "Lê Thị Ngọc Ánh", Role.RECEPTIONIST)


@pytest.fixture
def dossier(ea_phe: Unit, anh: User, settings: Settings, tmp_path: Path) -> Dossier:
    settings.VIDAN_FILES = tmp_path / "files"
    load_calendar()
    publish_catalogue(at=HIRED)
    hlen = Person.objects.create(
        full_name="H’Len Êban",
        phone="0900000001",
        address="Buôn Ea Su, xã Ea Phê",
        created_at=RECEIVED,
        updated_at=RECEIVED,
        created_by=anh,
    )
    return dossiers.receive(
        Intake(
            key=uuid4(),
            visit=uuid4(),
            unit="H15.158",
            procedure="2.000815",
            parties=Parties(hlen.pk, None, None),
            papers=(PaperLine("Bằng tốt nghiệp", 2, 5), PaperLine("Giấy khai sinh", 1, 3)),
        ),
        officer=anh,
        at=RECEIVED,
    )
