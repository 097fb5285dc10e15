"""Truths about deals. Each is told the facts and gives the truth, or None where it does not hold or cannot
be known.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from drumbeat.signals.facts import Closed, DealFacts, RepWon, Tally, TeamFacts
from drumbeat.signals.rules.chance import more_than, same_rate
from drumbeat.signals.rules.truth import ManagerNumbers, Truth, share_of
from drumbeat.signals.rules.words import figure, listed, number, percent, sentence, several, whose, years

MIN_CLOSED = 30
AGED_SHARE = 0.05
REP_SHARE = 0.4
REP_SHARE_REPS = 3
REP_SHARE_WON = 10
CHANCE_CLOSED = 30
CHANCE_P = 0.05
LATE_TIMES = 1.5
LATE_P = 0.01


def aged_deals(facts: DealFacts) -> Truth | None:
    """Open deals with a created date whose age exceeds the greatest age at which any deal was ever closed.

    Guard: at least 30 closed deals of known age, and at least 5% of the deals in progress.
    """
    of = sum(team.in_progress for team in facts.teams)
    count = sum(team.aged.count for team in facts.teams)
    if facts.longest_days is None or facts.measured < MIN_CLOSED or not of or count < AGED_SHARE * of:
        return None
    teams = [team for team in facts.teams if team.in_progress]
    ahead = sorted(
        (t for t in teams if t.manager and t.aged.count > AGED_SHARE * t.in_progress),
        key=lambda t: t.aged.count / t.in_progress,
    )[-2:]
    text = f"The longest took {figure(facts.longest_days)} days."
    if len(teams) > 1 and ahead:
        pair = sorted(ahead, key=lambda team: team.manager or "")
        shares = [percent(team.aged.count / team.in_progress) for team in pair]
        each = f"{shares[0]} each" if len(set(shares)) == 1 and len(pair) > 1 else " and ".join(shares)
        text += f" For {listed([str(team.manager) for team in pair])} it is {each}."
    verb = "is" if count == 1 else "are"
    return Truth(
        "aged_deals",
        f"{figure(count)} of {figure(of)} deals in progress {verb} older than any deal you ever closed.",
        text,
        {"count": count, "of": of, "longest_days": facts.longest_days},
        tuple(ManagerNumbers(t.manager, {"count": t.aged.count, "of": t.in_progress}) for t in teams),
        tuple(one for team in facts.teams for one in team.aged.ids),
        how=f"Age on {facts.as_of.isoformat()} against the longest of {figure(facts.measured)} closed deals, "
        "won or lost. Deals without a created date are left out.",
    )


def rep_share(facts: DealFacts) -> Truth | None:
    """One rep brings at least 40% of what a manager's team won within the weeks.

    Guard: at least 3 reps and 10 won deals. Unknown amounts are left out. Without known managers the whole
    company is the team.
    """
    found = [
        (team, rep, share) for team in facts.teams for rep, share in [leading_rep(team)] if share >= REP_SHARE
    ]
    if not facts.managers_known:
        found = found[:1]
    if not found:
        return None
    team, rep, share = max(found, key=lambda each: each[2])
    others = [str(each[0].manager) for each in found if each[0] is not team and each[0].manager]
    text = f"{several(team.reps, 'rep')} in the team, {several(team.won_count, 'won deal')} in these weeks."
    if others:
        text += f" It is more than {percent(REP_SHARE)} in the team of {listed(others)} too."
    return Truth(
        "rep_share",
        f"{rep} alone brings {percent(share)} of what {_team_name(team)} won.",
        sentence(text),
        {"share": share_of(share), "rep": rep, "reps": team.reps},
        tuple(
            ManagerNumbers(t.manager, {"share": share_of(s), "rep": r, "reps": t.reps}) for t, r, s in found
        ),
        tuple(one for t, r, _ in found for one in t.won_by_rep[r].deals.ids),
        how=f"Won amount by close date from {facts.first.isoformat()} to {facts.last.isoformat()}.",
    )


def leading_rep(team: TeamFacts) -> tuple[str, float]:
    """The rep with the largest share of the team's won amount, and the share; 0 where the guard does not
    hold.
    """
    total = sum((rep.amount for rep in team.won_by_rep.values()), Decimal(0))
    if team.reps < REP_SHARE_REPS or team.won_count < REP_SHARE_WON or total <= 0:
        return "", 0.0

    def amount(item: tuple[str, RepWon]) -> Decimal:
        return item[1].amount

    name, won = max(sorted(team.won_by_rep.items()), key=amount)
    return name, float(won.amount / total)


def reps_without_deals(facts: DealFacts) -> Truth | None:
    """Reps without any deal in the files."""
    teams = [team for team in facts.teams if team.reps_without_deals.count]
    count = sum(team.reps_without_deals.count for team in teams)
    of = sum(team.reps for team in facts.teams)
    if not count:
        return None
    names = [one for team in teams for one in team.reps_without_deals.ids]
    verb = "has" if count == 1 else "have"
    return Truth(
        "reps_without_deals",
        sentence(f"{number(count)} of {several(of, 'rep')} {verb} no deal at all."),
        f"{'That is' if count == 1 else 'They are'} {listed(sorted(names))}." if names else "",
        {"count": count, "of": of},
        tuple(ManagerNumbers(t.manager, {"count": t.reps_without_deals.count, "of": t.reps}) for t in teams),
        tuple(names),
        row_kind="reps",
        how="Whoever stands in the people file, leads nobody and owns no deal in the files.",
    )


def win_rate_chance(facts: DealFacts) -> Truth | None:
    """Whether win rates of the twelve months to the day differ by more than chance; says both outcomes.

    Guard: at least two managers with 30 closed deals each (reps, where no manager is known).
    """
    who = "manager" if facts.managers_known else "rep"
    closed = {name: each for name, each in _closed(facts).items() if each.all >= CHANCE_CLOSED}
    if len(closed) < 2:
        return None
    rates = {name: each.won / each.all for name, each in closed.items()}
    low, high = min(rates.values()), max(rates.values())
    p = same_rate([(each.won, each.lost) for each in closed.values()])
    spread = f"Win rates run from {percent(low)} to {percent(high)}"
    crowd = f"{several(len(closed), who)} with the same skill would differ as much in {years(p)}"
    if p >= CHANCE_P:
        title = "Who wins more is chance, so far."
        text = f"{spread}; {crowd}. Compare how they work instead."
    else:
        title = f"The {whose(who + 's')} win rates differ by more than chance."
        text = f"{spread}; {crowd}. Whom they sell to may still explain it."
    by = tuple(
        ManagerNumbers(name, {"win_rate": share_of(rates[name]), "won": each.won, "lost": each.lost})
        for name, each in closed.items()
    )
    return Truth(
        "win_rate_chance",
        title,
        text,
        {"low": share_of(low), "high": share_of(high), "p": share_of(p)},
        by if facts.managers_known else (),
        row_kind="none",
        how="Won against won and lost, by number, deals closed in the twelve months to "
        f"{facts.as_of.isoformat()}, whoever has at least {CHANCE_CLOSED}. Chi-square test, "
        f"exact (Freeman and Halton) where an expected count is under 5: p = {share_of(p)}.",
    )


def _closed(facts: DealFacts) -> Mapping[str, Closed]:
    if facts.managers_known:
        return {team.manager: team.closed for team in facts.teams if team.manager is not None}
    return {rep: closed for team in facts.teams for rep, closed in team.closed_by_rep.items()}


def period_end(facts: DealFacts) -> Truth | None:
    """Deals closed in the last tenth of the quarters' days, in the twelve months to the day, against the
    even share.

    Guard: at least 1.5 times the even share, and exact binomial p under 0.01.
    """
    ends = facts.quarter_ends
    if not ends.closed or not ends.days or not ends.late_days:
        return None
    share, expected = ends.late.count / ends.closed, ends.late_days / ends.days
    if (
        ends.late.count * ends.days < LATE_TIMES * ends.late_days * ends.closed
    ):  # whole numbers: exact at the edge
        return None
    p = more_than(ends.late.count, ends.closed, expected)
    if p >= LATE_P:
        return None
    return Truth(
        "period_end",
        f"{percent(share)} of your deals close in the last tenth of a quarter.",
        f"Spread evenly it would be {percent(expected)}. "
        "What begins just before a quarter’s end looks like a success.",
        {"share": share_of(share), "expected": share_of(expected), "p": share_of(p)},
        rows=ends.late.ids,
        how=f"{figure(ends.late.count)} of {figure(ends.closed)} deals closed in the twelve months to "
        f"{facts.as_of.isoformat()}, on {figure(ends.late_days)} of {figure(ends.days)} days. "
        f"Exact binomial test, one-sided: p = {share_of(p)}.",
    )


FACT_WORDS = {"account": "account", "amount": "amount", "close_date": "close date"}


def unowned_facts(facts: DealFacts) -> Truth | None:
    """Open deals without account, amount or close date; a fact that no file has a column for is left out."""
    missing = [(fact, facts.unowned[fact]) for fact in FACT_WORDS if fact in facts.unowned]
    held = [(fact, tally) for fact, tally in missing if tally.count]
    if not held:
        return None
    text, *more = _lacking(held, facts.open_count)
    return Truth(
        "unowned_facts",
        text,
        f"{sentence(listed(more))}." if more else "",
        {**{fact: tally.count for fact, tally in missing}, "of": facts.open_count},
        tuple(
            ManagerNumbers(team.manager, dict(team.unowned))
            for team in facts.teams
            if any(team.unowned.values())
        ),
        tuple(dict.fromkeys(one for _, tally in held for one in tally.ids)),
        how="Empty, or a word like TBD, in the files.",
    )


def _lacking(held: Sequence[tuple[str, Tally]], of: int) -> list[str]:
    """First the sentence about what most open deals lack, then phrases about the rest."""
    every = [FACT_WORDS[fact] for fact, tally in held if tally.count == of]
    some = sorted((pair for pair in held if pair[1].count < of), key=lambda pair: -pair[1].count)
    phrases = [f"{figure(tally.count)} {_have(tally.count)} no {FACT_WORDS[fact]}" for fact, tally in some]
    if every:
        words = " or ".join(part for part in (", ".join(every[:-1]), every[-1]) if part)
        article = "an" if words[0] == "a" else "a"
        none = f"None of the {figure(of)} open deals has" if of > 1 else "The one open deal does not have"
        return [f"{none} {article} {words}.", *phrases]
    fact, tally = some[0]
    first = f"{figure(tally.count)} of {figure(of)} open deals {_have(tally.count)} no {FACT_WORDS[fact]}."
    return [first, *phrases[1:]]


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _team_name(team: TeamFacts) -> str:
    return f"{whose(team.manager)} team" if team.manager else f"all {several(team.reps, 'rep')}"
