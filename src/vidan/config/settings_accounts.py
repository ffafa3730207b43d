"""Signing in: password, second factor, sessions, lock-out (OWASP ASVS 5.0 level 2).

The numbers in brackets are the standard's requirements.
"""

from __future__ import annotations

from datetime import timedelta

from vidan.config import env

_HTTPS = env.text("VIDAN_BASE_URL").startswith("https://")
_DEMO = env.flag("VIDAN_DEMO")

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account:start"
LOGOUT_REDIRECT_URL = "account_login"

# "required": whoever signs or administers needs a second factor [6.3.3]; "offered": may have one.
VIDAN_SECOND_FACTOR = env.text("VIDAN_SECOND_FACTOR", "offered" if _DEMO else "required")
if VIDAN_SECOND_FACTOR not in {"required", "offered"}:
    raise env.SettingError("VIDAN_SECOND_FACTOR: use required or offered")

# How many reverse proxies of our own stand in front; only their notes about addresses are believed.
VIDAN_PROXIES = env.number("VIDAN_PROXIES", 0)

# -- passwords -----------------------------------------------------------------------------------
# 15 characters at least, since some sign in with a password alone; no composition rules, no expiry
# [6.2.1, 6.2.5, 6.2.10]; common, breached-list and context words refused [6.2.4, 6.2.11, 6.2.12].
_PASSWORDS = "vidan.sites.account.passwords"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_PASSWORDS}.LongEnough"},
    {"NAME": f"{_PASSWORDS}.NotCommon"},
    {"NAME": f"{_PASSWORDS}.NotAboutYou"},
]

# -- sessions ------------------------------------------------------------------------------------
# Ends after 30 minutes without a click, and in any case after 12 hours [7.3.1, 7.3.2]; ends with
# the browser. StaffAccountMiddleware keeps the time.
VIDAN_SESSION_IDLE = timedelta(minutes=30)
VIDAN_SESSION_LONGEST = timedelta(hours=12)
SESSION_COOKIE_AGE = int(VIDAN_SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-vidan" if _HTTPS else "vidan"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-vidan_csrf" if _HTTPS else "vidan_csrf"
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
USERSESSIONS_TRACK_ACTIVITY = False

# -- allauth -------------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "vidan.sites.account.adapter.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "html"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "vidan.sites.account.forms.SignInForm",
    "change_password": "vidan.sites.account.forms.ChangePasswordForm",
    "reauthenticate": "vidan.sites.account.forms.PasswordAgainForm",
}
# Slows down guessing one name from many places, without letting a stranger lock a colleague out
# for long; guessing from one place is axes' part. Many desks share one address of the office.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,20/5m/key",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}

MFA_ADAPTER = "vidan.sites.account.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Vì Dân"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS
MFA_FORMS = {
    "authenticate": "vidan.sites.account.forms.CodeForm",
    "reauthenticate": "vidan.sites.account.forms.CodeAgainForm",
    "activate_totp": "vidan.sites.account.forms.ActivateAppForm",
    "add_webauthn": "vidan.sites.account.forms.AddKeyForm",
    "edit_webauthn": "vidan.sites.account.forms.RenameKeyForm",
}

# -- lock-out ------------------------------------------------------------------------------------
# Five wrong passwords for one name from one address: closed there for 15 minutes [6.3.1].
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "vidan.sites.account.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "vidan.sites.account.addresses.client_address"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "password"]
AXES_VERBOSE = False
