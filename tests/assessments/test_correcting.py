"""Plans along any correction: nothing is lost, and each thing stands where it stood as far as the
correction still has the place."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.carrying import Kind, Plan, characters, links_of
from assessments.correcting import Asked, CorrectionPlanner, matched
from assessments.models import ActionStatus
from assessments.record_rows import AnswerRow, CycleContents
from benchmarks.mappings.corrections import links_between
from benchmarks.models import Prompt
from tests.assessments.test_carrying import OLD, PLACES, contents, every_text

SHIFT = 1000  # between primary keys of the two editions
LEVELS = {1: 1 + SHIFT, 2: 2 + SHIFT}
WORDINGS = st.text("abcd", max_size=3)
PLACED = (Kind.EVIDENCE, Kind.DOCUMENT, Kind.ACTION, Kind.ANSWER)
Editions = tuple[list[Asked], list[Asked]]


def prompts(question: int, texts: Any) -> tuple[Prompt, ...]:
    return tuple(
        Prompt(pk=question * 10 + position, position=position, text=text)
        for position, text in enumerate(texts, start=1)
    )


@st.composite
def editions(draw: st.DrawFn) -> Editions:
    """The first benchmark always stays; any other, and any question, may go or be asked anew."""
    old = [Asked(pk, place, prompts(pk, draw(WORDINGS))) for pk, place in PLACES.items()]
    kept = [old[0], *draw(st.lists(st.sampled_from(old[1:]), unique_by=lambda each: each.pk))]
    new = [
        Asked(each.pk + SHIFT, each.place, prompts(each.pk + SHIFT, draw(WORDINGS)))
        for each in sorted(kept, key=lambda each: each.pk)
    ]
    return old, new


@st.composite
def filled(draw: st.DrawFn, old: list[Asked]) -> CycleContents:
    """With answers, evidence and actions at prompts too."""
    rows = draw(contents())
    asked = {each.pk: each.prompts for each in old}
    vars(rows).update(
        answers=[
            AnswerRow(each.pk, prompt, *draw(decisions), "public")
            for each in old
            for prompt in [p.pk for p in each.prompts] or [None]
        ],
        statements=[
            row._replace(covers=[p.position for p in asked[row.question_id] if draw(st.booleans())])
            for row in rows.statements
        ],
        links=[row._replace(prompt_id=draw(one_of(asked[row.question_id]))) for row in rows.links],
    )
    return rows


decisions = st.sampled_from(
    [
        (None, False, ""),
        (None, False, "Later."),
        (1, False, ""),
        (2, False, "So."),
        (None, True, ""),
    ]
)


def one_of(found: tuple[Prompt, ...]) -> st.SearchStrategy[int | None]:
    return st.sampled_from([None, *(prompt.pk for prompt in found)])


def planned(rows: CycleContents, old: list[Asked], new: list[Asked]) -> Plan:
    links = links_of(links_between(OLD, {each.place.number for each in new}))
    numbers = {number: number for number in OLD}
    return CorrectionPlanner(rows, links, old, new, numbers=numbers, levels=LEVELS).plan()


def said(rows: CycleContents) -> list[AnswerRow]:
    return [row for row in rows.answers if row.rating_id or row.not_applicable or row.reason]


@settings(max_examples=60, deadline=None)
@given(st.data(), editions())
def test_every_text_and_every_answer_is_in_the_plan_once_and_goes_somewhere_or_says_why_not(
    data: st.DataObject, asked: Editions
):
    old, new = asked
    rows = data.draw(filled(old))
    plan = planned(rows, old, new)
    wanted = every_text(rows)
    wanted.subtract((Kind.REASON, row.reason) for row in rows.answers)
    wanted.update((Kind.ANSWER, row.reason) for row in said(rows))
    found = [(piece.kind, "".join(piece.texts[:1])) for piece in plan.pieces]
    assert sorted(found, key=repr) == sorted((+wanted).elements(), key=repr)
    assert characters(plan.carried) + characters(plan.left_behind) == characters(plan.pieces)
    for piece in plan.pieces:
        assert bool(piece.targets) != bool(piece.why)
        assert bool(piece.spots) == bool(piece.targets and piece.kind in PLACED)


@settings(max_examples=60, deadline=None)
@given(st.data(), editions())
def test_whatever_has_a_spot_has_it_in_the_correction_and_no_two_answers_share_one(
    data: st.DataObject, asked: Editions
):
    old, new = asked
    plan = planned(data.draw(filled(old)), old, new)
    by_pk = {each.pk: each for each in new}
    places = {(each.pk, prompt and prompt.pk) for each in new for prompt in each.prompts or [None]}
    answered = []
    for piece in plan.pieces:
        spots = [(spot.question_id, spot.prompt_id) for spot in piece.spots]
        assert len(set(spots)) == len(spots)
        for spot in piece.spots:
            question = by_pk[spot.question_id]
            assert question.place.number in piece.targets
            assert {*spot.covers} <= {prompt.position for prompt in question.prompts}
            assert spot.prompt_id in {None, *(prompt.pk for prompt in question.prompts)}
        if piece.kind is Kind.ANSWER:
            answered += spots
    assert len(set(answered)) == len(answered)
    assert {*answered} <= places


@settings(max_examples=60, deadline=None)
@given(st.data(), editions())
def test_where_the_correction_asks_the_same_everything_stands_where_it_stood(
    data: st.DataObject, asked: Editions
):
    old, _ = asked
    rows = data.draw(filled(old))
    new = [
        Asked(each.pk + SHIFT, each.place, prompts(each.pk + SHIFT, [p.text for p in each.prompts]))
        for each in old
    ]
    plan = planned(rows, old, new)
    assert {piece.why for piece in plan.left_behind if piece.ref} <= {"completed"}
    by_kind = {kind: [p for p in plan.pieces if p.kind is kind] for kind in PLACED}
    for piece, row in zip(by_kind[Kind.EVIDENCE], rows.statements, strict=True):
        (spot,) = piece.spots
        assert (spot.question_id, [*spot.covers]) == (row.question_id + SHIFT, row.covers)
    for piece, answer in zip(by_kind[Kind.ANSWER], said(rows), strict=True):
        (spot,) = piece.spots
        assert (spot.question_id, spot.prompt_id) == moved(answer.question_id, answer.prompt_id)
        assert piece.row.rating_id == LEVELS.get(answer.rating_id or 0)
    for piece in by_kind[Kind.ACTION]:
        stood = [x for x in rows.links if x.action_id == piece.row.pk]
        wanted = {moved(link.question_id, link.prompt_id) for link in stood}
        is_open = piece.row.status != ActionStatus.COMPLETED
        spots = {(spot.question_id, spot.prompt_id) for spot in piece.spots}
        assert spots == (wanted if is_open else set())


def moved(question: int, prompt: int | None) -> tuple[int, int | None]:
    return question + SHIFT, prompt and prompt + SHIFT * 10


@pytest.mark.parametrize(
    ("before", "after", "became"),
    [
        ("abc", "abc", {1: 1, 2: 2, 3: 3}),
        ("abc", "ac", {1: 1, 3: 2}),  # gone from the middle
        ("abc", "xc", {1: 1, 3: 2}),  # reworded, gone, moved
        ("abc", "axc", {1: 1, 2: 2, 3: 3}),
        ("abc", "cab", {1: 2, 2: 3, 3: 1}),
        ("aba", "aab", {1: 1, 2: 3, 3: 2}),  # one wording twice
        ("ab", "", {}),
        ("", "ab", {}),
    ],
)
def test_prompts_are_matched_by_their_words_and_else_by_their_position(
    before: str, after: str, became: dict[int, int]
):
    found = matched(prompts(0, before), prompts(SHIFT, after))
    assert {old: prompt.position for old, prompt in found.items()} == became
