"""Downloads and likes of each repository at any moment, fitted to the published figures.

All-time downloads are one smooth rising curve per repository, cut to whole numbers: first users soon after the upload,
then a lasting use that grows, shrinks and sways. The 30-day counter is that curve's own last 30 days, so the two agree.
Below the curves: how many downloads and likes each repository gets, the most popular first.
"""

from dataclasses import dataclass, field

import numpy as np

from collector.demo.world import calibration as real
from collector.demo.world.arrivals import BACKFILL, DAY, YEAR
from collector.demo.world.calibration import ANCHOR, DATASET_COUNTED_BEFORE_BREAK, DATASET_COUNTING_BREAK
from collector.demo.world.chance import Floats, Ints, bits, log_log, normal, seconds, through, uniform

REFRESHED_AT = 8 * 3_600  # the Hub renews its counters once a day, mostly 07-09 UTC (seen on 176 days of 2026)
WINDOW = 30 * DAY


def refreshed(at: int) -> int:
    """The moment of the counters that are shown at a moment."""
    return (at - REFRESHED_AT) // DAY * DAY + REFRESHED_AT


@dataclass
class Downloads:
    """The curves of one kind; `rate` and `first_users` are fitted below, the rest is chance.

    rate: lasting downloads in 30 days around ANCHOR, or a month after creation if that is later.
    first_users: downloads that come in the first weeks, and with them the hits of long ago.
    """

    seed: int
    kind: str
    created: Ints
    rate: Floats
    first_users: Floats
    growth_a_year: float
    _now: tuple[Ints, int, Ints] | None = field(default=None, init=False, repr=False)

    def all_time(self, rows: Ints, at: int) -> Ints:
        """One page asks for both counters in turn, and both need the state of now: it is kept for the second."""
        now = refreshed(at)
        kept = self._now
        if kept is None or kept[0] is not rows or kept[1] != now:
            self._now = kept = (rows, now, self._whole(rows, now))
        return kept[2]

    def last_30_days(self, rows: Ints, at: int) -> Ints:
        return self.all_time(rows, at) - self._whole(rows, refreshed(at) - WINDOW)

    def _whole(self, rows: Ints, at: int) -> Ints:
        count = self.lasting(rows, at) * self.rate[rows] + self.early(rows, at) * self.first_users[rows]
        return np.floor(count + uniform(self.seed, self.kind + " phase", rows)).astype(np.int64)

    def early(self, rows: Ints, at: int) -> Floats:
        """Share (0-1) of the first users that have come."""
        pace = DAY * 60.0 ** uniform(self.seed, self.kind + " haste", rows)
        age = np.maximum(self._clock(at) - self._clock(self.created[rows]), 0.0)
        return 1.0 - np.exp(-age / pace)

    def lasting(self, rows: Ints, at: int) -> Floats:
        """What a rate of 1 has brought since the beginning: the integral of growth times sway."""
        created = self.created[rows]
        # Older than the Hub's dates: their downloads began up to three years before.
        began = np.where(
            created < BACKFILL + 2, created - 3 * YEAR * uniform(self.seed, self.kind + " age", rows), created
        )
        reference = np.maximum(float(seconds(ANCHOR)), created + WINDOW)
        growth = np.clip(self.growth_a_year + 0.35 * normal(self.seed, self.kind + " growth", rows), -1.0, 1.2)
        growth = np.where(np.abs(growth) < 0.02, 0.02, growth)
        sway = 0.3 * uniform(self.seed, self.kind + " sway", rows)
        pulse = 2 * np.pi / (0.2 + 0.8 * uniform(self.seed, self.kind + " pulse", rows))
        phase = 2 * np.pi * uniform(self.seed, self.kind + " start", rows)

        def antiderivative(moment: Floats) -> Floats:
            t = (moment - reference) / YEAR
            turn = pulse * t + phase
            swaying = sway * (growth * np.sin(turn) - pulse * np.cos(turn)) / (growth**2 + pulse**2)
            return np.exp(growth * t) * (1 / growth + swaying)

        until = np.maximum(self._clock(at), self._clock(began))
        return (antiderivative(until) - antiderivative(self._clock(began))) * (YEAR / WINDOW)

    def _clock(self, moment: Floats | Ints | int) -> Floats:
        """The counter's own time: for datasets it ran slower before September 2024, when less was counted."""
        if self.kind != "datasets":
            return np.asarray(moment, float)
        turn = seconds(DATASET_COUNTING_BREAK)
        return np.where(moment < turn, turn - (turn - moment) * DATASET_COUNTED_BEFORE_BREAK, moment)


@dataclass
class Likes:
    """Likes come with the first attention and then trickle in; a few are taken back."""

    seed: int
    kind: str
    created: Ints
    level: Floats
    """Likes that a repository will have in the end."""

    def count(self, rows: Ints, at: int) -> Ints:
        # 2 to 11 of 530 trending models lose likes on a day (recorded listings of 2026).
        week = bits(self.seed, f"{self.kind} taken back {at // (7 * DAY)}", rows)
        taken_back = np.where((week & np.uint64(31)) == 0, (week >> np.uint64(8)) % np.uint64(4), 0).astype(np.int64)
        left: Ints = np.maximum(np.floor(self._given(rows, at)).astype(np.int64) - taken_back, 0)
        return left

    def trending(self, rows: Ints, at: int) -> Floats:
        """Likes of the last week, in halves: the Hub's own score is not documented."""
        return np.floor(2 * (self._given(rows, at) - self._given(rows, at - 7 * DAY))) / 2

    def _given(self, rows: Ints, at: int) -> Floats:
        patience = 20 * 20.0 ** uniform(self.seed, self.kind + " patience", rows)
        age = np.maximum(refreshed(at) - self.created[rows], 0) / DAY
        return self.level[rows] * (1.0 - np.exp(-age / patience))


ANCHOR_AT = seconds(real.ANCHOR) + DAY // 2
# Lasting downloads in 30 days by standing (0 the most, 1 the least downloaded), below the head. Fitted by trial: with
# first users of new repositories they meet DOWNLOADED_IN_30_DAYS, COUNTERS_CHANGED_A_DAY and TOP_1_5PCT_SHARE.
RATES = {0.015: 300.0, 0.03: 44.0, 0.1: 5.5, 0.25: 1.0, 0.355: 0.2, 0.5: 0.03}
HEAD = 0.015
# First users, log-normal: fitted by trial to MEDIAN_ALL_TIME and FEWER_THAN_200_EVER.
FIRST_USERS = 3.87
FIRST_USERS_SPREAD = 1.4
# Hits of long ago that nobody downloads any more: one model had 71,152,684 all-time downloads and 1 in 30 days [stats].
OLD_HITS = 0.02
# No figure published.
FOLLOWERS_BEHIND = 0.0015
OLD_HITS_BEFORE = ANCHOR_AT - 2 * YEAR
GROWTH_A_YEAR = {"models": 0.36, "datasets": 0.3}


@dataclass(frozen=True)
class Level:
    """How much a kind is downloaded on average at ANCHOR, in 30 days and ever."""

    downloads: float
    all_time: float


LEVELS = {
    "models": Level(real.MEAN_DOWNLOADS, real.MEAN_ALL_TIME),
    "datasets": Level(real.MEAN_DATASET_DOWNLOADS, real.MEAN_DATASET_ALL_TIME),
}


def standings(seed: int, kind: str, created: Ints, removed: Ints, *, leaders: Ints, followers: Ints) -> Floats:
    """Where each repository stands by downloads: 0 the most, 1 the least, evenly spread over those alive at ANCHOR.

    leaders: rows that lead, in that order (-1: not in this world); every other place among them is left to chance.
    followers: rows that do not get among the very first, as a model built on another seldom does.
    """
    standing = uniform(seed, kind + " standing", np.arange(len(created)))
    standing[followers] = np.maximum(standing[followers], FOLLOWERS_BEHIND)
    alive = np.flatnonzero((created <= ANCHOR_AT) & (removed > ANCHOR_AT))
    _lead(standing, leaders, np.arange(len(leaders)) * 1.6 / len(alive))
    # What comes after ANCHOR ranks below those who lead then: in 2026 none of the top 25 was made that year [summer].
    late = np.setdiff1d(np.flatnonzero(created > ANCHOR_AT - 60 * DAY), leaders)
    standing[late] = np.maximum(standing[late], 12 / len(alive))
    standing[alive[np.argsort(standing[alive], kind="stable")]] = (np.arange(len(alive)) + 0.5) / len(alive)
    return standing


def downloads(seed: int, kind: str, created: Ints, removed: Ints, standing: Floats) -> Downloads:
    """The curves that meet the mean, the concentration and the share of zeros at ANCHOR."""
    rows = np.arange(len(created))
    ever = standing < real.DOWNLOADED_EVER
    first = np.exp(FIRST_USERS + FIRST_USERS_SPREAD * normal(seed, kind + " first users", rows))
    curves = Downloads(
        seed,
        kind,
        created,
        rate=np.where(ever & (standing < max(RATES)), log_log(RATES, np.maximum(standing, HEAD)), 0.0),
        first_users=np.where(ever, first, 0.0),
        growth_a_year=GROWTH_A_YEAR[kind],
    )
    alive = np.flatnonzero((created <= ANCHOR_AT) & (removed > ANCHOR_AT))
    level = LEVELS[kind]
    _fit_head(curves, alive, standing, level.downloads * len(alive))
    _fit_old_hits(curves, alive, level.all_time * len(alive))
    return curves


def likes(seed: int, kind: str, created: Ints, *, leaders: Ints, size: float) -> Likes:
    """Levels by a standing of their own: of the top 25 by downloads and by likes one is the same [summer].

    size: repositories alive on SIZE_DATE; leaders: rows that are known, the best known first (-1: none).
    """
    standing = uniform(seed, kind + " likes", np.arange(len(created)))
    rank = np.arange(len(leaders)) * np.exp(0.5 * normal(seed, kind + " fame", leaders))
    _lead(standing, leaders, (2.0 * rank + uniform(seed, kind + " early fame", leaders)) / size)
    most, share = real.MOST_LIKES[kind], real.LIKED_SHARE[kind]
    # 2,039 the 50th, then thinning out to a single like; a small world keeps the first ranks and skips the middle.
    knots = {1 / size: most, 10 / size: most * 0.36, 50 / size: most * 0.15}
    knots = {at: value for at, value in knots.items() if at < share / 40} | {share / 4: 6.0, share: 1.2}
    level = np.where(standing < share, log_log(knots, standing), 0.0)
    return Likes(seed, kind, created, level)


def _lead(standing: Floats, leaders: Ints, places: Floats) -> None:
    """Puts the leaders that there are at their places."""
    standing[leaders[leaders >= 0]] = places[leaders >= 0]


def _fit_head(curves: Downloads, alive: Ints, standing: Floats, total: float) -> None:
    """Sets the rates of the most downloaded so that they hold the published shares of `total` at ANCHOR."""
    size = len(alive)
    hundredth = max(0.01 * size, 3.0)  # a world of a few hundred has a head all the same
    rank_200 = hundredth ** (np.log(200) / np.log(0.01 * real.TOP_200_OF))
    knots = {1.0: real.TOP_MODEL_SHARE, rank_200: real.TOP_200_SHARE, hundredth: real.TOP_1PCT_SHARE}
    knots[1.5 * hundredth] = real.TOP_1_5PCT_SHARE
    ranks = np.arange(1, int(1.5 * hundredth) + 1)
    held = through(np.log([*knots]), [*knots.values()], np.log(ranks))
    shares = np.sort(np.minimum(np.diff(held, prepend=0.0), real.TOP_MODEL_SHARE))[::-1]

    window = _window(curves, alive)
    head = alive[np.argsort(standing[alive], kind="stable")[: len(ranks)]]
    in_head = np.isin(alive, head, assume_unique=True)
    rest = (curves.rate[alive] * window.lasting + curves.first_users[alive] * window.early)[~in_head].sum()
    wanted = (total - rest) * shares / shares.sum()
    # What a rate of 1 brings in these 30 days; a repository that is younger than that is not made up for it.
    brought = np.maximum(_window(curves, head).lasting, 0.3)
    curves.rate[head] = np.maximum(wanted - curves.first_users[head] * _window(curves, head).early, 0.0) / brought
    later = np.flatnonzero(standing < HEAD)
    later = later[~np.isin(later, head)]
    curves.rate[later] = np.exp(np.interp(np.log(standing[later]), np.log((ranks - 0.5) / size), np.log(wanted)))


def _fit_old_hits(curves: Downloads, alive: Ints, total: float) -> None:
    """Gives what is missing to `total` all-time downloads to old repositories that are hardly downloaded any more."""
    rows = np.arange(len(curves.created))
    chance = uniform(curves.seed, curves.kind + " old hit", rows)
    hits = np.flatnonzero((chance < OLD_HITS) & (curves.created < OLD_HITS_BEFORE) & (curves.first_users > 0))
    hits = hits[curves.rate[hits] < RATES[HEAD]]
    so_far = (curves.rate[alive] * curves.lasting(alive, ANCHOR_AT)).sum()
    so_far += (curves.first_users[alive] * curves.early(alive, ANCHOR_AT)).sum()
    size = (OLD_HITS / chance[hits]) ** 0.6
    missing = max(total - so_far, 0.0)
    curves.first_users[hits] += size / size[np.isin(hits, alive)].sum() * missing


@dataclass(frozen=True)
class _Window:
    """What came in the 30 days before ANCHOR, for a rate or a first user of 1."""

    lasting: Floats
    early: Floats


def _window(curves: Downloads, rows: Ints) -> _Window:
    before = ANCHOR_AT - 30 * DAY
    return _Window(
        lasting=curves.lasting(rows, ANCHOR_AT) - curves.lasting(rows, before),
        early=curves.early(rows, ANCHOR_AT) - curves.early(rows, before),
    )
