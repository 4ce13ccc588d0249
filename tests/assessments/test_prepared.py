"""Reads that are put into SQL once answer as the QuerySet they were made of."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from assessments.models import Answer, Cycle, Draft
from assessments.prepared import Prepared
from assessments.services.drafts import DraftKey, keep

pytestmark = pytest.mark.django_db


def at(cycles: tuple[int, ...], question: int) -> QuerySet[Answer]:
    rows = Answer.objects.filter(cycle__in=cycles, question=question, version__gte=0)
    return rows.annotate(period=F("cycle__period")).order_by("-pk")


def drafts(page: str) -> QuerySet[Draft]:
    return Draft.objects.filter(page=page)


def shown(rows: object) -> list[tuple[object, ...]]:
    return [(row.pk, row.version, row.period) for row in rows]  # type: ignore[attr-defined]


def test_each_call_finds_the_rows_of_its_own_values(cycle: Cycle) -> None:
    prepared = Prepared(at)
    for question in cycle.questions.values_list("question", flat=True):
        found = prepared((cycle.pk,), question)
        assert found
        assert shown(found) == shown(at((cycle.pk,), question))


def test_it_is_put_together_once_for_each_shape(cycle: Cycle) -> None:
    made: list[tuple[object, ...]] = []

    def make(*values: object) -> QuerySet[Answer]:
        made.append(values)
        return at(*values)  # type: ignore[arg-type]

    prepared = Prepared(make)
    for cycles in [(cycle.pk,), (0,), (cycle.pk, 0), (0, 1, 2), (0, 1, 2, cycle.pk)]:
        prepared(cycles, 1)
    assert [len(cycles) for cycles, _ in made] == [1, 2, 4]  # type: ignore[arg-type]


def test_a_tuple_of_any_length_finds_all_its_rows_and_no_other(cycle: Cycle) -> None:
    question = cycle.questions.first().question_id  # type: ignore[union-attr]
    prepared = Prepared(at)
    for length in range(1, 6):
        cycles = (*range(10**6, 10**6 + length - 1), cycle.pk)
        assert shown(prepared(cycles, question)) == shown(at((cycle.pk,), question))


def test_nothing_is_asked_for_an_empty_tuple(cycle: Cycle) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert Prepared(at)((), 1) == []
    assert not captured


@pytest.mark.parametrize("page", ["question:1.1", "%s", "100% ' \" ; --", "stand-in 0"])
def test_words_are_values_and_never_sql(cycle: Cycle, page: str) -> None:
    user = cycle.council.members.first()
    for name in (page, "another"):
        keep(DraftKey(user.pk, cycle.pk, name), QueryDict(urlencode({"text": name})))
    [draft] = Prepared(drafts)(page)
    assert draft.data == {"text": [page]}


def test_what_it_finds_can_be_saved(cycle: Cycle) -> None:
    [*_, answer] = Prepared(at)((cycle.pk,), cycle.questions.first().question_id)  # type: ignore[union-attr]
    answer.reason = "Changed"
    answer.save()
    assert Answer.objects.get(pk=answer.pk).reason == "Changed"


@pytest.mark.parametrize(
    "make",
    [
        lambda page: Draft.objects.filter(page__contains=page),
        lambda page: Draft.objects.exclude(data={}),
    ],
    ids=["altered", "unused"],
)
def test_a_value_that_is_no_condition_as_it_stands_is_refused(
    make: Callable[[str], QuerySet[Draft]],
) -> None:
    with pytest.raises(ValueError, match="must stand in its conditions"):
        Prepared(make)("question:1.1")


def test_columns_come_as_values_of_python(cycle: Cycle) -> None:
    user = cycle.council.members.first()
    assert user
    keep(DraftKey(user.pk, cycle.pk, "question:1.1"), QueryDict("text=Said"))

    def columns(page: str) -> QuerySet[Draft, tuple[object, ...]]:
        return drafts(page).values_list("saved_at", "data", "cycle__as_at", "pk")

    prepared = Prepared(columns)
    [found] = prepared.tuples("question:1.1")
    assert tuple(found) == columns("question:1.1").get()
    assert prepared.tuples("question:1.2") == []
