"""Everything that can be done to staff accounts and applicants' records.

One function is one verb, one transaction, one event. ``by=None`` is the server's command line.
"""

from __future__ import annotations

from vidan.people.actions.accounts import (
    Hired,
    deactivate,
    end_sessions,
    hire,
    issue_api_token,
    lift_lockout,
    password_changed,
    reset_password,
    reset_second_factor,
    revoke_api_token,
)
from vidan.people.actions.posts import (
    PostNeedsConfirmation,
    delegate,
    end_delegation,
    end_post,
    give_post,
)
from vidan.people.actions.signing_in import note_sign_in, spend_code
from vidan.people.actions.subjects import (
    DisagreementNeedsReason,
    OrganisationData,
    PersonData,
    StaleRecord,
    note_organisation_at_unit,
    note_person_at_unit,
    register_organisation,
    register_person,
    update_person,
)

__all__ = [
    "DisagreementNeedsReason",
    "Hired",
    "OrganisationData",
    "PersonData",
    "PostNeedsConfirmation",
    "StaleRecord",
    "deactivate",
    "delegate",
    "end_delegation",
    "end_post",
    "end_sessions",
    "give_post",
    "hire",
    "issue_api_token",
    "lift_lockout",
    "note_organisation_at_unit",
    "note_person_at_unit",
    "note_sign_in",
    "password_changed",
    "register_organisation",
    "register_person",
    "reset_password",
    "reset_second_factor",
    "revoke_api_token",
    "spend_code",
    "update_person",
]
