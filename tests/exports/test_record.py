"""Reading a cycle into its record: whole, in its order, at a cost that doesn't grow."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Council, Cycle, User
from assessments.record_builder import blank_record, build_history, build_record
from assessments.services.cycles import start_cycle
from benchmarks.models import Toolkit
from tests.exports.small_records import small_record
from tests.volume import fill

pytestmark = pytest.mark.django_db


def cost(cycle: Cycle) -> tuple[int, int]:
    counts = []
    for read in (build_record, build_history):
        cycle = Cycle.objects.get(pk=cycle.pk)  # that has read nothing yet
        with CaptureQueriesContext(connection) as captured:
            read(cycle)
        counts.append(len(captured))
    return counts[0], counts[1]


def test_an_edition_at_hand_makes_the_record_that_one_in_the_database_does(
    toolkit: Toolkit,
) -> None:
    """So that what renders records can be tested without a database."""
    assert small_record() == blank_record("small", "rag")


def test_it_costs_the_same_however_much_is_written(cycle: Cycle, lead: User) -> None:
    """Once there is one of everything: an empty relation spares a query."""
    fill(cycle, lead)
    build_record(cycle)  # and the edition, which a process reads once
    little = cost(cycle)
    fill_again(cycle, lead)
    assert cost(cycle) == little
    assert little[0] <= 10
    assert little[1] <= 5


def fill_again(cycle: Cycle, lead: User) -> None:
    before = cycle.council.actions.count()
    for action in list(cycle.council.actions.prefetch_related("links", "owners", "updates")):
        rows = [*action.links.all(), *action.owners.all(), *action.updates.all()]
        action.pk = None
        action.save()
        for row in rows:
            row.pk, row.action = None, action
            row.save()
    assert cycle.council.actions.count() == 2 * before


def test_history_reaches_up_to_the_cycle(cycle: Cycle, toolkit: Toolkit, lead: User) -> None:
    for year in (2024, 2026):
        start_cycle(
            council=cycle.council,
            toolkit=toolkit,
            scale=toolkit.scales.get(slug="progress"),
            period=str(year),
            as_at=datetime.date(year, 12, 1),
            by=lead,
        )
    assert [(past.period, past.scale_name) for past in build_history(cycle)] == [
        ("2024", "progress"),
        ("2025/26", "rag"),
    ]


def test_history_is_of_one_council(
    cycle: Cycle, southbeck: Council, toolkit: Toolkit, stranger: User
) -> None:
    start_cycle(
        council=southbeck,
        toolkit=toolkit,
        scale=cycle.scale,
        period="2020",
        as_at=datetime.date(2020, 12, 1),
        by=stranger,
    )
    assert [past.period for past in build_history(cycle)] == ["2025/26"]


def test_actions_are_numbered_in_the_order_of_the_questions(cycle: Cycle, lead: User) -> None:
    fill(cycle, lead)
    record = build_record(cycle)
    order = list(record.questions)
    places = [order.index(action.links[0].ref) for action in record.actions]
    assert places == sorted(places)
    assert [action.number for action in record.actions] == list(range(1, len(places) + 1))
