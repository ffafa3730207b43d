"""Opening a dossier for a screen: what may not be seen does not exist."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from vidan.dossiers import access
from vidan.dossiers.queries.page import DossierPage, dossier_page
from vidan.kernel import clock
from vidan.sites.account.guards import SignedInRequest


def open_page(request: SignedInRequest, code: str, *, purpose: str) -> DossierPage:
    """The page of one dossier, noted in the read log; 404 where this person may not see it."""
    try:
        dossier = access.dossier_for(request.capacities, code, at=clock.now(), purpose=purpose)
    except access.DossierNotFound:
        raise Http404(
            _("Không có hồ sơ này trong phạm vi được xem. Xem lại mã, hoặc tìm theo tên.")
        ) from None
    return dossier_page(dossier, request.capacities, officer=request.user)
