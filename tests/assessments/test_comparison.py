"""Two cycles side by side: pure comparison of records, its pages and its workbook."""

import datetime
import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from openpyxl import load_workbook

from assessments.comparison import compare
from assessments.comparison.evidence import statement_changes
from assessments.models import BenchmarkAssessment, Cycle, EvidenceStatement, User
from assessments.record import (
    Action,
    Benchmark,
    CycleRecord,
    Decision,
    Link,
    Owner,
    Statement,
    Text,
)
from assessments.record_builder import blank_record
from benchmarks.models import Toolkit
from tests.cast import SignIn
from tests.editions.drafting import channel_toolkit
from tests.volume import add_earlier_cycle

BEFORE, AFTER = datetime.date(2024, 12, 31), datetime.date(2025, 12, 31)


@pytest.fixture
def blank(toolkit: Toolkit) -> CycleRecord:
    return replace(blank_record("small", "rag"), period="2024", as_at=BEFORE)


def decided(record: CycleRecord, slug: str) -> Decision:
    return Decision(next(level for level in record.levels if level.slug == slug))


def with_benchmark(record: CycleRecord, number: int, **changes: Any) -> CycleRecord:
    changed: tuple[Benchmark, ...] = tuple(
        replace(each, **changes) if each.number == number else each for each in record.benchmarks
    )
    return replace(record, benchmarks=changed)


def action(text: str, number: int = 1, *, status: str = "not-started", **changes: Any) -> Action:
    usual = Action(
        number=number,
        text=Text(text),
        status=status,
        owners=(Owner(Text("Head of Planning")),),
        due_date=None,
        due_words=Text(),
        completed_on=None,
        links=(Link("1.1"),),
    )
    return replace(usual, **changes)


def with_actions(record: CycleRecord, *actions: Action) -> CycleRecord:
    return replace(record, actions=actions)


# Ratings


def test_a_record_does_not_differ_from_itself(blank: CycleRecord) -> None:
    found = compare(blank, blank)
    assert found.changed_questions == 0
    assert {each.says for each in found.benchmarks} == {"nothing else"}
    assert {each.rating.words for each in found.benchmarks} == {"same"}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("red", "amber", "better"),
        ("green", "amber", "worse"),
        ("green", "green", "same"),
        ("", "green", "newly rated"),
        ("green", "", "not decided yet"),
    ],
)
def test_a_rating_says_which_way_it_went(
    blank: CycleRecord, before: str, after: str, words: str
) -> None:
    pair = [
        with_benchmark(blank, 1, decision=decided(blank, slug) if slug else Decision())
        for slug in (before, after)
    ]
    assert compare(*pair).benchmarks[0].rating.words == words


def test_not_applicable_is_neither_better_nor_worse(blank: CycleRecord) -> None:
    old = with_benchmark(blank, 1, decision=decided(blank, "red"))
    new = with_benchmark(blank, 1, decision=Decision(not_applicable=True))
    assert compare(old, new).benchmarks[0].rating.words == "changed"


def test_two_scales_are_never_compared(blank: CycleRecord) -> None:
    other = blank_record("small", "progress")
    old = with_benchmark(blank, 1, decision=decided(blank, "red"))
    new = with_benchmark(other, 1, decision=decided(other, "achieving"))
    found = compare(old, new)
    assert not found.same_scale
    assert found.benchmarks[0].rating.words == "another scale"


def test_two_editions_are_compared_at_no_more_than_their_benchmarks(blank: CycleRecord) -> None:
    found = compare(blank, replace(blank, toolkit_slug="other"))
    assert not found.same_edition
    assert found.benchmarks == ()


# Texts


def said(text: str, *covers: int) -> Statement:
    return Statement(Text(text), covers)


def changes(before: list[Statement], after: list[Statement]) -> list[tuple[str, str, str, str]]:
    found = statement_changes(before, after)
    return [(each.label, each.before.value, each.after.value, each.kind) for each in found]


def test_a_statement_stands_beside_the_one_for_the_same_prompts() -> None:
    assert changes([said("Old", 1), said("Stays", 2)], [said("Stays", 2), said("New", 1)]) == [
        ("Evidence for prompt 2", "Stays", "Stays", "Same"),
        ("Evidence for prompt 1", "Old", "New", "Changed"),
    ]


def test_a_statement_for_other_prompts_stands_beside_the_nearest() -> None:
    assert changes([said("Old", 1, 2), said("Else", 4)], [said("New", 1, 2, 3)]) == [
        ("Evidence for prompts 1, 2 and 3", "Old", "New", "Changed"),
        ("Evidence for prompt 4", "Else", "", "Gone"),
    ]


def test_a_statement_that_moved_to_another_prompt_is_the_same_one() -> None:
    found = changes([said("Stays", 1)], [said("Stays", 2), said("New", 1)])
    assert [each[1:] for each in found] == [("Stays", "Stays", "Same"), ("", "New", "New")]


def test_who_may_read_a_text_is_a_change(blank: CycleRecord) -> None:
    old = with_benchmark(blank, 1, comments=Text("Said."))
    new = with_benchmark(blank, 1, comments=Text("Said.", "exempt-7"))
    [change] = compare(old, new).benchmarks[0].changed_texts
    assert (change.label, change.kind) == ("Comments", "Changed")


# Actions


def kinds(before: CycleRecord, after: CycleRecord) -> dict[str, list[str]]:
    found = compare(before, replace(after, as_at=AFTER)).actions.in_words
    return {words: [each.action.text.value for each in group] for words, group in found if group}


def test_what_became_of_actions(blank: CycleRecord) -> None:
    old = with_actions(blank, action("Stays"), action("Is done", 2), action("Is dropped", 3))
    done = action("Is done", 2, status="completed", completed_on=AFTER)
    new = with_actions(blank, action("Stays"), done, action("Is new", 3))
    assert kinds(old, new) == {
        "New": ["Is new"],
        "Completed": ["Is done"],
        "Not carried on": ["Is dropped"],
        "Same": ["Stays"],
    }


def test_an_action_that_reads_as_completed_in_both_was_completed_on_its_day(
    blank: CycleRecord,
) -> None:
    """It lives on across cycles: the earlier one shows it as it stands today."""
    since = action("Since", status="completed", completed_on=AFTER)
    long_ago = action("Long ago", 2, status="completed", completed_on=BEFORE)
    both = with_actions(blank, since, long_ago)
    assert kinds(both, both) == {"Completed": ["Since"], "Same": ["Long ago"]}


def test_an_action_worded_anew_is_the_same_one(blank: CycleRecord) -> None:
    old = with_actions(blank, action("Brief all hotels and licensed premises"))
    new = with_actions(blank, action("Brief all hotels and all licensed premises"))
    assert kinds(old, new) == {"Reworded": ["Brief all hotels and all licensed premises"]}
    elsewhere = with_actions(blank, action("Brief all hotels and all", links=(Link("2.1"),)))
    assert set(kinds(old, elsewhere)) == {"New", "Not carried on"}


# Pages and workbook


@pytest.fixture
def pair(cycle: Cycle, lead: User) -> tuple[Cycle, Cycle]:
    """Local risk went from Red to Amber; evidence for 2.1 reads like a formula."""
    earlier = add_earlier_cycle(cycle, 2019, lead)
    for each, rating, comments in ((earlier, "red", "=1+1"), (cycle, "amber", "Better now.")):
        level = each.scale.levels.get(slug=rating)
        rows = BenchmarkAssessment.objects.filter(cycle=each, benchmark__number=1)
        rows.update(rating=level, comments=comments)
    question = cycle.questions.get(question__ref="2.1").question
    EvidenceStatement.objects.create(
        cycle=cycle, question=question, text="<b>Secret</b>", sensitivity="exempt-7"
    )
    return earlier, cycle


def address(pair: tuple[Cycle, Cycle], part: str = "") -> str:
    return f"/councils/northmere/compare/{pair[0].pk}/{pair[1].pk}/{part}"


def words_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_the_overview_has_every_benchmark_and_what_changed(
    pair: tuple[Cycle, Cycle], as_: SignIn, chair: User
) -> None:
    page = words_of(as_(chair).get(address(pair)))
    assert "2019 and 2025/26 compared" in page
    assert re.search(r"1\. Local risk Red Amber Better Comments", page)
    assert re.search(r"2\. Training .*Same 1 of 2 questions", page)


def test_a_benchmark_shows_the_texts_and_folds_what_stayed(
    pair: tuple[Cycle, Cycle], as_: SignIn, chair: User
) -> None:
    response = as_(chair).get(address(pair, "benchmarks/2/"))
    page = words_of(response)
    assert "Evidence for the whole question: new" in page
    assert "1 question unchanged" in page
    assert "&lt;b&gt;Secret&lt;/b&gt;" in response.content.decode()
    assert "Exempt" in page
    assert as_(chair).get(address(pair, "benchmarks/9/")).status_code == 404


def test_the_form_leads_to_the_comparison(
    pair: tuple[Cycle, Cycle], as_: SignIn, chair: User
) -> None:
    client = as_(chair)
    page = client.get("/councils/northmere/compare/").content.decode()
    assert re.search(rf'value="{pair[0].pk}" selected', page)
    query = {"before": pair[0].pk, "after": pair[1].pk}
    assert client.get("/councils/northmere/compare/", query)["Location"] == address(pair)


def test_the_form_suggests_the_last_cycle_on_the_same_edition(
    pair: tuple[Cycle, Cycle], as_: SignIn, chair: User, lead: User
) -> None:
    """Not the one between them, on an instrument that asks other things."""
    council = pair[1].council
    instrument = channel_toolkit(council, lead)
    council.cycles.create(
        toolkit=instrument,
        scale=instrument.scales.first(),
        period="Between",
        as_at=datetime.date(2025, 6, 1),
    )
    page = as_(chair).get("/councils/northmere/compare/").content.decode()
    assert re.search(rf'value="{pair[0].pk}" selected', page)


def test_a_cycle_is_not_compared_with_itself(
    pair: tuple[Cycle, Cycle], as_: SignIn, chair: User
) -> None:
    query = {"before": pair[1].pk, "after": pair[1].pk}
    response = as_(chair).get("/councils/northmere/compare/", query)
    assert "Choose another cycle than the one before" in words_of(response)
    assert b"<title>Error: " in response.content


def test_one_cycle_alone_is_nothing_to_compare(cycle: Cycle, as_: SignIn, chair: User) -> None:
    page = words_of(as_(chair).get("/councils/northmere/compare/"))
    assert "There is nothing to compare yet: it takes two cycles." in page


def test_the_workbook_holds_every_part_as_text(
    pair: tuple[Cycle, Cycle], as_: SignIn, chair: User
) -> None:
    response = as_(chair).get(address(pair, "workbook/"))
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    workbook = load_workbook(BytesIO(data))
    assert workbook.sheetnames == ["Benchmarks", "Questions", "Actions"]
    cells = {str(cell.value): cell for row in workbook["Questions"].iter_rows() for cell in row}
    assert cells["=1+1"].data_type == "s"
    assert cells["[Exempt, paragraph 7: preventing or investigating crime] <b>Secret</b>"]
    rated = [[cell.value for cell in row] for row in workbook["Benchmarks"].iter_rows()]
    assert ["Small toolkit", 1, "Local risk", "■ Red", "▲ Amber", "better"] in rated


def test_a_page_costs_as_much_with_two_cycles_as_with_one(
    pair: tuple[Cycle, Cycle], as_: SignIn, chair: User, django_assert_max_num_queries: Any
) -> None:
    client = as_(chair)
    client.get(address(pair))
    for part in ("", "benchmarks/1/", "workbook/"):
        with django_assert_max_num_queries(12):
            client.get(address(pair, part))
