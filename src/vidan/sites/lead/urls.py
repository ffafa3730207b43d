"""Pages for whoever runs a unit: staff, delegation, who looked."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from vidan.sites.lead import delegations, overview, staff, who_looked

app_name = "lead"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account:start"), name="home"),
    path("tong-quan/", overview.overview, name="overview"),
    path("nhan-su/", staff.staff, name="staff"),
    path("nhan-su/them/", staff.hire, name="hire"),
    path("nhan-su/nhan-them/", staff.take_on, name="take_on"),
    path("nhan-su/<int:user_id>/", staff.member, name="member"),
    path("nhan-su/<int:user_id>/giao-vai-tro/", staff.give_post, name="give_post"),
    path("nhan-su/<int:user_id>/vai-tro/<int:post_id>/", staff.end_post, name="end_post"),
    path("nhan-su/<int:user_id>/mat-khau/", staff.reset_password, name="reset_password"),
    path("nhan-su/<int:user_id>/hai-buoc/", staff.reset_second_factor, name="reset_second_factor"),
    path("nhan-su/<int:user_id>/mo-khoa/", staff.lift_lockout, name="lift_lockout"),
    path("nhan-su/<int:user_id>/phien/", staff.end_sessions, name="end_sessions"),
    path("nhan-su/<int:user_id>/ngung/", staff.deactivate, name="deactivate"),
    path("uy-quyen/", delegations.delegations, name="delegations"),
    path(
        "uy-quyen/<int:delegation_id>/thu-hoi/", delegations.end_delegation, name="end_delegation"
    ),
    path("ai-da-xem/", who_looked.who_looked, name="who_looked"),
]
