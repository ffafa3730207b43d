"""Signing in and one's own account. Include at the root, without a prefix.

allauth finds its views by global names; ours live in the namespace ``account``.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import include, path

from vidan.sites.account import views

ours = (
    [
        path("bat-dau/", views.start, name="start"),
        path("tai-khoan/", views.security, name="security"),
        path("tai-khoan/vai-tro/", views.switch_post, name="switch_post"),
        path("tai-khoan/phien/", views.sessions, name="sessions"),
        path("tai-khoan/phien/ket-thuc/", views.end_session, name="end_session"),
        path("tai-khoan/khoa-phan-mem/", views.tokens, name="tokens"),
        path("tai-khoan/khoa-phan-mem/<int:token_id>/thu-hoi/", views.revoke, name="revoke_token"),
    ],
    "account",
)

urlpatterns = [
    path("", include(ours)),
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-nhap/xac-nhan/", mfa.authenticate, name="mfa_authenticate"),
    path("dang-nhap/da-ngung/", account.account_inactive, name="account_inactive"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/xac-nhan-lai/ma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "tai-khoan/xac-nhan-lai/khoa/",
        keys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("tai-khoan/hai-buoc/", views.second_factor, name="mfa_index"),
    path("tai-khoan/hai-buoc/ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/hai-buoc/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "tai-khoan/hai-buoc/ma-du-phong/",
        codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "tai-khoan/hai-buoc/ma-du-phong/tao/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("tai-khoan/hai-buoc/khoa/", views.second_factor, name="mfa_list_webauthn"),
    path("tai-khoan/hai-buoc/khoa/them/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("tai-khoan/hai-buoc/khoa/<int:pk>/doi-ten/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("tai-khoan/hai-buoc/khoa/<int:pk>/go/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]
