"""Every address of the site, by the person it is for."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from vidan.config.api import api
from vidan.sites import errors
from vidan.sites.ops import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vidan.sites.portal.urls")),
    path("can-bo/", include("vidan.sites.desk.urls")),
    path("van-hanh/", include("vidan.sites.ops.urls")),
    path("quan-ly/", include("vidan.sites.lead.urls")),
    path("", include("vidan.sites.account.urls")),
    path("api/v1/", api.urls),
    path("healthz", health.health, name="healthz"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
