"""Plans along any mapping, however many benchmarks went to however many: nothing is lost, each
text names where it came from, and what stays behind is listed with its reason."""

import re
from collections import Counter
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.carrying import (
    BETWEEN,
    LONGEST,
    Kind,
    Link,
    Piece,
    Place,
    Plan,
    Planner,
    characters,
)
from assessments.comparison.editions import turned
from assessments.models import Action, ActionStatus, BenchmarkAssessment, Cycle
from assessments.presenters.new_edition import StartPreview, counted
from assessments.record_rows import ActionRows, AnswerRow, CycleContents, DocumentRow, LinkRow
from assessments.record_rows import StatementRow as Said
from assessments.services.new_edition import Writer
from benchmarks.models import Question

OLD, NEW = range(1, 6), range(1, 5)
PERIOD = "2024/25"
PLACES = {number * 10 + at: Place(number, f"{number}.{at}") for number in OLD for at in (1, 2)}
TEXT = st.text("abc é", min_size=1, max_size=12)
questions = st.sampled_from(sorted(PLACES))


@st.composite
def mappings(draw: st.DrawFn) -> tuple[Link, ...]:
    """Each old benchmark goes to none, one or several of the new ones."""
    links = []
    for old in OLD:
        targets = draw(st.lists(st.sampled_from(NEW), unique=True, max_size=3))
        relation = ("dropped", "same")[len(targets)] if len(targets) < 2 else "split"
        links.append(Link((old,), tuple(targets), relation, "Elsewhere." if not targets else ""))
    return tuple(links)


@st.composite
def contents(draw: st.DrawFn) -> CycleContents:
    said = draw(st.lists(st.tuples(questions, TEXT), max_size=6))
    papers = draw(st.lists(st.tuples(questions, TEXT), max_size=4))
    reasons = draw(st.lists(st.tuples(questions, TEXT), max_size=3))
    places = draw(st.lists(st.lists(questions, min_size=1, max_size=3, unique=True), max_size=4))
    status = st.sampled_from(ActionStatus.values)
    actions = {
        pk: ActionRows(Action(pk=pk, text=draw(TEXT), status=draw(status)), (), ())
        for pk in range(1, len(places) + 1)
    }
    return CycleContents(
        cycle=Cycle(period=PERIOD),
        assessments=[judged(number, draw) for number in OLD],
        assignees={},
        answers=[AnswerRow(at, None, None, True, text, "public") for at, text in reasons],
        statements=[Said(at, text, "public", [], False, "") for at, text in said],
        documents=[
            DocumentRow(at, text, "", "", "public", None, None, False, "") for at, text in papers
        ],
        links=[placed(pk, at) for pk, found in zip(actions, places, strict=True) for at in found],
        actions=actions,
    )


def judged(number: int, draw: st.DrawFn) -> BenchmarkAssessment:
    length = draw(st.sampled_from([0, 5, LONGEST // 2, LONGEST]))
    return BenchmarkAssessment(
        pk=number,
        benchmark_id=number,
        actions="a" * length,
        comments=draw(TEXT),
        reason=draw(st.sampled_from(["", "We know."])),
        version=1,
    )


def placed(action: int, question: int) -> LinkRow:
    fields: dict[str, Any] = dict.fromkeys(LinkRow._fields)
    return LinkRow(**{**fields, "action_id": action, "question_id": question})


def planned(rows: CycleContents, links: Iterable[Link]) -> Plan:
    numbers = {number: number for number in OLD}
    planner = Planner(rows, tuple(links), places=PLACES, numbers=numbers, same_scale=False)
    return planner.plan()


def every_text(rows: CycleContents) -> Counter[tuple[Kind, str]]:
    return Counter(
        [
            *((Kind.EVIDENCE, row.text) for row in rows.statements),
            *((Kind.DOCUMENT, row.title) for row in rows.documents),
            *((Kind.ACTION, each.action.text) for each in rows.actions.values()),
            *((Kind.ACTIONS_LINE, row.actions) for row in rows.assessments if row.actions),
            *((Kind.COMMENTS_LINE, row.comments) for row in rows.assessments),
            *((Kind.REASON, row.reason) for row in rows.assessments if row.reason),
            *((Kind.REASON, row.reason) for row in rows.answers),
        ]
    )


@settings(max_examples=60, deadline=None)
@given(contents(), mappings())
def test_every_text_is_in_the_plan_once_and_goes_where_the_mapping_says_or_says_why_not(
    rows: CycleContents, links: tuple[Link, ...]
):
    plan = planned(rows, links)
    assert Counter((piece.kind, piece.texts[0]) for piece in plan.pieces) == every_text(rows)
    assert characters(plan.carried) + characters(plan.left_behind) == characters(plan.pieces)
    went = {link.sources[0]: set(link.targets) for link in links}
    for piece in plan.pieces:
        assert piece.targets or piece.why
        if piece.kind is not Kind.ACTION:  # which may stand at several places
            assert set(piece.targets) <= went[piece.number]
        if piece.kind in (Kind.EVIDENCE, Kind.DOCUMENT):
            assert set(piece.targets) == went[piece.number]


@settings(max_examples=60, deadline=None)
@given(contents(), mappings())
def test_an_open_action_comes_to_each_benchmark_that_one_of_its_places_became(
    rows: CycleContents, links: tuple[Link, ...]
):
    for piece in planned(rows, links).pieces:
        if piece.kind is Kind.ACTION:
            stood = {
                PLACES[x.question_id].number for x in rows.links if x.action_id == piece.row.pk
            }
            wanted = {new for link in links if link.sources[0] in stood for new in link.targets}
            is_open = piece.row.status != ActionStatus.COMPLETED
            assert set(piece.targets) == (wanted if is_open else set())


@settings(max_examples=60, deadline=None)
@given(contents(), mappings())
def test_what_is_written_is_the_plan_and_each_of_it_says_where_it_came_from(
    rows: CycleContents, links: tuple[Link, ...]
):
    plan = planned(rows, links)
    writer = Writer(plan, Cycle(pk=9), {number: Question(pk=number) for number in NEW})
    written = [*writer.statements(), *writer.items(), *writer.links()]
    wanted = [
        (piece.kind, target, f"benchmark {piece.number}, question {piece.ref} of {PERIOD}")
        for piece in plan.pieces
        if piece.kind in (Kind.EVIDENCE, Kind.DOCUMENT, Kind.ACTION)
        for target in piece.targets
    ]
    assert [(row.question_id, row.carried_from) for row in written] == [x[1:] for x in wanted]
    assert all(row.to_confirm for row in written)


@settings(max_examples=60, deadline=None)
@given(contents(), mappings())
def test_lines_that_meet_are_joined_whole_and_never_too_long(
    rows: CycleContents, links: tuple[Link, ...]
):
    plan = planned(rows, links)
    writer = Writer(plan, Cycle(pk=9), {number: Question(pk=number) for number in NEW})
    for number in NEW:
        row = BenchmarkAssessment()
        pieces = plan.going_to(number, Kind.ACTIONS_LINE)
        comments = plan.going_to(number, Kind.COMMENTS_LINE)
        assert writer.judge(number, row) == bool(pieces or comments)
        assert row.actions == BETWEEN.join(piece.texts[0] for piece in pieces)
        assert len(row.actions) <= LONGEST
        sources = {str(piece.number) for piece in [*pieces, *comments]}
        assert set(re.findall(r"\d+", row.carried_from.partition(" of ")[0])) == sources


@settings(max_examples=60, deadline=None)
@given(contents(), mappings())
def test_the_preview_lists_all_that_comes_along_and_all_that_stays_behind(
    rows: CycleContents, links: tuple[Link, ...]
):
    plan = planned(rows, links)
    preview = StartPreview.__new__(StartPreview)
    preview.plan = plan
    preview.old = {number: SimpleNamespace(number=number) for number in OLD}
    preview.target = with_benchmarks(NEW)
    left: dict[tuple[int, str], list[Piece]] = {}
    for piece in plan.left_behind:
        left.setdefault((piece.number, piece.why), []).append(piece)
    assert {(x.benchmark.number, x.why): x.what for x in preview.remainders} == {
        key: counted(pieces) for key, pieces in left.items()
    }
    for arrival in preview.arrivals:
        number = arrival.benchmark.number
        assert arrival.what == (counted(plan.going_to(number)) or "nothing")
        assert [x.number for x in arrival.sources] == plan.sources_of(number)


def with_benchmarks(numbers: Iterable[int]) -> Any:
    rows = [SimpleNamespace(number=number) for number in numbers]
    return SimpleNamespace(benchmarks=SimpleNamespace(all=lambda: rows))


@given(mappings())
def test_a_mapping_turned_twice_is_itself(links: tuple[Link, ...]):
    assert turned(turned(links)) == links
    pairs = {(old, new) for each in links for old in each.sources for new in each.targets}
    back = {(old, new) for each in turned(links) for old in each.targets for new in each.sources}
    assert back == pairs
