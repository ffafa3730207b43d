"""What signing in leaves behind: a line for the next time, and codes that count once."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.db import transaction

from vidan.people.models import SignIn

_REMEMBERED_CODES = 5


@transaction.atomic
def note_sign_in(*, user_id: int, address: str, device: str, at: datetime) -> SignIn | None:
    """Write a sign-in down; the one before it, or ``None`` the first time."""
    earlier = SignIn.objects.filter(user=user_id)
    before = earlier.order_by("-at").first()
    known = earlier.filter(device=device[:200], address=address).exists()
    SignIn.objects.create(
        user_id=user_id,
        at=at,
        address=address,
        device=device[:200],
        new_device=before is not None and not known,
    )
    return before


@transaction.atomic
def spend_code(*, authenticator_id: int, code: str) -> bool:
    """Whether a valid code from an app is used for the first time, on whichever process of ours.

    It would stay valid for a minute and a half; five are remembered, more never fit in there.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator_id)
    if row.type != Authenticator.Type.TOTP:
        return True  # a recovery code strikes itself out
    digits = "".join(code.split())
    digest = sha256(f"{row.pk}:{digits}".encode()).hexdigest()[:16]
    spent = row.data.get("spent", [])
    if digest in spent:
        return False
    row.data["spent"] = [digest, *spent][:_REMEMBERED_CODES]
    row.save(update_fields=["data"])
    return True
