"""Could it be chance? Three tests, each deterministic. SciPy is imported when asked: it takes a quarter of
a second.
"""

from collections.abc import Sequence
from math import comb, lgamma

SMALL_EXPECTED = 5.0
MOST_TABLES = 20_000
DRAWS = 20_000
# Drawn tables that are as probable as the one seen count as extreme; the margin takes up rounding.
_TIE = 1e-7


def same_rate(groups: Sequence[tuple[int, int]]) -> float:
    """The chance that groups with one common rate differ as much as these: p between 0 and 1.

    ``groups`` are (won, lost). Pearson's chi-square without correction where every expected count is at
    least 5 (Cochran's rule), else the exact test of Freeman and Halton with all margins fixed. Groups
    without a deal are left out; one group, or only wins or only losses, give 1.
    """
    seen = [(won, lost) for won, lost in groups if won + lost]
    won, lost = sum(pair[0] for pair in seen), sum(pair[1] for pair in seen)
    if len(seen) < 2 or not won or not lost:
        return 1.0
    if min(sum(pair) for pair in seen) * min(won, lost) / (won + lost) < SMALL_EXPECTED:
        return exact_same_rate(seen)
    from scipy.special import chdtrc

    statistic = 0.0
    for a, b in seen:
        expected = (a + b) * won / (won + lost)
        statistic += (a - expected) ** 2 * (1 / expected + 1 / (a + b - expected))
    return float(chdtrc(len(seen) - 1, statistic))


def exact_same_rate(groups: Sequence[tuple[int, int]]) -> float:
    """Freeman and Halton (1951): the total probability of all tables that are no more probable than the one
    seen.

    Enumerates them; where they are more than 20,000, draws as many with a fixed seed, and the one seen
    counts as a draw, so that p is never 0.
    """
    won, lost = sum(pair[0] for pair in groups), sum(pair[1] for pair in groups)
    wins = [pair[0] if won <= lost else pair[1] for pair in groups]
    sizes, rare = [sum(pair) for pair in groups], min(won, lost)
    if comb(rare + len(sizes) - 1, rare) > MOST_TABLES:
        return _drawn(sizes, wins)
    limit = _product(sizes, wins)
    extreme = 0  # whole numbers throughout: the weights outgrow a float

    def walk(place: int, left: int, weight: int) -> None:
        nonlocal extreme
        if place == len(sizes) - 1:
            weight *= comb(sizes[place], left)
            extreme += weight if weight <= limit else 0
            return
        for take in range(min(left, sizes[place]) + 1):
            walk(place + 1, left - take, weight * comb(sizes[place], take))

    walk(0, rare, 1)
    return extreme / comb(sum(sizes), rare)


def more_than(count: int, of: int, share: float) -> float:
    """Exact binomial, one-sided: the chance of ``count`` or more out of ``of`` where each has the chance
    ``share``.
    """
    from scipy.special import bdtrc

    if count <= 0:
        return 1.0
    return float(bdtrc(count - 1, of, share))


def _product(sizes: Sequence[int], wins: Sequence[int]) -> int:
    product = 1
    for size, take in zip(sizes, wins, strict=True):
        product *= comb(size, take)
    return product


def _drawn(sizes: Sequence[int], wins: Sequence[int]) -> float:
    import numpy as np
    from scipy.special import gammaln

    size = np.asarray(sizes, dtype=float)
    generator = np.random.default_rng(20171231)
    draws = generator.multivariate_hypergeometric(sizes, sum(wins), size=DRAWS)
    weights = (gammaln(size + 1) - gammaln(draws + 1) - gammaln(size - draws + 1)).sum(axis=1)
    seen = sum(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) for n, k in zip(sizes, wins, strict=True))
    return float((1 + (weights - seen <= _TIE).sum()) / (1 + DRAWS))
