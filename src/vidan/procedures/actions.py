"""Publishing versions of procedures."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from vidan.procedures.models import Procedure, ProcedureVersion
from vidan.procedures.rules import catalogue
from vidan.procedures.rules.specification import Specification


@transaction.atomic
def publish(says: Specification, *, at: datetime) -> ProcedureVersion:
    """Publish a version: immutable from now on. The same text twice is one version.

    The version before it ends the day before this one begins; running dossiers stay on theirs.
    """
    spec = says.model_dump(mode="json", by_alias=True)
    spec_hash = sha256(json.dumps(spec, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    procedure, _ = Procedure.objects.select_for_update().get_or_create(code=says.code)
    known = procedure.versions.filter(spec_hash=spec_hash).first()
    if known is not None:
        return known
    number = (procedure.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    day_before: date = says.valid_from - timedelta(days=1)
    procedure.versions.filter(valid_to__isnull=True, valid_from__lte=day_before).update(
        valid_to=day_before
    )
    return procedure.versions.create(
        number=number,
        valid_from=says.valid_from,
        spec=spec,
        spec_hash=spec_hash,
        published_at=at,
    )


def publish_catalogue(*, at: datetime) -> list[ProcedureVersion]:
    """Publish every file of the catalogue that says something new."""
    return [publish(catalogue.read_file(path), at=at) for path in catalogue.files()]
