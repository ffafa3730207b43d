"""Tình trạng: what the operator looks at first. Nothing of any person stands here."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vidan import __version__
from vidan.kernel import clock
from vidan.kernel.condition import Condition, condition
from vidan.people.rules.roles import Role
from vidan.sites.account.guards import InRoleRequest, role_required
from vidan.sites.pages import page

WORKER_SILENT_AFTER = 60
"""Seconds without a sign of life after which no worker counts as running."""
LEAST_FREE = 2 * 1024**3
LATE_JOB = 300


@require_safe
@role_required(Role.OPERATOR)
def status(request: InRoleRequest) -> HttpResponse:
    """Database, worker, jobs, disk; what is wrong stands first, with what to do."""
    seen = condition()
    return page(
        request,
        "ops/status.html",
        seen=seen,
        warnings=_warnings(seen),
        version=__version__,
        second_factor=settings.VIDAN_SECOND_FACTOR,
        https=settings.HTTPS,
        demo=settings.DEMO,
    )


def _warnings(seen: Condition) -> list[str]:
    found = []
    alive = seen.last_heartbeat
    now = clock.real_now()
    if alive is None or (now - alive).total_seconds() > WORKER_SILENT_AFTER:
        found.append(
            _("Tiến trình việc nền không chạy: phiếu và tin nhắn sẽ chậm. Khởi động lại vidan.")
        )
    if seen.jobs_failed:
        found.append(
            _("%(count)s việc nền đã hỏng sau nhiều lần thử. Xem nhật ký của worker.")
            % {"count": seen.jobs_failed}
        )
    if seen.oldest_due_job > LATE_JOB:
        found.append(_("Có việc nền chờ quá 5 phút. Kiểm tra worker."))
    if seen.disk_free < LEAST_FREE:
        found.append(_("Ổ đĩa còn dưới 2 GB. Thêm chỗ trước khi hệ thống ngừng nhận hồ sơ."))
    if clock.is_set():
        found.append(_("Đồng hồ đang được đặt (VIDAN_CLOCK). Chỉ dùng để trình diễn."))
    if settings.VIDAN_SECOND_FACTOR != "required" and not settings.DEMO:
        found.append(_("Xác nhận hai bước không bắt buộc. Đặt VIDAN_SECOND_FACTOR=required."))
    return found
