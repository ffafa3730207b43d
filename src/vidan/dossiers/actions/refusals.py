"""Why a verb is refused; each carries an explanation for the person who clicked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(ValueError):
    """The verb cannot be done; ``explanation`` says why and what to do, in the reader's words."""

    def __init__(self, explanation: str) -> None:
        super().__init__(explanation)
        self.explanation = explanation


class StaleClick(Refused):
    """Somebody moved the dossier after this page was shown; ``explanation`` names what changed."""


class WrongStep(Refused):
    """The dossier does not stand where this verb begins."""

    def __init__(self) -> None:
        super().__init__(
            _("Hồ sơ không ở bước làm được việc này. Xem bước hiện tại rồi chọn việc phù hợp.")
        )


class NotYours(Refused):
    """Only whoever made the last move may undo it, and only while it is the last."""

    def __init__(self) -> None:
        super().__init__(
            _("Chỉ người vừa chuyển hồ sơ mới rút lại được, khi chưa ai làm tiếp. ")
            + _("Hãy nhờ người đang giữ hồ sơ trả lại, kèm lý do.")
        )


class OwnProposal(Refused):
    """Whoever proposed does not sign."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Người trình không tự ký hồ sơ mình trình. Chờ lãnh đạo, hoặc người khác được ủy quyền."
            )
        )


class ReasonMissing(Refused):
    """Nothing is returned without saying why."""

    def __init__(self) -> None:
        super().__init__(_("Ghi rõ lý do trả lại, để người nhận biết phải sửa gì."))


class NotPaid(Refused):
    """The fee of the law was not paid; the result follows payment."""

    def __init__(self) -> None:
        super().__init__(_("Chưa thu đủ phí theo biểu. Thu tiền, in biên lai rồi trả kết quả."))


class ProofMissing(Refused):
    """The result goes to somebody we can name, with a proof."""


class IntakeRefused(Refused):
    """The intake is incomplete or impossible; ``field`` is where to repair it."""

    def __init__(self, field: str, explanation: str) -> None:
        super().__init__(explanation)
        self.field = field
