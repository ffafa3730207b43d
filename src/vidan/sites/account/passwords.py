"""What a password must not be. No rules about its composition: length is what counts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vidan.kernel.search import fold

# Words that anybody who knows this system would try first (ASVS 5.0, 6.2.11).
CONTEXT_WORDS = (
    "vidan", "motcua", "hanhchinhcong", "hanhchinh", "dichvucong", "ubnd", "uyban", "phucvu",
    "daklak", "krongpac", "eaphe", "buonmathuot", "matkhau", "password", "qwerty", "vietnam",
)  # fmt: skip


SHORTEST, LONGEST = 15, 128


class LongEnough:
    """At least 15 characters, at most 128. The other two say nothing about what is too short."""

    def __init__(self, least: int = SHORTEST, most: int = LONGEST) -> None:
        self.least, self.most = least, most

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.least:
            raise ValidationError(
                _("Mật khẩu cần từ %(least)d ký tự. Đã ghi %(count)d.")
                % {"least": self.least, "count": len(password)}
            )
        if len(password) > self.most:
            raise ValidationError(_("Mật khẩu dài quá %d ký tự.") % self.most)

    def get_help_text(self) -> str:
        return (
            _("Từ %d ký tự. Một câu ngắn dễ nhớ là tốt nhất; dấu cách và chữ có dấu đều được.")
            % self.least
        )


class NotCommon(CommonPasswordValidator):
    """Not among the 20,000 most common, nor one of them written twice, nor a simple run."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            return
        plain = re.sub(r"[^\w]", "", password.casefold())
        half = plain[: len(plain) // 2]
        common = plain in self.passwords or (plain == half * 2 and half in self.passwords)
        if common or len(set(plain)) < 5 or _is_run(plain):
            raise ValidationError(_("Mật khẩu này quá dễ đoán. Xin chọn một câu khác."))

    def get_help_text(self) -> str:
        return _("Không dùng mật khẩu nhiều người hay dùng.")


class NotAboutYou(UserAttributeSimilarityValidator):
    """Not made of one's own names, nor of the words that hang over every desk here."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            return
        rest = fold(password).replace(" ", "")
        words = list(CONTEXT_WORDS)
        if user is not None:
            words += [fold(user.username), fold(user.full_name).replace(" ", "")]
            words += fold(user.full_name).split()
        for word in sorted((word for word in words if len(word) > 2), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(re.sub(r"\d", "", rest)) < 4:
            raise ValidationError(
                _("Mật khẩu chỉ gồm tên riêng, tên cơ quan và chữ số. Xin thêm từ khác.")
            )

    def get_help_text(self) -> str:
        return _("Không chỉ gồm tên mình, tên cơ quan và chữ số.")


def _is_run(text: str) -> bool:
    """ "123456789012345", "abcdefghijklmno"."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}
