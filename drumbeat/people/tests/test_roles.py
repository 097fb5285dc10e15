"""role.grant and role.revoke."""

from datetime import timedelta

import pytest

from drumbeat.people.actions.roles import (
    GrantedAlready,
    HasLeft,
    ServesNobody,
    ServesOneself,
    UnknownRole,
    grant_role,
    revoke_role,
)
from drumbeat.people.administrators import LastAdministrator
from drumbeat.people.models import RoleGrant
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.tests.make import YESTERDAY, last_entry
from drumbeat.people.viewer import viewer_of

ADMINISTRATOR, HR, DELEGATE = RoleGrant.ADMINISTRATOR, RoleGrant.HR, RoleGrant.DELEGATE


def grant(cast, person, role, for_person=None):
    return grant_role(actor=cast.adam, today=TODAY, person=person, role=role, for_person=for_person)


class TestGrant:
    def test_it_works(self, cast):
        grant(cast, cast.stella, DELEGATE, cast.ana)
        assert viewer_of(cast.stella, TODAY).serves(DELEGATE) == [cast.ana.pk]
        assert not viewer_of(cast.stella, YESTERDAY).serves(DELEGATE)
        assert last_entry().details == {"role": "delegate", "for_person": "Ana Ribeiro"}

    def test_roles_add_up(self, cast):
        grant(cast, cast.dora, HR, cast.tom)
        viewer = viewer_of(cast.dora, TODAY)
        assert viewer.serves(HR) == [cast.tom.pk]
        assert viewer.serves(DELEGATE) == [cast.elena.pk]

    def test_refusals(self, cast):
        for refusal, person, role, for_person in [
            (UnknownRole, cast.stella, "king", None),
            (ServesNobody, cast.stella, HR, None),
            (ServesNobody, cast.stella, ADMINISTRATOR, cast.ana),
            (ServesOneself, cast.ana, DELEGATE, cast.ana),
            (HasLeft, cast.lou, ADMINISTRATOR, None),
            (HasLeft, cast.stella, DELEGATE, cast.lou),
            (GrantedAlready, cast.dora, DELEGATE, cast.elena),
            (GrantedAlready, cast.adam, ADMINISTRATOR, None),
        ]:
            before = RoleGrant.objects.count()
            with pytest.raises(refusal):
                grant(cast, person, role, for_person)
            assert RoleGrant.objects.count() == before


class TestRevoke:
    def revoke(self, cast, person, today=TODAY):
        revoke_role(actor=cast.adam, today=today, grant=RoleGrant.objects.get(person=person))

    def test_it_works_at_once(self, cast):
        self.revoke(cast, cast.dora)
        assert not viewer_of(cast.dora, TODAY).serves(DELEGATE)
        assert viewer_of(cast.dora, YESTERDAY).serves(DELEGATE) == [cast.elena.pk]
        assert last_entry().verb == "role.revoke"

    def test_on_the_same_day_leaves_no_trace_but_the_journal(self, cast):
        grant(cast, cast.stella, ADMINISTRATOR)
        self.revoke(cast, cast.stella)
        assert not RoleGrant.objects.filter(person=cast.stella).exists()

    def test_the_only_administrator_stays(self, cast):
        with pytest.raises(LastAdministrator, match="Adam Roth is the only administrator"):
            self.revoke(cast, cast.adam)

    def test_who_cannot_sign_in_is_no_other_administrator(self, cast):
        grant(cast, cast.joao, ADMINISTRATOR)
        with pytest.raises(LastAdministrator):
            self.revoke(cast, cast.adam)

    def test_with_a_second_one_it_works(self, cast):
        grant(cast, cast.stella, ADMINISTRATOR)
        self.revoke(cast, cast.adam, TODAY + timedelta(days=1))
        assert not viewer_of(cast.adam, TODAY + timedelta(days=1)).is_administrator
