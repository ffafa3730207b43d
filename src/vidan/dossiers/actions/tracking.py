"""The public look-up: a code and the six characters on the slip; guessing is slowed down."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from vidan.dossiers.actions.refusals import Refused
from vidan.dossiers.models import Dossier as Dossier
from vidan.dossiers.models import LookUp
from vidan.dossiers.rules import codes
from vidan.kernel import crypto

WINDOW = timedelta(minutes=15)
WRONG_PER_CODE_AND_ORIGIN = 5
WRONG_PER_ORIGIN = 30
DAY = timedelta(hours=24)
WRONG_PER_CODE_A_DAY = 100
"""About 400 million secrets and at most 100 guesses a day: hopeless for the guesser, while one
person's mistakes never shut out another who holds the slip and looks from elsewhere."""


class LookUpRefused(Refused):
    """Code and secret do not fit, or there were too many wrong ones from here."""


class TooManyLookUps(LookUpRefused):
    """Too many wrong pairs for this code or from here: wait, right or wrong."""


def look_up(code: str, secret: str, *, origin: str, at: datetime) -> Dossier:
    """The dossier of this code, for whoever holds its slip. Raises ``LookUpRefused``.

    ``origin`` is the network address; only its keyed digest is kept, for a day. A wrong code and
    a wrong secret are answered alike.
    """
    try:
        tidy = str(codes.parse(code))
    except codes.CodeRefused:
        tidy = code.replace("\x00", "?").strip().upper()[:50]
    place = crypto.blind_index(origin, "look-up-origin")
    _refuse_guessing(tidy, place, at)
    dossier = Dossier.objects.select_related("unit", "procedure_version").filter(code=tidy).first()
    typed = codes.tidy_secret(secret)
    expected = dossier.secret if dossier else codes.new_secret()
    if dossier is None or not hmac.compare_digest(typed.encode(), expected.encode()):
        LookUp.objects.create(code=tidy, origin=place, at=at)
        raise LookUpRefused(
            _("Mã và 6 ký tự chưa khớp. Xin xem lại trên giấy hẹn, hoặc hỏi quầy tiếp nhận.")
        )
    return dossier


def _refuse_guessing(code: str, place: bytes, at: datetime) -> None:
    recent = Q(at__gt=at - WINDOW)
    wrong = LookUp.objects.filter(Q(code=code) | Q(origin=place), at__gt=at - DAY).aggregate(
        both=Count("pk", filter=recent & Q(code=code, origin=place)),
        here=Count("pk", filter=recent & Q(origin=place)),
        code=Count("pk", filter=Q(code=code)),
    )
    if (
        wrong["both"] >= WRONG_PER_CODE_AND_ORIGIN
        or wrong["here"] >= WRONG_PER_ORIGIN
        or wrong["code"] >= WRONG_PER_CODE_A_DAY
    ):
        raise TooManyLookUps(
            _("Đã nhập chưa đúng nhiều lần. Xin đợi 15 phút rồi thử lại, hoặc gọi quầy tiếp nhận.")
        )


def forget_old_look_ups(*, at: datetime) -> int:
    """Drop failed look-ups older than a day; how many there were."""
    return LookUp.objects.filter(at__lt=at - DAY).delete()[0]
