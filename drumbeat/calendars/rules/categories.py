"""Which of the nine categories an event's time belongs to, and why. Pure.

In this order: what the owner corrected, outside companies, words, who takes part. What nothing speaks for
stays unknown. The names of the categories are those of the content library's ``attention_categories``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from drumbeat.calendars.rules.facts import Circle, Learned, Occurrence
from drumbeat.calendars.rules.matching import Matcher, Party
from drumbeat.calendars.rules.words import WordList, Words, default_words, plain

COACH, CUSTOMERS, PLAN, TEAM, HIRING = (
    "coach_managers",
    "customers_joint",
    "plan_execution",
    "team_meetings",
    "hiring_bench",
)
SUPPLIERS, FIRES, INTERNAL, LEARNING = "suppliers", "fires", "internal_admin", "own_learning"
CATEGORIES = (COACH, CUSTOMERS, PLAN, TEAM, HIRING, SUPPLIERS, FIRES, INTERNAL, LEARNING)

# Words that outweigh who takes part, in this order: a plan review with one manager is no coaching.
STRONG = (FIRES, HIRING, PLAN, SUPPLIERS)
# What a title says where nobody else is in the event.
ALONE = (FIRES, HIRING, PLAN, SUPPLIERS, CUSTOMERS, TEAM, LEARNING, INTERNAL, COACH)

Answer = tuple[str | None, str]


@dataclass(slots=True)
class Context:
    """What categories are told by: who is who, the words, and what the owner corrected."""

    circle: Circle
    learned: Iterable[Learned] = ()
    owner_address: str = ""
    words: Words = field(default_factory=default_words)
    matcher: Matcher = field(init=False)
    _series: dict[str, str] = field(init=False)
    _domains: dict[str, str] = field(init=False)
    _words: list[tuple[WordList, str]] = field(init=False)

    def __post_init__(self) -> None:
        lessons = [one for one in self.learned if one.category in CATEGORIES]
        self.matcher = Matcher(self.circle, self.owner_address, self.words)
        self._series = {one.value: one.category for one in lessons if one.kind == "series"}
        self._domains = {one.value.lower(): one.category for one in lessons if one.kind == "domain"}
        said = sorted(
            (one for one in lessons if one.kind == "word"), key=lambda one: (-len(one.value), one.value)
        )
        self._words = [(WordList.of([one.value]), one.category) for one in said]

    def learned_answer(self, occurrence: Occurrence, party: Party, title: str) -> Answer | None:
        """What a correction says: of this series, else of one of these companies, else of a word in the
        title.
        """
        if occurrence.uid in self._series:
            return self._series[occurrence.uid], "You put this meeting here yourself."
        for domain in party.outside:
            if domain in self._domains:
                return self._domains[domain], f"You put {domain} here yourself."
        for words, category in self._words:
            found = words.find(title)
            if found:
                return category, f"You put meetings with “{found}” in the title here yourself."
        return None


def categorise(occurrence: Occurrence, context: Context, party: Party | None = None) -> Answer:
    """The category's id, None where unknown, and the reason in plain words.

    The reason holds no word of the title but those of the lists, so that it may be kept where titles are not.
    """
    party = context.matcher.party(occurrence) if party is None else party
    title = plain(occurrence.title)
    learned = context.learned_answer(occurrence, party, title)
    if learned is not None:
        return learned
    if occurrence.private:
        return None, "It is marked as private."
    if party.outside:
        return _with_outsiders(party, title, context)
    if party.people or party.strangers or party.customer:
        return _among_ourselves(party, title, context)
    return _by_words(title, ALONE, context) or (
        None,
        "Nobody else is in it, and its title says nothing known.",
    )


def _with_outsiders(party: Party, title: str, context: Context) -> Answer:
    circle = context.circle
    for domain in party.outside:
        if domain in circle.customers:
            return CUSTOMERS, _at_customer(party, domain)
    for domain in party.outside:
        if domain in circle.suppliers:
            return SUPPLIERS, f"Somebody from {domain}, a supplier."
    by_word = _by_words(title, (HIRING, FIRES, PLAN, SUPPLIERS, CUSTOMERS, LEARNING), context)
    if by_word:
        return by_word
    unsorted = [domain for domain in party.outside if domain not in circle.other]
    if unsorted:
        return None, f"Somebody from {unsorted[0]}, which is not sorted yet."
    return INTERNAL, f"Somebody from {party.outside[0]}, neither customer nor supplier."


def _at_customer(party: Party, domain: str) -> str:
    with_them = [one for one in party.people if one.report is not None]
    if with_them:
        return f"{_names([one.name for one in with_them])} and somebody from {domain}, a customer."
    return f"Somebody from {domain}, a customer; none of your own team."


def _among_ourselves(party: Party, title: str, context: Context) -> Answer:
    """Nobody from another company is in it."""
    if party.customer:
        names = [one.name for one in party.people if one.report is not None]
        return CUSTOMERS, f"A customer is named in the title{', with ' + _names(names) if names else ''}."
    alone_with = party.alone_with
    if alone_with is not None and context.words.one_to_one.find(title):
        return COACH, f"{party.people[0].name} and nobody else: a one-to-one."
    strong = _by_words(title, STRONG, context)
    if strong:
        return strong
    visit = _by_words(title, (CUSTOMERS,), context) if party.from_title else None
    if visit:
        return visit
    if alone_with is not None:
        return COACH, f"{party.people[0].name} and nobody else: a one-to-one."
    weak = _by_words(title, (TEAM, LEARNING), context)
    if weak:
        return weak
    ours = [one for one in party.people if one.report is not None]
    if ours and len(ours) == len(party.people) and not party.strangers:
        return TEAM, f"Only your own team: {_names([one.name for one in ours])}."
    by_word = _by_words(title, (INTERNAL, COACH), context)
    if by_word:
        return by_word
    if party.people or party.strangers > party.unknown:
        return INTERNAL, "Colleagues from your own company, and nobody from another."
    return None, "Nobody in it is known."


def _by_words(title: str, order: tuple[str, ...], context: Context) -> Answer | None:
    for category in order:
        found = context.words.categories[category].find(title)
        if found:
            return category, f"“{found}” in the title."
    return None


def _names(names: list[str]) -> str:
    """``Ana``, ``Ana and Tom``, ``Ana, Tom and 3 others``."""
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
