"""The next cycle on a new edition: carried along the mapping, nothing lost."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from assessments.carrying import BETWEEN, characters
from assessments.models import (
    Cycle,
    User,
)
from assessments.progress import progress_of, total
from assessments.services.cycles import PlanChanged, plan_between
from benchmarks.models import Toolkit
from tests.assessments.new_edition.beginning import begin


def benchmarks_of(old: Cycle, number: int) -> set[int]:
    """Where the evidence on an old benchmark went, by the texts."""
    texts = old.statements.filter(question__benchmark__number=number).values("text")
    cycle = old.council.cycles.get(period="2025/26")
    found = cycle.statements.filter(text__in=texts)
    return set(found.values_list("question__benchmark__number", flat=True))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (1, {2}), (2, {1}), (3, {3}), (4, {4}), (5, set()),
        (6, {6}), (7, {5}), (8, {6}), (9, {7}), (10, {7}),
    ],
)  # fmt: skip
def test_evidence_goes_where_the_mapping_says(old: Cycle, new: Cycle, before: int, after: set[int]):
    assert benchmarks_of(old, before) == after


def test_every_carried_text_says_where_it_came_from(old: Cycle, new: Cycle):
    text = old.statements.get(question__ref="6.2").text
    row = new.statements.get(text=text)
    assert row.carried_from == "benchmark 6, question 6.2 of 2024/25"
    assert (row.question.ref, row.covers, row.to_confirm) == ("6.1", [], True)
    for rows in (new.statements, new.evidence_items, new.action_links):
        assert not rows.filter(to_confirm=False).exists()
        assert not rows.exclude(carried_from__endswith=" of 2024/25").exists()


def test_lines_of_merged_benchmarks_are_joined(old: Cycle, new: Cycle):
    sixth, eighth = (old.benchmarks.get(benchmark__number=number) for number in (6, 8))
    row = new.benchmarks.get(benchmark__number=6)
    assert row.actions == f"{sixth.actions}{BETWEEN}{eighth.actions}"
    assert row.carried_from == "benchmarks 6 and 8 of 2024/25"
    assert row.to_confirm


def test_of_joined_lines_the_strictest_reader_counts(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    old.benchmarks.filter(benchmark__number=6).update(actions_sensitivity="exempt-3")
    old.benchmarks.filter(benchmark__number=9).update(comments_sensitivity="exempt-3")
    old.benchmarks.filter(benchmark__number=10).update(comments_sensitivity="exempt-7")
    cycle = begin(old, editions["home-office-2023"], lead)
    assert cycle.benchmarks.get(benchmark__number=6).actions_sensitivity == "exempt-3"
    assert cycle.benchmarks.get(benchmark__number=7).comments_sensitivity == "not-for-publication"


def test_ratings_are_not_converted(new: Cycle):
    assert not new.benchmarks.filter(rating__isnull=False).exists()
    assert not new.answers.filter(rating__isnull=False).exists()
    assert total(progress_of(new)[new.pk]).answered == 0


def test_a_rating_comes_along_where_benchmark_and_scale_stayed_the_same(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    score = editions["home-office-2018"].scales.get(slug="score")
    Cycle.objects.filter(pk=old.pk).update(scale=score)
    four = score.levels.get(slug="4")
    old.benchmarks.update(rating=four)
    cycle = begin(Cycle.objects.get(pk=old.pk), editions["home-office-2023"], lead)
    rated = {row.benchmark.number: row.rating for row in cycle.benchmarks.all()}
    assert [number for number, rating in rated.items() if rating] == [1, 2, 3, 4, 5]
    row = cycle.benchmarks.get(benchmark__number=1)
    assert (row.rating.label, row.to_confirm, row.is_decided) == (four.label, True, False)


def test_an_open_action_stays_one_record_and_completed_ones_stay_behind(old: Cycle, new: Cycle):
    carried = new.action_links.select_related("action")
    assert {link.action.status for link in carried} == {"in-progress"}
    assert old.council.actions.count() == old.action_links.count()
    at_channel = old.action_links.filter(question__benchmark__number=5).values("action")
    assert not carried.filter(action__in=at_channel).exists()


def test_characters_carried_and_left_behind_are_those_of_the_source(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    toolkit = editions["home-office-2023"]
    plan = plan_between(old, toolkit, toolkit.default_scale)
    source = (
        sum(len(row.text) for row in old.statements.all())
        + sum(len(r.title) + len(r.url) + len(r.reference) for r in old.evidence_items.all())
        + sum(len(r.actions) + len(r.comments) + len(r.reason) for r in old.benchmarks.all())
        + sum(len(row.reason) for row in old.answers.all())
        + sum(len(action.text) for action in old.council.actions.all())
    )
    assert characters(plan.carried) + characters(plan.left_behind) == source
    assert plan.left_behind
    assert all(piece.why for piece in plan.left_behind)

    new = begin(old, toolkit, lead)
    joins = len(BETWEEN) * 2 * 2  # two lines of two merged pairs each
    written = (
        sum(len(row.text) for row in new.statements.all())
        + sum(len(r.title) + len(r.url) + len(r.reference) for r in new.evidence_items.all())
        + sum(len(r.actions) + len(r.comments) + len(r.reason) for r in new.benchmarks.all())
        + sum(len(link.action.text) for link in new.action_links.all())
    )
    assert written - joins == characters(plan.carried)


def test_lines_too_long_to_be_joined_are_listed_as_left_behind(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    old.benchmarks.filter(benchmark__number__in=[6, 8]).update(comments="z" * 15_000)
    toolkit = editions["home-office-2023"]
    plan = plan_between(old, toolkit, toolkit.default_scale)
    (piece,) = [each for each in plan.left_behind if "too long" in each.why]
    assert (piece.number, piece.characters) == (8, 15_000)
    new = begin(old, toolkit, lead)
    assert len(new.benchmarks.get(benchmark__number=6).comments) == 15_000


def test_without_a_mapping_it_says_so(old: Cycle, toolkit: Toolkit, lead: User):
    with pytest.raises(ValidationError, match="Nothing says what became of"):
        begin(old, toolkit, lead)
    assert Cycle.objects.count() == 1


def test_what_changed_since_the_preview_is_not_written(
    old: Cycle, editions: dict[str, Toolkit], lead: User
):
    toolkit = editions["home-office-2023"]
    seen = plan_between(old, toolkit, toolkit.default_scale).digest
    old.statements.filter(question__ref="1.1").update(text="Other words.")
    with pytest.raises(PlanChanged):
        begin(old, toolkit, lead, previewed=seen)
    assert Cycle.objects.count() == 1


def test_it_costs_the_same_however_much_is_carried(
    old: Cycle, editions: dict[str, Toolkit], lead: User, django_assert_max_num_queries: Any
):
    with django_assert_max_num_queries(60):
        begin(old, editions["home-office-2023"], lead)
