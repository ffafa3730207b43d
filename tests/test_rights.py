"""Who may do what, where: one matrix of verbs, roles and units, and one of addresses.

Both tables are written here by hand. A new verb, role or address without a line fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.cast import BEGINNING, DAK_LAK, EA_PHE, KRONG_PAC
from tests.office import *  # noqa: F403
from tests.office import DIPLOMA, PaperLine
from tests.sites.at_the_door import office_clock
from tests.sites.conftest import static_root

from vidan.dossiers import access, actions
from vidan.dossiers.models import Dossier
from vidan.dossiers.rules.intake import HandOverProof
from vidan.dossiers.rules.lifecycle import Action, Step
from vidan.kernel import files
from vidan.payments import actions as payments
from vidan.people.models import Post, User
from vidan.people.rules.roles import Role

__all__ = ["office_clock", "static_root"]

ROLES = (
    "receptionist", "specialist", "leader", "cashier", "returner", "unit_administrator",
    "reform_officer", "inspector", "outside_monitor", "operator",
)  # fmt: skip
OWN, SIBLING, PARENT = EA_PHE, KRONG_PAC, DAK_LAK
WORK = {"receptionist", "specialist", "leader", "cashier", "returner"}
SEE = WORK | {"inspector"}

# (verb, where the dossier stands): who does it, holding the post at the dossier's own unit.
VERBS = {
    ("receive", None): "receptionist",
    ("start", "queued"): "specialist",
    ("propose", "checking"): "specialist",
    ("approve", "signing"): "leader",
    ("return-to-step", "signing"): "leader",
    ("take-back", "checking"): "specialist",
    ("take-back", "signing"): "specialist",
    ("take-back", "issuing"): "leader",
    ("take-back", "ready"): "specialist",
    ("issue", "issuing"): "specialist",
    ("hand-over", "ready"): "returner",
    ("take-cash", "queued"): "cashier",
}


def expected(verb: str, doer: str, role: str, unit: str) -> str:
    """What happens: done, forbidden (one sees it, and is told who may), or there is no such."""
    if role == doer and unit == OWN:
        return "done"
    if verb == "receive":
        return "forbidden"
    if unit == OWN and role in SEE:
        return "forbidden"
    if unit == PARENT and role == "inspector":
        return "forbidden"
    return "nothing there"


def test_the_table_knows_every_role_and_every_verb():
    assert set(ROLES) == {role.value for role in Role}
    assert {verb for verb, _step in VERBS} == {action.value for action in Action} | {"take-cash"}


@pytest.fixture
def holder(units) -> Callable[[str, str], User]:
    """Somebody with this one post."""

    def hire(role: str, unit: str) -> User:
        name = f"{role.replace('_', '-')}.{unit.lower()}"
        user = User.objects.filter(username=name).first() or User.objects.create_user(name)
        Post.objects.get_or_create(
            user=user, unit=units[unit], role=role, defaults={"valid_from": BEGINNING}
        )
        return user

    return hire


@pytest.mark.parametrize(("verb", "step"), VERBS, ids=str)
def test_every_role_in_every_unit(verb, step, holder, intake, brought_to, dossier, at):
    doer = VERBS[verb, step]
    if step and step != "queued":
        dossier = brought_to(Step(step))
    wrong = {}
    for unit in (OWN, SIBLING, PARENT):
        for role in ROLES:
            user = holder(role, unit)
            with transaction.atomic():
                found = outcome(verb, dossier, user, intake, at)
                transaction.set_rollback(True)
            if found != (right := expected(verb, doer, role, unit)):
                wrong[role, unit] = (found, right)
    assert wrong == {}


def outcome(verb: str, dossier: Dossier, user: User, intake: Any, at: Any) -> str:
    common: dict[str, Any] = {"officer": user, "at": at + timedelta(minutes=9)}
    if verb == "take-back":  # as if this very person had made the last move
        Dossier.objects.filter(pk=dossier.pk).update(moved_by=user)
    try:
        if verb == "receive":
            actions.receive(intake(papers=(DIPLOMA,)), **common)
        elif verb == "take-cash":
            payments.take_cash(dossier.code, **common)
        else:
            more: dict[str, Any] = {"seen": dossier.version}
            if verb == "return-to-step":
                more["note"] = "Trang 3 mờ"
            if verb == "hand-over":
                more["proof"] = HandOverProof("bearer", "H’Len", "secret", secret=dossier.secret)
            getattr(actions, verb.replace("-", "_"))(dossier.code, **common, **more)
    except access.NotAllowed:
        return "forbidden"
    except access.DossierNotFound:
        return "nothing there"
    return "done"


# -- addresses -------------------------------------------------------------------------------------
PUBLIC, ANYBODY, TOKEN = "public", "anybody who is signed in", "a program with a token"
ADMINISTRATOR, LENDING = {"unit_administrator"}, {"leader", "unit_administrator"}
OVERVIEW = {"leader", "reform_officer", "inspector", "outside_monitor", "unit_administrator"}
# address: (method, who may, what the others get)
ROUTES: dict[str, tuple[str, Any, int]] = {
    "portal:home": ("GET", PUBLIC, 0),
    "portal:units": ("GET", PUBLIC, 0),
    "portal:unit": ("GET", PUBLIC, 0),
    "portal:procedures": ("GET", PUBLIC, 0),
    "portal:procedure": ("GET", PUBLIC, 0),
    "portal:track": ("GET", PUBLIC, 0),
    "portal:hours": ("GET", PUBLIC, 0),
    "set_language": ("POST", PUBLIC, 0),
    "docs:design": ("GET", PUBLIC, 0),
    "docs:design_desk": ("GET", PUBLIC, 0),
    "docs:design_command": ("GET", PUBLIC, 0),
    "docs:design_peek": ("GET", PUBLIC, 0),
    "healthz": ("GET", PUBLIC, 0),
    "desk:inbox": ("GET", ANYBODY, 0),
    "desk:dossiers": ("GET", ANYBODY, 0),
    "desk:command": ("GET", ANYBODY, 0),
    "desk:returns": ("GET", ANYBODY, 0),
    "desk:intake": ("GET", {"receptionist"}, 403),
    "desk:preview": ("GET", SEE, 404),
    "desk:dossier": ("GET", SEE, 404),
    "desk:give-back": ("GET", SEE, 404),
    "desk:hand-over": ("GET", SEE, 404),
    "desk:scan": ("GET", SEE, 404),
    "desk:print": ("GET", WORK, 404),
    "desk:print-pdf": ("GET", WORK, 404),
    "desk:print-page": ("GET", WORK, 404),
    "desk:take-cash": ("POST", {"cashier"}, 404),
    "desk:move": ("POST", {"specialist"}, 404),
    "ops:status": ("GET", {"operator"}, 403),
    "lead:home": ("GET", PUBLIC, 0),
    "lead:overview": ("GET", OVERVIEW, 403),
    "lead:staff": ("GET", ADMINISTRATOR, 403),
    "lead:hire": ("GET", ADMINISTRATOR, 403),
    "lead:take_on": ("GET", ADMINISTRATOR, 403),
    "lead:member": ("GET", ADMINISTRATOR, 403),
    "lead:give_post": ("POST", ADMINISTRATOR, 403),
    "lead:end_post": ("POST", ADMINISTRATOR, 403),
    "lead:reset_password": ("POST", ADMINISTRATOR, 403),
    "lead:reset_second_factor": ("POST", ADMINISTRATOR, 403),
    "lead:lift_lockout": ("POST", ADMINISTRATOR, 403),
    "lead:end_sessions": ("POST", ADMINISTRATOR, 403),
    "lead:deactivate": ("POST", ADMINISTRATOR, 403),
    "lead:delegations": ("GET", LENDING, 403),
    "lead:end_delegation": ("POST", LENDING, 403),
    "lead:who_looked": ("GET", {"leader", "inspector"}, 403),
    "account:start": ("GET", ANYBODY, 0),
    "account:security": ("GET", ANYBODY, 0),
    "account:switch_post": ("POST", ANYBODY, 0),
    "account:sessions": ("GET", ANYBODY, 0),
    "account:end_session": ("POST", ANYBODY, 0),
    "account:tokens": ("GET", ANYBODY, 0),
    "account:revoke_token": ("POST", ANYBODY, 0),
    "account_login": ("GET", PUBLIC, 0),
    "account_inactive": ("GET", PUBLIC, 0),
    "account_logout": ("POST", ANYBODY, 0),
    "account_change_password": ("GET", ANYBODY, 0),
    "account_reauthenticate": ("GET", ANYBODY, 0),
    "mfa_authenticate": ("GET", ANYBODY, 0),
    "mfa_reauthenticate": ("GET", ANYBODY, 0),
    "mfa_reauthenticate_webauthn": ("GET", ANYBODY, 0),
    "mfa_index": ("GET", ANYBODY, 0),
    "mfa_activate_totp": ("GET", ANYBODY, 0),
    "mfa_deactivate_totp": ("GET", ANYBODY, 0),
    "mfa_view_recovery_codes": ("GET", ANYBODY, 0),
    "mfa_generate_recovery_codes": ("GET", ANYBODY, 0),
    "mfa_list_webauthn": ("GET", ANYBODY, 0),
    "mfa_add_webauthn": ("GET", ANYBODY, 0),
    "mfa_edit_webauthn": ("GET", ANYBODY, 0),
    "mfa_remove_webauthn": ("GET", ANYBODY, 0),
    "api:api-root": ("GET", PUBLIC, 0),
    "api:openapi-json": ("GET", PUBLIC, 0),
    "api:procedures": ("GET", PUBLIC, 0),
    "api:procedure": ("GET", PUBLIC, 0),
    "api:track": ("GET", PUBLIC, 0),
    "api:dossiers": ("GET", TOKEN, 0),
    "api:receive": ("POST", TOKEN, 0),
    "api:dossier": ("GET", TOKEN, 0),
    "api:start": ("POST", TOKEN, 0),
    "api:propose": ("POST", TOKEN, 0),
    "api:approve": ("POST", TOKEN, 0),
    "api:return_to_step": ("POST", TOKEN, 0),
    "api:take_back": ("POST", TOKEN, 0),
    "api:issue": ("POST", TOKEN, 0),
    "api:hand_over": ("POST", TOKEN, 0),
    "api:take_cash": ("POST", TOKEN, 0),
}
OF_ROLES = [name for name, (_method, who, _else) in ROUTES.items() if isinstance(who, set)]
CLOSED = [name for name, (_method, who, _else) in ROUTES.items() if who != PUBLIC]


def patterns(
    inside: list[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for part in inside:
        if isinstance(part, URLResolver):
            yield from patterns(part.url_patterns, part.namespace or prefix)
        else:
            yield f"{prefix}:{part.name}" if prefix else str(part.name), part


def test_every_address_has_its_line_here():
    known = [name for name, _pattern in patterns(get_resolver().url_patterns)]
    assert sorted(set(known)) == sorted(ROUTES)


@pytest.fixture
def shown(received, photo_of_a_page) -> Dossier:
    """A dossier of Ea Phê with a photographed page."""
    return received(papers=(PaperLine("Học bạ THPT", 12, 2, (photo_of_a_page,)),))


@pytest.fixture
def photo_of_a_page(catalogue, at) -> Any:
    return files.store(files.Checked("trang-1.jpg", b"jpeg", "image/jpeg", 1), at=at).id


def address(name: str, **known: Any) -> str:
    """The address with what the test knows, and something harmless for the rest."""
    pattern = dict(patterns(get_resolver().url_patterns))[name]
    harmless = {
        "code": "H15.158-261123-0001", "verb": "start", "kind": "giay-hen", "number": 1,
        "file": uuid4(), "user_id": 987654, "post_id": 987654, "delegation_id": 987654,
        "token_id": 987654, "pk": 987654,
    }  # fmt: skip
    needed = {key: known.get(key, harmless[key]) for key in pattern.pattern.converters}
    return reverse(name, kwargs=needed)


@pytest.mark.parametrize("name", CLOSED)
def test_nobody_enters_without_signing_in(name, client, catalogue, units):
    method, who, _others = ROUTES[name]
    answer = client.generic(method, address(name))
    if who == TOKEN:
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
    else:
        assert answer.status_code == 302
        assert answer.url.startswith("/dang-nhap/")


@pytest.mark.parametrize("name", [name for name, row in ROUTES.items() if row[1] == PUBLIC])
def test_the_public_pages_ask_for_no_account(name, client, catalogue, units):
    answer = client.generic(ROUTES[name][0], address(name))
    assert answer.status_code not in (401, 403, 500)
    assert not answer.get("Location", "").startswith("/dang-nhap/")


@pytest.mark.parametrize("name", OF_ROLES)
def test_each_role_at_its_own_unit(name, holder, signed_in, shown, photo_of_a_page):
    method, who, others = ROUTES[name]
    url = address(name, code=shown.code, file=photo_of_a_page)
    wrong = {}
    for role in ROLES:
        status = knock(signed_in(holder(role, OWN)), method, url)
        if role in who:
            # An administrator's address about nobody finds nobody; it is not closed to them.
            fine = {200, 302} | ({404} if name.startswith("lead:") else set())
            right = status in fine
        elif others == 404 and role in SEE and who not in (SEE, WORK):
            right = status == 403  # sees the dossier, and is told whose work it is
        else:
            right = status == others
        if not right:
            wrong[role] = status
    assert wrong == {}


def knock(browser: Client, method: str, url: str) -> int:
    with transaction.atomic():
        status = browser.generic(
            method, url, "seen=1", content_type="application/x-www-form-urlencoded"
        ).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("name", [name for name in OF_ROLES if name.startswith("desk:")])
@pytest.mark.parametrize("unit", [SIBLING, PARENT])
def test_a_dossier_of_another_unit_is_not_there(
    name, unit, holder, signed_in, shown, photo_of_a_page
):
    if name == "desk:intake":
        return
    method, who, _others = ROUTES[name]
    url = address(name, code=shown.code, file=photo_of_a_page)
    for role in ROLES:
        status = knock(signed_in(holder(role, unit)), method, url)
        if (role, unit) == ("inspector", PARENT) and who != WORK:
            assert status == (403 if method == "POST" else status)
            assert status in (200, 302, 403)
        else:
            assert status == 404, role
