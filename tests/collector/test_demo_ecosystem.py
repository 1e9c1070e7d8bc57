"""The simulated world meets the published figures, and is the same world whoever asks, whenever, from wherever."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from collector.demo.answers.records import Pages
from collector.demo.answers.side_sources import listed
from collector.demo.world import calibration as real
from collector.demo.world import usage
from collector.demo.world.chance import seconds
from collector.demo.world.derivation import RELATIONS
from collector.demo.world.ecosystem import Ecosystem, moment
from warehouse.marts import reference


@pytest.fixture(scope="module")
def world():
    return Ecosystem(models=50_000, datasets=6_000, spaces=8_000, until=date(2026, 9, 2))


@pytest.fixture(scope="module")
def models(world):
    return world.models


@pytest.fixture(scope="module")
def alive(models):
    """Models that are there on the day of the published figures."""
    return models.alive_at_anchor


def share_of(codes, names, alive):
    declared = codes[alive][codes[alive] >= 0]
    return {name: float((declared == number).mean()) for number, name in enumerate(names)}


@pytest.mark.parametrize(
    ("kind", "totals"),
    [("models", real.MODEL_TOTALS), ("datasets", real.DATASET_TOTALS), ("spaces", real.SPACE_TOTALS)],
)
def test_it_grows_through_every_dated_total(world, kind, totals):
    last = max(totals)
    counts = {day: int(world.kinds[kind].is_alive(moment(f"{day}T23:59:59")).sum()) for day in totals}
    for day, total in totals.items():
        assert counts[day] / counts[last] == pytest.approx(total / totals[last], rel=0.03, abs=0.001)


def test_downloads_at_the_anchor_meet_the_published_figures(models, alive):
    recent = models.downloads.last_30_days(alive, usage.ANCHOR_AT)
    ever = models.downloads.all_time(alive, usage.ANCHOR_AT)
    assert (recent > 0).mean() == pytest.approx(real.DOWNLOADED_IN_30_DAYS, abs=0.01)
    assert (ever > 0).mean() == pytest.approx(real.DOWNLOADED_EVER, abs=0.01)
    assert recent.mean() == pytest.approx(real.MEAN_DOWNLOADS, rel=0.02)
    assert ever.mean() == pytest.approx(real.MEAN_ALL_TIME, rel=0.02)
    assert np.median(recent) == 0
    assert np.median(ever) == pytest.approx(real.MEDIAN_ALL_TIME, abs=3)
    assert (ever < 200).mean() == pytest.approx(real.FEWER_THAN_200_EVER, abs=0.02)


def test_downloads_are_as_concentrated_as_published(models, alive):
    recent = np.sort(models.downloads.last_30_days(alive, usage.ANCHOR_AT))[::-1]
    shares = np.cumsum(recent) / recent.sum()
    assert shares[0] == pytest.approx(real.TOP_MODEL_SHARE, abs=0.02)
    assert shares[round(0.01 * len(alive))] == pytest.approx(0.99, abs=0.005)
    assert shares[round(0.015 * len(alive))] == pytest.approx(real.TOP_1_5PCT_SHARE, abs=0.003)


def test_about_a_tenth_of_the_counters_move_in_a_day(models, alive):
    before, after = (models.downloads.all_time(alive, at) for at in (usage.ANCHOR_AT, usage.ANCHOR_AT + 86_400))
    assert (before != after).mean() == pytest.approx(real.COUNTERS_CHANGED_A_DAY, abs=0.02)


def test_downloads_rise_to_a_hundred_million_a_day_in_the_summer_after(world):
    for day, a_day in real.DOWNLOADS_A_DAY.items():
        at = moment(day.isoformat())
        rows = np.flatnonzero(world.models.is_alive(at))
        mean = world.models.downloads.last_30_days(rows, at).mean()
        total = np.interp(seconds(day), [seconds(day) for day in real.MODEL_TOTALS], [*real.MODEL_TOTALS.values()])
        assert mean == pytest.approx(a_day * 30 / total, rel=0.15)


def test_what_uploaders_declare_meets_the_published_shares(models, alive):
    for codes, share in (
        (models.licence_codes, real.LICENCE_DECLARED),
        (models.task, real.TASK_DECLARED),
        (models.library, real.LIBRARY_DECLARED),
        (models.language, real.LANGUAGE_DECLARED),
        (models.lineage.relation, real.BASE_DECLARED),
    ):
        assert (codes[alive] >= 0).mean() == pytest.approx(share, abs=0.01)
    assert models.has_card[alive].mean() == pytest.approx(real.CARD_WRITTEN, abs=0.01)
    licences = share_of(models.licence_codes, models.licence_mix.names, alive)
    assert licences["apache-2.0"] == pytest.approx(0.4442, abs=0.015)
    assert licences["mit"] == pytest.approx(0.1634, abs=0.015)
    assert share_of(models.task, models.task_mix.names, alive)["text-generation"] == pytest.approx(0.4107, abs=0.015)
    libraries = share_of(models.library, models.library_mix.names, alive)
    assert libraries["transformers"] == pytest.approx(0.6317, abs=0.03)
    assert libraries["peft"] == pytest.approx(0.1992, abs=0.015)
    total = sum(real.RELATIONS.values())
    for relation, share in share_of(models.lineage.relation, RELATIONS, alive).items():
        assert share == pytest.approx(real.RELATIONS[relation] / total, abs=0.015)


def test_parameters_meet_the_published_quartiles(models, alive):
    stated = models.parameters[alive][models.parameters[alive] > 0]
    assert len(stated) / len(alive) == pytest.approx(real.PARAMETERS_DECLARED, abs=0.01)
    assert np.quantile(stated, [0.25, 0.5, 0.75]) == pytest.approx([0.124e9, 0.765e9, 6.74e9], rel=0.1)
    assert stated.max() <= 684.53e9


def test_downloads_go_to_the_published_modalities_and_sizes(models, alive):
    recent = models.downloads.last_30_days(alive, usage.ANCHOR_AT)
    modality_of = {row["task_id"]: row["modality"] for row in reference.rows("tasks")}
    modalities = np.array([modality_of[name] for name in models.task_mix.names])
    known = models.task[alive] >= 0
    for modality, share in real.DOWNLOADS_BY_MODALITY.items():
        held = recent[known][modalities[models.task[alive][known]] == modality].sum() / recent[known].sum()
        assert held == pytest.approx(share / 100, abs=0.04)
    sized = models.parameters[alive] > 0
    small = (models.parameters[alive] < 1e9) & sized
    assert recent[small].sum() / recent[sized].sum() == pytest.approx(0.9248, abs=0.04)


def test_hardly_any_of_the_most_downloaded_is_among_the_most_liked(models, alive):
    by_downloads = alive[np.argsort(-models.downloads.last_30_days(alive, usage.ANCHOR_AT))[:25]]
    by_likes = alive[np.argsort(-models.likes.count(alive, usage.ANCHOR_AT))[:25]]
    assert len(np.intersect1d(by_downloads, by_likes)) <= 2


def test_openai_lists_about_as_many_models_as_it_did():
    for day, count in real.OPENAI_LISTED.items():
        assert len(listed(moment(day.isoformat()))) == pytest.approx(count, rel=0.12)


def test_the_same_seed_is_the_same_world_and_another_seed_is_not(world):
    def page(ecosystem):
        rows, _ = ecosystem.listing("models", "downloads", moment("2025-10-23"))
        return Pages(ecosystem, "models").render(rows[:50], ("downloads", "tags"), moment("2025-10-23"))

    same = Ecosystem(models=50_000, datasets=6_000, spaces=8_000, until=date(2026, 9, 2))
    other = Ecosystem(models=50_000, datasets=6_000, spaces=8_000, until=date(2026, 9, 2), seed=7)
    assert page(same) == page(world) != page(other)


def test_a_world_asked_for_until_a_later_day_is_the_same_world_longer(world):
    later = Ecosystem(models=50_000, datasets=6_000, spaces=8_000, until=date(2026, 12, 31))
    at = moment("2026-09-01")
    for kind in world.kinds:
        rows, longer = (ecosystem.listing(kind, "createdAt", at)[0] for ecosystem in (world, later))
        fields = ("tags", "cardData", "createdAt", "likes", "lastModified")
        fields += ("downloads", "downloadsAllTime") if kind != "spaces" else ("models",)
        assert np.array_equal(rows, longer)
        some = rows[::9]
        assert Pages(world, kind).render(some, fields, at) == Pages(later, kind).render(some, fields, at)


def test_all_time_downloads_never_fall_and_agree_with_the_30_day_counter(world):
    rows = np.flatnonzero(world.models.is_alive(moment("2025-01-01")))
    downloads = world.models.downloads
    totals = [downloads.all_time(rows, moment(f"2025-{month:02}-01")) for month in range(1, 13)]
    assert all((later >= earlier).all() for earlier, later in pairwise(totals))
    january_2, february_1 = (downloads.all_time(rows, moment(day)) for day in ("2025-01-02", "2025-02-01"))
    assert np.array_equal(downloads.last_30_days(rows, moment("2025-02-01")), february_1 - january_2)


def test_counters_are_renewed_once_a_day(models, alive):
    morning, evening = moment("2025-10-23T09:00:00"), moment("2025-10-23T23:00:00")
    for at, is_same in ((evening, True), (evening + 43_200, False)):
        same = np.array_equal(models.downloads.all_time(alive, morning), models.downloads.all_time(alive, at))
        assert same is is_same


def test_the_counting_of_dataset_downloads_breaks_in_september_2024(world):
    def total(day):
        rows = np.flatnonzero(world.datasets.is_alive(moment("2024-08-01")))
        return world.datasets.downloads.last_30_days(rows, moment(day)).sum()

    assert total("2024-11-01") > 2 * total("2024-09-01")
    assert total("2025-01-01") < 1.5 * total("2024-11-01")


def test_nothing_is_older_than_the_backfill_and_the_oldest_all_bear_its_moment(models):
    assert models.created.min() == moment(real.BACKFILLED_AT)
    backfilled = (models.created <= moment(real.BACKFILLED_AT) + 1).sum()
    total = real.MODEL_TOTALS[date(2022, 3, 2)] / real.MODEL_TOTALS[date(2026, 9, 1)]
    assert backfilled / models.is_alive(moment("2026-09-01")).sum() == pytest.approx(total, rel=0.05)


def test_a_model_is_built_on_an_older_one_and_parents_are_heavy_tailed(models):
    lineage = models.lineage
    built = np.flatnonzero(lineage.relation >= 0)
    assert (models.created[lineage.parent[built]] <= models.created[built]).all()
    children = np.sort(np.bincount(lineage.parent[built]))[::-1]
    assert 0.03 < children[0] / len(built) < 0.09  # FLUX.1-dev had 33,042 of 573,653 [laufer]


def test_names_are_unique_and_every_author_is_marked_as_simulated(world):
    for repositories in world.kinds.values():
        ids = repositories.ids(repositories.rows[:20_000])
        assert len(set(ids)) == len(ids)
        assert all(name.startswith("sim-") for name in ids)


def test_keys_carry_the_second_of_creation_and_are_unique_over_all_kinds(world):
    keys = [key for repositories in world.kinds.values() for key in repositories.keys(repositories.rows)]
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {24}
    assert [int(key[:8], 16) for key in world.models.keys(world.models.rows[-9:])] == world.models.created[-9:].tolist()
