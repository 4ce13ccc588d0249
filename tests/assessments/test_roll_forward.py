"""The next cycle starts from the last one, and nothing carried counts until it is confirmed."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from assessments.models import ActionStatus, Council, Cycle, User
from assessments.presenters.check import Check, Kind
from assessments.presenters.cycle_rows import CycleRows
from assessments.presenters.dashboard_rows import DashboardRows
from assessments.presenters.judgement import BenchmarkPage
from assessments.presenters.workload import share_lines
from assessments.progress import QuestionStatus, judgements_of, progress_of, total
from assessments.record_builder import build_history, build_record
from assessments.services.cycles import start_cycle
from benchmarks.models import Toolkit
from tests.carrying import NEXT_YEAR, answer
from tests.cast import SignIn


def test_everything_said_comes_along_to_be_confirmed(carried: Cycle):
    statements = carried.statements.values_list("text", "covers", "sensitivity", "to_confirm")
    assert list(statements) == [
        ("A profile is kept.", [1, 3], "exempt-7", True),
        ("The board asks.", [], "public", True),
    ]
    item = carried.evidence_items.get()
    assert (item.title, item.dated_on) == ("Local profile", datetime.date(2025, 6, 1))
    rated = answer(carried, "1.1", 2)
    assert (rated.rating.slug, rated.to_confirm, rated.is_decided) == ("amber", True, False)
    excused = answer(carried, "2.1")
    assert (excused.not_applicable, excused.reason, excused.to_confirm) == (
        True,
        "None here.",
        True,
    )
    judged = carried.benchmarks.get(benchmark__number=1)
    assert (judged.rating.slug, judged.actions, judged.comments, judged.reason) == (
        "green",
        "Share it",
        "Read each quarter",
        "We know.",
    )
    assert judged.to_confirm


def test_it_says_where_it_came_from_and_who_carried_it(carried: Cycle, lead: User):
    rows = [answer(carried, "1.1", 1), *carried.statements.all(), *carried.evidence_items.all()]
    for row in [*rows, *carried.action_links.all(), carried.benchmarks.get(benchmark__number=1)]:
        assert row.carried_from == "2025/26"
        assert row.history.first().history_user == lead


def test_what_said_nothing_stays_untouched(carried: Cycle):
    blank = answer(carried, "2.2", 1)
    assert (blank.version, blank.to_confirm, blank.carried_from) == (0, False, "")
    assert blank.history.count() == 0
    assert carried.benchmarks.get(benchmark__number=2).version == 0


def test_an_open_action_lives_on_as_one_record_and_a_completed_one_stays_behind(
    last: Cycle, carried: Cycle
):
    (link,) = carried.action_links.select_related("action")
    assert link.action.status == ActionStatus.IN_PROGRESS
    assert set(link.action.links.values_list("cycle", flat=True)) == {last.pk, carried.pk}
    assert last.council.actions.count() == 2
    assert last.action_links.count() == 2


def test_nothing_carried_counts_as_answered(carried: Cycle):
    questions = progress_of(carried)[carried.pk]
    assert total(questions).answered == 0
    assert {each.status for each in questions} == {QuestionStatus.NOT_STARTED}
    first = next(each for each in questions if each.ref == "1.1")
    assert first.tally.to_confirm == 3 + 2 + 1 + 1  # ratings, evidence, document, action
    assert not first.has_evidence
    assert [each.to_confirm for each in judgements_of(carried)[carried.pk]] == [True, False]
    assert not any(each.colour for each in judgements_of(carried)[carried.pk])


def test_nothing_carried_counts_towards_a_suggestion(carried: Cycle):
    page = BenchmarkPage(carried, 1)
    assert not page.suggestion.is_made
    assert "3 of 3 answers" in page.suggestion.says
    assert page.open_actions == {}


def test_every_thing_to_confirm_is_a_gap_where_it_can_be_confirmed(carried: Cycle):
    check = Check(CycleRows(carried))
    gaps = [gap for each in check.benchmarks for line in each.lines for gap in line.gaps]
    waiting = [(gap.ref, gap.words) for gap in gaps if gap.kind is Kind.TO_CONFIRM]
    assert waiting == [
        ("", "judgement"),
        ("1.1", "prompt 1"),
        ("1.1", "prompt 2"),
        ("1.1", "prompt 3"),
        ("1.1", "evidence for prompt 1"),
        ("1.1", "evidence"),
        ("1.1", "Local profile"),
        ("1.1", "Share it"),
        ("2.1", "the question"),
    ]
    assert (9, "things are still to confirm") in check.counts


def test_every_such_gap_leads_to_a_page_that_has_the_place(client: Client, carried: Cycle):
    check = Check(CycleRows(carried))
    gaps = [gap for each in check.benchmarks for line in each.lines for gap in line.gaps]
    for gap in gaps:
        page, _, place = gap.href.partition("#")
        shown = client.get(page).content.decode()
        assert not place or f'id="{place}"' in shown, gap.href


def test_the_record_and_the_years_beside_it_show_no_decision(carried: Cycle):
    record = build_record(carried)
    decision = record.benchmarks[0].decision
    assert (decision.is_decided, decision.label) == (False, "To confirm: rated Green")
    assert record.has_to_confirm
    this_year = build_history(carried)[-1]
    assert [each.decision.is_decided for each in this_year.ratings] == [False, False]


def test_a_rating_on_another_scale_is_shown_not_converted(last: Cycle, lead: User):
    cycle = start_cycle(
        council=last.council,
        toolkit=last.toolkit,
        scale=last.toolkit.scales.get(slug="progress"),
        start_from=last,
        **NEXT_YEAR,
        by=lead,
    )
    assert not cycle.answers.filter(rating__isnull=False).exists()
    assert answer(cycle, "2.1").not_applicable
    judged = cycle.benchmarks.get(benchmark__number=1)
    assert (judged.rating, judged.comments, judged.to_confirm) == (None, "Read each quarter", True)


def test_it_costs_the_same_however_much_is_carried(
    last: Cycle, lead: User, django_assert_max_num_queries: Any
):
    statement = last.statements.first()
    for _ in range(40):
        statement.pk = None
        statement.save()
    with django_assert_max_num_queries(45):
        start_cycle(
            council=last.council,
            toolkit=last.toolkit,
            scale=last.scale,
            start_from=last,
            **NEXT_YEAR,
            by=lead,
        )


@pytest.mark.parametrize("as_at", [datetime.date(2025, 12, 1), datetime.date(2024, 1, 1)])
def test_it_can_only_start_from_an_earlier_position(last: Cycle, lead: User, as_at: datetime.date):
    with pytest.raises(ValidationError, match="must be after that of 2025/26"):
        start_cycle(
            council=last.council,
            toolkit=last.toolkit,
            scale=last.scale,
            start_from=last,
            period="2026/27",
            as_at=as_at,
            by=lead,
        )


def test_a_cycle_of_another_council_is_nothing_to_start_from(
    last: Cycle, southbeck: Council, stranger: User
):
    with pytest.raises(ValidationError, match="another council"):
        start_cycle(
            council=southbeck,
            toolkit=last.toolkit,
            scale=last.scale,
            start_from=last,
            **NEXT_YEAR,
            by=stranger,
        )


# On the pages -------------------------------------------------------------------------------
START = "/councils/northmere/cycles/start/"


def typed(toolkit: Toolkit, **changes: str) -> dict[str, str]:
    return {
        "scale": str(toolkit.scales.get(slug="rag").pk),
        "period": "2026/27",
        "as_at_0": "1",
        "as_at_1": "12",
        "as_at_2": "2026",
        **changes,
    }


@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def test_starting_from_the_last_cycle_is_offered_first(client: Client, last: Cycle):
    page = client.get(START).content.decode()
    assert "Start from 2025/26" in page
    (ticked,) = re.findall(r'<input[^>]*name="start_from"[^>]*checked[^>]*>', page)
    assert f'value="{last.pk}"' in ticked
    assert "Start empty" in page


def test_a_council_without_a_cycle_is_not_asked(client: Client, toolkit: Toolkit):
    assert "What to start from" not in client.get(START).content.decode()


def test_a_lead_starts_from_the_last_cycle(client: Client, last: Cycle):
    client.post(START, typed(last.toolkit, start_from=str(last.pk)))
    cycle = Cycle.objects.get(period="2026/27")
    assert cycle.statements.filter(to_confirm=True).count() == 2


def test_a_lead_starts_empty(client: Client, last: Cycle):
    client.post(START, typed(last.toolkit, start_from="empty"))
    cycle = Cycle.objects.get(period="2026/27")
    assert not cycle.statements.exists()


@pytest.mark.parametrize("wanted", ["0", "999999", "=1"])
def test_only_the_last_cycle_can_be_started_from(client: Client, last: Cycle, wanted: str):
    page = client.post(START, typed(last.toolkit, start_from=wanted)).content.decode()
    assert "Choose what to start from" in page
    assert Cycle.objects.count() == 1


def test_a_position_no_later_is_explained_at_its_field(client: Client, last: Cycle):
    data = typed(last.toolkit, start_from=str(last.pk), as_at_2="2025", period="2025")
    page = client.post(START, data).content.decode()
    assert 'href="#id_as_at_0"' in page
    assert "must be after that of 2025/26, 1 December 2025" in page


def test_home_and_task_list_count_what_waits(client: Client, carried: Cycle):
    home = client.get("/councils/northmere/").content.decode()
    assert "9 to confirm" in home
    assert f"/cycles/{carried.pk}/?show=to-confirm" in home
    address = f"/councils/northmere/cycles/{carried.pk}/"
    page = client.get(f"{address}?show=to-confirm").content.decode()
    assert "To confirm (2)" in page
    assert "7 to confirm" in page
    assert "To confirm: rated Green" in page
    assert f"{address}questions/1.1/" in page
    assert f"{address}questions/2.2/" not in page


def test_the_filter_shows_a_benchmark_whose_judgement_alone_waits(client: Client, carried: Cycle):
    for rows in (carried.answers, carried.statements, carried.evidence_items, carried.action_links):
        rows.update(to_confirm=False)
    address = f"/councils/northmere/cycles/{carried.pk}/?show=to-confirm"
    page = client.get(address).content.decode()
    assert "1. Local risk" in page
    assert "2. Training" not in page


def test_the_task_list_says_when_nothing_is_left(client: Client, cycle: Cycle):
    address = f"/councils/northmere/cycles/{cycle.pk}/"
    assert "To confirm" not in client.get(address).content.decode()
    page = client.get(f"{address}?show=to-confirm").content.decode()
    assert "Nothing is left to confirm." in page


def test_the_dashboard_names_what_waits(client: Client, carried: Cycle):
    page = client.get(f"/councils/northmere/cycles/{carried.pk}/dashboard/").content.decode()
    assert "items still to confirm" in page
    assert "0 Green" not in page


def test_a_question_with_evidence_to_confirm_is_not_completed_on_the_dashboard(carried: Cycle):
    carried.answers.update(to_confirm=False)
    (line,) = share_lines(DashboardRows(carried))
    assert (line.answers.answered, line.questions.answered) == (4, 1)  # 2.1; 1.1 has evidence


def test_the_front_sheet_says_to_confirm(client: Client, carried: Cycle):
    page = client.get(f"/councils/northmere/cycles/{carried.pk}/front-sheet/").content.decode()
    assert "To confirm: rated Green" in page


def test_the_cycle_before_stands_beside_the_question(client: Client, carried: Cycle):
    page = client.get(f"/councils/northmere/cycles/{carried.pk}/questions/1.1/").content.decode()
    assert "What you said in 2025/26" in page
    assert page.count("From 2025/26.") == 3 + 2 + 1 + 1
    assert "Everything here is still right" in page


def test_history_tells_that_it_was_carried(client: Client, carried: Cycle):
    address = f"/councils/northmere/cycles/{carried.pk}/questions/1.1/history/"
    page = client.get(address).content.decode()
    assert "Rating of prompt 1 carried forward from 2025/26, to be confirmed" in page
    assert "Place at question 1.1 carried forward from 2025/26, to be confirmed" in page
