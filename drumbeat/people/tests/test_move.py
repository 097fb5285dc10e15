"""line.move and line.end."""

from datetime import date, timedelta

import pytest

from drumbeat.journal.models import Entry
from drumbeat.people.actions.lines import LeaderHasLeft, NobodyLeads, end_line, move
from drumbeat.people.models import Person, ReportingLine
from drumbeat.people.reach import Cycle
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.tests.make import TOMORROW, YESTERDAY, last_entry, leaders

DECEMBER = date(2026, 12, 1)


def go(cast, person, leader, day=TODAY):
    move(actor=cast.adam, today=TODAY, person=person, leader=leader, day=day)


class TestMove:
    def test_it_works(self, cast):
        go(cast, cast.mira, cast.tom)
        assert leaders(cast.mira) == {cast.tom.pk, cast.elena.pk}
        assert leaders(cast.mira, YESTERDAY) == {cast.ana.pk, cast.elena.pk}
        entry = last_entry()
        assert (entry.verb, entry.object_id) == ("line.move", cast.mira.pk)
        assert entry.details == {
            "leader": [cast.ana.pk, cast.tom.pk],
            "to": "Tom Okafor",
            "day": TODAY.isoformat(),
        }

    def test_a_planned_move_takes_effect_by_itself(self, cast):
        go(cast, cast.mira, cast.tom, DECEMBER)
        assert cast.ana.pk in leaders(cast.mira)
        assert cast.ana.pk in leaders(cast.mira, date(2026, 11, 30))
        assert leaders(cast.mira, DECEMBER) == {cast.tom.pk, cast.elena.pk}

    def test_a_past_move_leaves_the_days_before(self, cast):
        go(cast, cast.mira, cast.tom, date(2026, 3, 1))
        assert cast.ana.pk in leaders(cast.mira, date(2026, 2, 28))
        assert cast.tom.pk in leaders(cast.mira, date(2026, 3, 1))

    def test_what_is_planned_for_later_stays(self, cast):
        go(cast, cast.mira, cast.tom, DECEMBER)
        go(cast, cast.mira, cast.elena, TODAY)
        assert leaders(cast.mira) == {cast.elena.pk}
        assert cast.tom.pk in leaders(cast.mira, DECEMBER)

    def test_a_team_moves_with_its_manager(self, cast):
        go(cast, cast.ana, cast.tom)
        assert leaders(cast.mira) == {cast.ana.pk, cast.tom.pk, cast.elena.pk}
        assert cast.mira in Person.objects.below(cast.tom.pk, TODAY)
        assert cast.mira not in Person.objects.below(cast.tom.pk, YESTERDAY)

    def test_the_same_leader_again_writes_nothing(self, cast):
        before = Entry.objects.count()
        go(cast, cast.mira, cast.ana)
        assert Entry.objects.count() == before
        assert ReportingLine.objects.filter(member=cast.mira).count() == 1

    def test_there_and_back_again_is_one_line(self, cast):
        go(cast, cast.mira, cast.tom)
        go(cast, cast.mira, cast.ana)
        assert ReportingLine.objects.filter(member=cast.mira).count() == 1

    @pytest.mark.parametrize("day", [date(2020, 1, 1), TODAY, DECEMBER])
    def test_a_cycle_is_refused(self, cast, day):
        with pytest.raises(Cycle, match="Elena Hartmann cannot report to Mira Lund"):
            go(cast, cast.elena, cast.mira, day)
        assert leaders(cast.elena, day) == set()

    def test_a_cycle_with_a_planned_move_is_refused(self, cast):
        go(cast, cast.tom, cast.ana, DECEMBER)
        with pytest.raises(Cycle):
            go(cast, cast.ana, cast.tom, TODAY)

    def test_oneself_is_refused(self, cast):
        with pytest.raises(Cycle, match="cannot report to themselves"):
            go(cast, cast.mira, cast.mira)

    def test_a_leaver_leads_nobody(self, cast):
        with pytest.raises(LeaderHasLeft, match="Lou Berger left on 30 June 2026"):
            go(cast, cast.mira, cast.lou)

    def test_nor_from_a_past_day_until_now(self, cast):
        with pytest.raises(LeaderHasLeft):
            go(cast, cast.mira, cast.lou, date(2026, 3, 1))

    def test_nor_from_a_day_on_which_the_leader_will_have_left(self, cast):
        cast.tom.left_on = date(2026, 11, 30)
        cast.tom.save()
        with pytest.raises(LeaderHasLeft, match="30 November 2026"):
            go(cast, cast.mira, cast.tom, DECEMBER)

    def test_but_a_leaver_did_lead_in_a_past_that_is_over(self, cast):
        go(cast, cast.mira, cast.tom, date(2026, 6, 1))
        go(cast, cast.mira, cast.lou, date(2026, 3, 1))
        assert cast.lou.pk in leaders(cast.mira, date(2026, 5, 31))
        assert cast.lou.pk not in leaders(cast.mira, date(2026, 6, 1))


class TestEnd:
    def end(self, cast, person, day=TODAY):
        end_line(actor=cast.adam, today=TODAY, person=person, day=day)

    def test_it_works(self, cast):
        self.end(cast, cast.mira)
        assert leaders(cast.mira) == set()
        assert leaders(cast.mira, YESTERDAY) == {cast.ana.pk, cast.elena.pk}
        assert last_entry().verb == "line.end"

    def test_what_is_planned_for_later_stays(self, cast):
        go(cast, cast.mira, cast.tom, DECEMBER)
        self.end(cast, cast.mira, TOMORROW)
        assert leaders(cast.mira, TOMORROW) == set()
        assert cast.tom.pk in leaders(cast.mira, DECEMBER)

    def test_a_move_afterwards_begins_anew(self, cast):
        self.end(cast, cast.mira)
        go(cast, cast.mira, cast.tom, TODAY + timedelta(days=7))
        assert leaders(cast.mira, TODAY + timedelta(days=6)) == set()
        assert cast.tom.pk in leaders(cast.mira, TODAY + timedelta(days=7))

    def test_nothing_to_end_is_refused(self, cast):
        with pytest.raises(NobodyLeads, match="Stella Maris reports to nobody"):
            self.end(cast, cast.stella)
