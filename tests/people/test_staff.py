"""Hiring, posts, delegation, helping back in, closing: who may, what is refused, what is recorded."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import DatabaseError, connection

from vidan.kernel import ledger
from vidan.people import access, actions
from vidan.people.actions import PostNeedsConfirmation
from vidan.people.models import ApiToken, Post, StaffEvent, User
from vidan.people.rules.refusals import NotAllowed, StaffRefused, Unknown
from vidan.people.rules.roles import Role


def events(user: User) -> list[StaffEvent]:
    return list(StaffEvent.objects.filter(stream=f"staff/{user.key}").order_by("seq"))


def hire(by, unit, at, username="hoa", role=Role.RECEPTIONIST, **more):
    return actions.hire(
        by=by, unit=unit, role=role, username=username, full_name="Cao Thị Hoa", at=at, **more
    )


def test_tuan_hires_and_the_password_given_must_be_changed_in_a_week(tuan, ea_phe, at):
    hired = hire(tuan, ea_phe, at, place="quầy 5")

    user = User.objects.get(username="hoa")
    assert user.check_password(hired.first_password)
    assert user.must_change_password
    assert user.initial_password_until == at + timedelta(days=7)
    (capacity,) = access.capacities(user, at)
    assert (capacity.role, capacity.unit, capacity.place) == (Role.RECEPTIONIST, ea_phe, "quầy 5")


def test_hiring_is_two_events_signed_by_tuan_without_the_password(tuan, ea_phe, at):
    hired = hire(tuan, ea_phe, at)

    recorded = events(hired.user)
    assert [event.kind for event in recorded] == ["hired", "post-given"]
    assert {(e.actor, e.role, e.unit) for e in recorded} == {
        (tuan.key, "unit_administrator", "H15.158")
    }
    assert hired.first_password not in str([event.payload for event in recorded])
    assert ledger.first_break(recorded) is None


def test_the_ledger_of_staff_cannot_be_rewritten(tuan, ea_phe, at):
    hire(tuan, ea_phe, at)

    with pytest.raises(DatabaseError):
        StaffEvent.objects.all().update(kind="nothing")


def test_first_passwords_differ_and_avoid_letters_that_look_alike(tuan, ea_phe, at):
    passwords = {hire(tuan, ea_phe, at, username=f"hoa{n}").first_password for n in range(5)}

    assert len(passwords) == 5
    assert not set("".join(passwords)) & set("0o1li2z5s8b")


@pytest.mark.parametrize("username", ["", "H", "Cao Hoa", "hoà", "-hoa", "hoa@xa", "a" * 41])
def test_a_user_name_of_another_form_is_refused(tuan, ea_phe, at, username):
    with pytest.raises(StaffRefused):
        hire(tuan, ea_phe, at, username=username)
    assert not User.objects.filter(full_name="Cao Thị Hoa").exists()


def test_a_name_in_use_is_refused_and_leaves_nothing(tuan, anh, ea_phe, at):
    before = (User.objects.count(), Post.objects.count(), StaffEvent.objects.count())
    with pytest.raises(StaffRefused, match="chọn tên khác"):
        hire(tuan, ea_phe, at, username="ANH")
    assert before == (User.objects.count(), Post.objects.count(), StaffEvent.objects.count())


@pytest.mark.parametrize("who", ["anh", "phuc", "minh", "bao", "dang", "nga"])
def test_nobody_but_the_administrator_hires(cast, ea_phe, at, who):
    with pytest.raises(NotAllowed) as refusal:
        hire(cast[who], ea_phe, at)
    assert refusal.value.roles == (Role.UNIT_ADMINISTRATOR,)


def test_tuan_administers_ea_phe_only(tuan, krong_pac, dak_lak, at):
    for unit in (krong_pac, dak_lak):
        with pytest.raises(NotAllowed):
            hire(tuan, unit, at)


def test_the_province_administers_every_commune(dak_lak, krong_pac, at):
    above = hire(None, dak_lak, at, username="quan", role=Role.UNIT_ADMINISTRATOR).user

    assert hire(above, krong_pac, at, username="hoa").user.posts.get().unit == krong_pac


def test_those_who_watch_are_chosen_by_the_province(tuan, anh, ea_phe, dak_lak, at):
    with pytest.raises(NotAllowed, match="cấp tỉnh"):
        hire(tuan, ea_phe, at, role=Role.OUTSIDE_MONITOR)
    above = hire(None, dak_lak, at, username="quan", role=Role.UNIT_ADMINISTRATOR).user
    assert hire(above, ea_phe, at, role=Role.OUTSIDE_MONITOR).user.posts.exists()


def test_an_inspector_watches_from_above_a_commune(ea_phe, at):
    with pytest.raises(StaffRefused):
        hire(None, ea_phe, at, role=Role.INSPECTOR)


def test_nobody_gives_a_post_to_themselves(tuan, ea_phe, at):
    with pytest.raises(NotAllowed):
        actions.give_post(by=tuan, user_id=tuan.pk, unit=ea_phe, role=Role.LEADER, at=at)


def test_anh_may_also_receive_in_krong_pac(anh, krong_pac, at):
    actions.give_post(
        by=None, user_id=anh.pk, unit=krong_pac, role=Role.RECEPTIONIST, at=at,
        valid_from=at, valid_to=at + timedelta(days=5),
    )  # fmt: skip

    assert {c.unit.code for c in access.capacities(anh, at)} == {"H15.158", "H15.156"}
    assert len(access.capacities(anh, at + timedelta(days=5))) == 1


def test_the_same_post_twice_at_one_time_is_refused(anh, tuan, ea_phe, at):
    with pytest.raises(StaffRefused, match="đã có vai trò này"):
        actions.give_post(by=tuan, user_id=anh.pk, unit=ea_phe, role=Role.RECEPTIONIST, at=at)


def test_two_posts_better_kept_apart_need_a_second_look(huong, tuan, ea_phe, at):
    wish = {"by": tuan, "user_id": huong.pk, "unit": ea_phe, "role": Role.LEADER, "at": at}
    with pytest.raises(PostNeedsConfirmation, match="hai người khác nhau"):
        actions.give_post(**wish)
    assert actions.give_post(**wish, confirmed=True).role == Role.LEADER


def test_a_watcher_never_does_what_is_watched(bham, dak_lak, at):
    with pytest.raises(StaffRefused, match="giám sát"):
        actions.give_post(
            by=None, user_id=bham.pk, unit=dak_lak, role=Role.SPECIALIST, at=at, confirmed=True
        )


def test_a_post_never_ends_in_the_past(anh, tuan, at):
    with pytest.raises(StaffRefused, match="lùi ngày"):
        actions.end_post(by=tuan, post_id=anh.posts.get().pk, at=at, ends_at=at - timedelta(days=1))


def test_a_post_ends_once(anh, tuan, at):
    post = actions.end_post(by=tuan, post_id=anh.posts.get().pk, at=at)
    with pytest.raises(StaffRefused, match="đã kết thúc"):
        actions.end_post(by=tuan, post_id=post.pk, at=at + timedelta(hours=1))
    assert [event.kind for event in events(anh)] == ["post-ended"]


def test_another_commune_cannot_end_it(anh, krong_pac, at):
    other = hire(None, krong_pac, at, username="quan", role=Role.UNIT_ADMINISTRATOR).user
    with pytest.raises(NotAllowed):
        actions.end_post(by=other, post_id=anh.posts.get().pk, at=at)
    with pytest.raises(Unknown):
        actions.end_post(by=other, post_id=987654, at=at)


class TestDelegation:
    def lend(self, by, to, at, **more):
        values = {
            "post_id": by.posts.get().pk,
            "document": "12/GUQ-UBND",
            "valid_from": at,
            "valid_to": at + timedelta(days=3),
        }
        return actions.delegate(by=by, to_id=to.pk, at=at, **{**values, **more})

    def test_phuc_lends_his_post_to_huong(self, phuc, huong, at):
        self.lend(phuc, huong, at)

        (event,) = events(huong)
        assert (event.kind, event.actor, event.role) == ("delegated", phuc.key, "leader")

    def test_only_the_holder_lends_it(self, phuc, tuan, huong, at):
        with pytest.raises(NotAllowed):
            self.lend(tuan, huong, at, post_id=phuc.posts.get().pk)

    def test_what_was_lent_is_not_lent_on(self, phuc, huong, anh, at):
        self.lend(phuc, huong, at)
        with pytest.raises(NotAllowed):
            self.lend(huong, anh, at, post_id=phuc.posts.get().pk)

    def test_only_a_leader_has_something_to_lend(self, anh, huong, at):
        with pytest.raises(StaffRefused, match="lãnh đạo"):
            self.lend(anh, huong, at)

    def test_only_to_a_colleague_of_the_same_unit(self, phuc, minh, at):
        with pytest.raises(StaffRefused, match="cùng đơn vị"):
            self.lend(phuc, minh, at)

    def test_a_document_and_an_end_that_lies_ahead_are_needed(self, phuc, huong, at):
        for wrong in (
            {"document": "  "},
            {"valid_to": at},
            {"valid_from": at - timedelta(days=1)},
        ):
            with pytest.raises(StaffRefused):
                self.lend(phuc, huong, at, **wrong)

    def test_not_twice_at_one_time(self, phuc, huong, at):
        self.lend(phuc, huong, at)
        with pytest.raises(StaffRefused, match="Đã ủy quyền"):
            self.lend(phuc, huong, at)

    @pytest.mark.parametrize("who", ["phuc", "tuan"])
    def test_leader_and_administrator_take_it_back_at_once(self, cast, at, who):
        lent = self.lend(cast["phuc"], cast["huong"], at)
        later = at + timedelta(hours=1)
        actions.end_delegation(by=cast[who], delegation_id=lent.pk, at=later)

        assert len(access.capacities(cast["huong"], later)) == 1

    def test_the_one_it_was_lent_to_cannot_end_it(self, phuc, huong, at):
        lent = self.lend(phuc, huong, at)
        with pytest.raises(Unknown):
            actions.end_delegation(by=huong, delegation_id=lent.pk, at=at)


def test_a_forgotten_password_is_replaced_and_the_second_factor_stays(tuan, anh, at):
    Authenticator.objects.create(user=anh, type="totp", data={"secret": "x"})
    AccessAttempt.objects.create(username="anh", failures_since_start=9, user_agent="")
    hired = actions.reset_password(by=tuan, user_id=anh.pk, at=at)

    anh.refresh_from_db()
    assert anh.check_password(hired.first_password)
    assert anh.must_change_password
    assert Authenticator.objects.filter(user=anh).exists()
    assert not AccessAttempt.objects.filter(username="anh").exists()


def test_a_lost_second_factor_is_taken_away(tuan, anh, at):
    Authenticator.objects.create(user=anh, type="totp", data={"secret": "x"})
    actions.reset_second_factor(by=tuan, user_id=anh.pk, at=at)

    assert not Authenticator.objects.filter(user=anh).exists()
    assert events(anh)[-1].kind == "second-factor-reset"
    with pytest.raises(StaffRefused):
        actions.reset_second_factor(by=tuan, user_id=anh.pk, at=at)


@pytest.mark.parametrize(
    "verb",
    [
        actions.reset_password,
        actions.reset_second_factor,
        actions.deactivate,
        actions.lift_lockout,
        actions.end_sessions,
    ],
)
class TestOverAnAccount:
    def test_tuan_has_no_power_over_another_commune(self, tuan, minh, at, verb):
        with pytest.raises(NotAllowed):
            verb(by=tuan, user_id=minh.pk, at=at)

    def test_nor_over_somebody_who_also_works_for_the_province(self, tuan, anh, dak_lak, at, verb):
        actions.give_post(by=None, user_id=anh.pk, unit=dak_lak, role=Role.REFORM_OFFICER, at=at)
        with pytest.raises(NotAllowed):
            verb(by=tuan, user_id=anh.pk, at=at)

    def test_nor_over_himself(self, tuan, at, verb):
        with pytest.raises(NotAllowed):
            verb(by=tuan, user_id=tuan.pk, at=at)

    def test_nor_over_the_province_inspector(self, tuan, bao, at, verb):
        with pytest.raises(NotAllowed):
            verb(by=tuan, user_id=bao.pk, at=at)

    def test_a_colleague_has_none(self, anh, thu, at, verb):
        with pytest.raises(NotAllowed):
            verb(by=thu, user_id=anh.pk, at=at)


def test_a_closed_account_has_no_posts_keys_or_way_back(tuan, anh, at):
    _token, text = actions.issue_api_token(
        by=anh, user_id=anh.pk, name="phần mềm", lasts=timedelta(days=30), at=at
    )
    actions.deactivate(by=tuan, user_id=anh.pk, at=at)

    anh.refresh_from_db()
    assert not anh.is_active
    assert access.capacities(anh, at) == []
    assert access.user_for_token(text, at) is None
    with pytest.raises(StaffRefused):
        actions.give_post(
            by=tuan, user_id=anh.pk, unit=Post.objects.first().unit, role=Role.CASHIER, at=at
        )
    with pytest.raises(StaffRefused):
        actions.deactivate(by=tuan, user_id=anh.pk, at=at)


class TestApiToken:
    def issue(self, by, user, at, days=30):
        lasts = timedelta(days=days)
        return actions.issue_api_token(by=by, user_id=user.pk, name="quầy", lasts=lasts, at=at)

    def test_only_a_digest_of_the_key_is_kept(self, anh, at):
        token, text = self.issue(anh, anh, at)

        assert bytes(ApiToken.objects.get().digest) == sha256(text.encode()).digest()
        with connection.cursor() as cursor:
            cursor.execute("SELECT t::text FROM people_apitoken t")
            assert text not in cursor.fetchone()[0]
        assert text.startswith("vd_")
        assert text.startswith(token.prefix)
        assert len(token.prefix) < 12

    def test_the_key_opens_until_it_ends_or_is_revoked(self, anh, at):
        token, text = self.issue(anh, anh, at)

        assert access.user_for_token(text, at) == anh
        assert access.user_for_token(text + "x", at) is None
        assert access.user_for_token("", at) is None
        assert access.user_for_token(text, at + timedelta(days=30)) is None
        actions.revoke_api_token(by=anh, token_id=token.pk, at=at)
        assert access.user_for_token(text, at) is None

    def test_others_neither_issue_nor_revoke_it(self, anh, thu, at):
        token, _text = self.issue(anh, anh, at)
        with pytest.raises(NotAllowed):
            self.issue(thu, anh, at)
        with pytest.raises(NotAllowed):
            actions.revoke_api_token(by=thu, token_id=token.pk, at=at)

    def test_it_lasts_a_year_at_most(self, anh, at):
        with pytest.raises(StaffRefused):
            self.issue(anh, anh, at, days=400)

    def test_it_rests_while_the_password_must_be_changed(self, anh, tuan, at):
        _token, text = self.issue(anh, anh, at)
        actions.reset_password(by=tuan, user_id=anh.pk, at=at)

        assert access.user_for_token(text, at) is None
