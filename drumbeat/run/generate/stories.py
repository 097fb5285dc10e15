"""What there is to find in every branch of a made company: the stories, by the manager's place in it.

Numbers hold for the running quarter from its 15th working day on, counted with linear pace (won amount
against target times the share of the manager's working days gone, today included). Earlier in a quarter a
handful of deals decides; then the quarter before carries the same figures in full, and amounts stay
sensible rather than exact. All of it is tested from the rows alone (tests/test_stories.py,
tests/test_calendar.py).

Everywhere: 96 to 99% of plan to date together; 20% of the deals are open, 8 to 20% of these older than any
deal ever closed (230 days at most); some open deals lack account, amount, close or created date; about 23%
of the closings fall into the last tenth of a quarter; managers' win rates differ by less than chance; two
in five accounts order in a rhythm, and one in nine of these has fallen silent. The calendar holds three
weeks with 14 hours of suppliers, an idea clinic that ended, a fortnight of holiday, moved, cancelled and
declined meetings.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """One manager's story: the seat's key, the name in the first branch, pace to date, what the rows show."""

    key: str
    manager: str
    pace: float
    shows: str


STORIES: tuple[Story, ...] = (
    Story("steady", "Ana Ribeiro", 1.04, "met every week; three days at customers together in 13 weeks"),
    Story(
        "optimist",
        "Tom Okafor",
        0.91,
        "30 to 60% of the open deals are past their close date (others under 20%), most of these committed; "
        "more than half of the open deals moved within eight weeks; one one-to-one declined; a rep left 35 "
        "days ago, whose open deals went to colleagues",
    ),
    Story(
        "never_met",
        "Ingrid Solheim",
        1.18,
        "the last three one-to-ones fell out (cancelled, deleted, cancelled), each under a day with a "
        "supplier; nothing but large meetings together in 45 days",
    ),
    Story(
        "trouble",
        "Rahul Menon",
        0.74,
        "steady weeks (weekly results vary by under 45%), so it is more than a bad month; the open deals of "
        "the quarter are worth 1.8 times what is missing",
    ),
    Story("on_plan", "Claire Dubois", 0.99, "a rep who began 33 days ago has no deal at all"),
    Story(
        "promoted",
        "Mateus Almeida",
        0.88,
        "manager for 42 days and before that a rep of the same area; 4 of its 9 won deals since are his own",
    ),
    Story(
        "growing",
        "Joanna Kowalczyk-Wiśniewska",
        1.01,
        "a rep, Piotr Zieliński, won a first deal this week: the Halden frame contract",
    ),
    Story(
        "one_rep",
        "Ben Whitaker",
        0.96,
        "one rep of five brings 42 to 50% of 13 weeks' won amount; another moved from here to the second "
        "manager when the quarter before this began",
    ),
)
