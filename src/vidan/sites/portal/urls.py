"""The public's addresses: the portal, the language switch, the living design page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from vidan.sites.portal import design, home, hours, language, procedures, track

portal: list[URLPattern | URLResolver] = [
    path("", home.show, name="home"),
    path("don-vi/", home.units, name="units"),
    path("don-vi/<str:code>/", home.unit, name="unit"),
    path("thu-tuc/", procedures.index, name="procedures"),
    path("thu-tuc/<str:code>/", procedures.show, name="procedure"),
    path("theo-doi/", track.show, name="track"),
    path("lich-lam-viec/", hours.show, name="hours"),
]
docs = [
    path("", design.design, name="design"),
    path("desk/", design.design_desk, name="design_desk"),
    path("desk/command/", design.command, name="design_command"),
    path("desk/<str:code>/", design.peek, name="design_peek"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((portal, "portal"))),
    path("ngon-ngu/", language.choose, name="set_language"),
    path("docs/design/", include((docs, "docs"))),
]
