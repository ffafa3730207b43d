"""Who is at the counter, and whose dossier it is: find, choose, or write down somebody new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vidan.authorities import queries as authorities
from vidan.authorities.rules.explained import Explained
from vidan.kernel import clock
from vidan.people import access, actions
from vidan.people.access import OrganisationHit, PersonHit
from vidan.people.rules import births, cccd_qr
from vidan.people.rules.refusals import Unknown
from vidan.sites.account.guards import SignedInRequest

SEXES = [
    ("", gettext_lazy("Chưa ghi")),
    ("female", gettext_lazy("Nữ")),
    ("male", gettext_lazy("Nam")),
]


class NewPersonForm(forms.Form):
    """A person who has not been here before. Only the name is demanded."""

    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=120,
        error_messages={"required": gettext_lazy("Xin ghi họ tên như trên thẻ.")},
    )
    citizen_id = forms.CharField(label=gettext_lazy("Số căn cước"), max_length=20, required=False)
    birth = forms.CharField(
        label=gettext_lazy("Ngày sinh, hoặc năm sinh"), max_length=20, required=False
    )
    sex = forms.ChoiceField(label=gettext_lazy("Giới tính"), choices=SEXES, required=False)
    phone = forms.CharField(label=gettext_lazy("Điện thoại, nếu có"), max_length=30, required=False)
    address = forms.CharField(label=gettext_lazy("Nơi ở"), max_length=250, required=False)
    citizen_id_override = forms.CharField(
        label=gettext_lazy("Lý do khác với số căn cước"), max_length=250, required=False
    )


class NewOrganisationForm(forms.Form):
    """An organisation that has not been here before."""

    name = forms.CharField(
        label=gettext_lazy("Tên tổ chức"),
        max_length=250,
        error_messages={"required": gettext_lazy("Xin ghi tên tổ chức như trên giấy tờ.")},
    )
    tax_code = forms.CharField(label=gettext_lazy("Mã số thuế"), max_length=20, required=False)
    phone = forms.CharField(label=gettext_lazy("Điện thoại, nếu có"), max_length=30, required=False)
    address = forms.CharField(label=gettext_lazy("Trụ sở"), max_length=250, required=False)


@dataclass
class Party:
    """One of the people of an intake, as the page shows it. ``slot`` is the fields' prefix."""

    slot: str
    title: str
    chosen: Any = None
    text: str = ""
    hits: list[PersonHit] | list[OrganisationHit] = field(default_factory=list)
    searched: bool = False
    form: forms.Form | None = None
    error: str = ""
    editing: bool = False
    """The chosen person's record is being corrected, in ``form``."""
    seen: int = 0
    """The version of the record that the correction was begun on."""

    @property
    def is_organisation(self) -> bool:
        return self.slot == "g"


def read(request: SignedInRequest, slot: str, title: str, *, do: str, unit_code: str) -> Party:
    """The party as the form just sent says: found, chosen, cleared, or newly written down.

    ``do`` is the pressed button: ``find:p``, ``choose:p:12``, ``clear:p``, ``new:p``, ``edit:p``,
    ``save:p``.
    """
    post, at = request.POST, clock.now()
    party = Party(slot, title, text=post.get(f"{slot}-find", "").strip())
    verb, _colon, rest = do.partition(":")
    target, _colon, number = rest.partition(":")
    mine = target == slot
    chosen = number if verb == "choose" and mine else post.get(f"{slot}-id", "")
    if verb == "clear" and mine:
        return party
    if chosen.isdecimal() and len(chosen) < 18:
        _open(request, party, int(chosen), at=at)
        if party.chosen is not None:
            _correct(
                request, party, verb if mine else "", final=verb == "receive", unit_code=unit_code
            )
            return party
    writing = post.get(f"{slot}-new") == "1" and not (verb == "find" and mine)
    if writing or (verb == "new" and mine):
        party.form = _new_form(party, post if writing else None, checked=verb == "receive")
    elif party.text and verb in ("find", "next", "receive", ""):
        _search(request, party, at=at)
    return party


def _correct(
    request: SignedInRequest, party: Party, verb: str, *, final: bool, unit_code: str
) -> None:
    """Correcting the chosen person's record within the intake: begun, going on, or saved."""
    post, slot = request.POST, party.slot
    going_on = post.get(f"{slot}-edit") == "1" and verb not in ("choose", "leave")
    if party.is_organisation or not (going_on or verb == "edit"):
        return
    party.editing = True
    if verb == "edit" and not going_on:
        party.seen = party.chosen.version
        party.form = NewPersonForm(initial=_from_person(party.chosen), prefix=slot)
        return
    text = post.get(f"{slot}-seen", "")
    party.seen = int(text) if text.isdecimal() and len(text) < 9 else 0
    saving = final or verb == "save"
    party.form = _new_form(party, post, checked=saving)
    if saving and party.form.is_valid():
        _save(request, party, unit_code=unit_code)


def _save(request: SignedInRequest, party: Party, *, unit_code: str) -> None:
    form = party.form
    if form is None:
        return
    unit = authorities.unit_by_code(unit_code)
    try:
        party.chosen = actions.update_person(
            party.chosen.pk,
            _person_data(form.cleaned_data),
            officer=request.user,
            unit=unit,
            seen=party.seen,
            at=clock.now(),
        )
    except Explained as refusal:
        _blame(form, refusal)
    else:
        party.editing, party.form = False, None


def _blame(form: forms.Form, refusal: Explained) -> None:
    """Put a refusal beside the field it speaks of, in the language of the page."""
    place = getattr(refusal, "field", None)
    if isinstance(refusal, births.BirthRefused):
        place = "birth"
    said = _(refusal.template) % refusal.params if refusal.params else _(refusal.template)
    form.add_error(place if place in form.fields else None, said)


def _from_person(person: Any) -> dict[str, str]:
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    return {
        "full_name": person.full_name,
        "citizen_id": person.citizen_id,
        "birth": born,
        "sex": person.sex,
        "phone": person.phone,
        "address": person.address,
        "citizen_id_override": person.citizen_id_override,
    }


def _open(request: SignedInRequest, party: Party, pk: int, *, at: Any) -> None:
    try:
        if party.is_organisation:
            party.chosen = access.organisation_for(request.user, pk, at=at, purpose="intake")
        else:
            party.chosen = access.person_for(request.user, pk, at=at, purpose="intake")
    except Unknown as refusal:
        party.error = _(refusal.template)


def _search(request: SignedInRequest, party: Party, *, at: Any) -> None:
    party.searched = True
    try:
        card = cccd_qr.parse(party.text, today=at.date()) if "|" in party.text else None
    except Explained as refusal:
        party.error = _(refusal.template) % refusal.params
        return
    text = card.citizen_id.number if card else party.text
    if party.is_organisation:
        party.hits = access.search_organisations(request.user, text, at=at)
    else:
        party.hits = access.search_persons(request.user, text, at=at)
        if card and not party.hits:  # the card itself says who this is
            party.form = NewPersonForm(initial=_from_card(card), prefix=party.slot)
    if len(party.hits) == 1 and _is_number(text):
        _open(request, party, party.hits[0].id, at=at)


def _is_number(text: str) -> bool:
    return text.replace(" ", "").isdigit()


def _from_card(card: cccd_qr.Card) -> dict[str, str]:
    return {
        "full_name": card.full_name,
        "citizen_id": card.citizen_id.number,
        "birth": f"{card.birth.day:%d/%m/%Y}" if card.birth.day else str(card.birth.year),
        "sex": card.sex,
        "address": card.address,
    }


def _new_form(party: Party, data: Any, *, checked: bool) -> forms.Form:
    form_class = NewOrganisationForm if party.is_organisation else NewPersonForm
    if data is not None and checked:
        return form_class(data, prefix=party.slot)
    if data is not None:  # typed so far, not yet to be judged
        typed = {name: data.get(f"{party.slot}-{name}", "") for name in form_class.base_fields}
        return form_class(initial=typed, prefix=party.slot)
    # What was typed to search is the name, unless it was a number.
    name = "" if _is_number(party.text) else party.text
    initial = {"name": name} if party.is_organisation else {"full_name": name}
    if not party.is_organisation and _is_number(party.text):
        digits = party.text.replace(" ", "")
        initial["citizen_id" if len(digits) == 12 else "phone"] = digits
    return form_class(initial=initial, prefix=party.slot)


def settle(request: SignedInRequest, party: Party, *, unit_code: str) -> int | None:
    """The chosen one's number, registering somebody new; ``None`` with an error to repair."""
    if party.chosen is not None:
        return None if party.editing else int(party.chosen.pk)
    form = party.form
    if form is None or not form.is_bound:
        party.error = party.error or _("Chọn người trong danh sách, hoặc ghi người mới.")
        return None
    if not form.is_valid():
        return None
    unit = authorities.unit_by_code(unit_code)
    try:
        if party.is_organisation:
            made: Any = actions.register_organisation(
                actions.OrganisationData(**form.cleaned_data),
                officer=request.user,
                unit=unit,
                at=clock.now(),
            )
        else:
            made = actions.register_person(
                _person_data(form.cleaned_data), officer=request.user, unit=unit, at=clock.now()
            )
    except Explained as refusal:
        _blame(form, refusal)
        return None
    party.chosen = made
    return int(made.pk)


def _person_data(cleaned: dict[str, str]) -> actions.PersonData:
    written = cleaned["birth"].strip()
    return actions.PersonData(
        full_name=cleaned["full_name"],
        birth=births.read(written, today=clock.today()) if written else None,
        sex=cleaned["sex"],
        citizen_id=cleaned["citizen_id"],
        citizen_id_override=cleaned["citizen_id_override"],
        phone=cleaned["phone"],
        address=cleaned["address"],
    )
