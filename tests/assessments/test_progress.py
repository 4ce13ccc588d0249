"""How far a cycle is: what counts as answered, started and completed, and what comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Cycle, EvidenceItem, EvidenceStatement, User
from assessments.progress import (
    Judgement,
    QuestionProgress,
    QuestionStatus,
    RatingCount,
    Tally,
    counted,
    judgements_of,
    next_question,
    of_person,
    progress_of,
    total,
    unanswered,
    undecided,
)
from tests.volume import fill

NOT_STARTED, IN_PROGRESS, COMPLETED = QuestionStatus


def question(ref: str, answered: int, of: int = 2) -> QuestionProgress:
    return QuestionProgress(ref, "", 1, None, "", Tally(answered, of))


@pytest.mark.parametrize(
    ("answered", "of", "has_evidence", "status"),
    [
        (0, 3, False, NOT_STARTED),
        (0, 3, True, IN_PROGRESS),
        (1, 3, False, IN_PROGRESS),
        (3, 3, False, COMPLETED),
        (3, 3, True, COMPLETED),
    ],
)
def test_a_question_is_completed_when_all_is_decided_and_started_by_anything(
    answered, of, has_evidence, status
):
    assert Tally(answered, of).status(has_evidence=has_evidence) == status


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_tallies_add_up(pairs):
    questions = [question(str(n), low, low + more) for n, (low, more) in enumerate(pairs)]
    assert total(questions).answered == sum(low for low, _ in pairs)
    assert total(questions).total == sum(low + more for low, more in pairs)
    assert total(questions).is_complete == (not unanswered(questions))


def test_next_question_goes_on_from_here_and_round_to_the_top():
    questions = [question("1.1", 0), question("1.2", 2), question("1.3", 1), question("2.1", 2)]
    assert next_question(questions).ref == "1.1"
    assert next_question(questions, after="1.1").ref == "1.3"
    assert next_question(questions, after="1.3").ref == "1.1"
    assert next_question(questions, after="2.1").ref == "1.1"


def test_next_question_never_leads_back_to_the_one_just_left():
    assert next_question([question("1.1", 1), question("1.2", 2)], after="1.1") is None
    assert next_question([]) is None


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.data())
def test_next_question_misses_none(done, data):
    questions = [question(f"1.{n}", 2 if each else 0) for n, each in enumerate(done)]
    here = data.draw(st.sampled_from(questions))
    others = [each for each in unanswered(questions) if each.ref != here.ref]
    found = next_question(questions, after=here.ref)
    assert (found in others) if others else found is None


def decide(cycle: Cycle, ref: str, *, rating: str = "", position: int | None = None) -> None:
    answers = cycle.answers.filter(question__ref=ref)
    if position:
        answers = answers.filter(prompt__position=position)
    if rating:
        answers.update(rating=cycle.scale.levels.get(slug=rating))
    else:
        answers.update(not_applicable=True)


def refs_with(cycle: Cycle, status: QuestionStatus) -> list[str]:
    return [each.ref for each in progress_of(cycle)[cycle.pk] if each.status == status]


def test_a_new_cycle_is_untouched(cycle: Cycle):
    assert refs_with(cycle, NOT_STARTED) == ["1.1", "1.2", "2.1", "2.2"]
    assert total(progress_of(cycle)[cycle.pk]) == Tally(0, 7)


def test_progress_is_right(cycle: Cycle):
    decide(cycle, "1.1", rating="red")
    decide(cycle, "1.2")  # not applicable
    decide(cycle, "2.2", rating="green", position=2)
    assert refs_with(cycle, COMPLETED) == ["1.1", "1.2"]
    assert refs_with(cycle, IN_PROGRESS) == ["2.2"]
    assert refs_with(cycle, NOT_STARTED) == ["2.1"]
    assert total(progress_of(cycle)[cycle.pk]) == Tally(5, 7)


@pytest.mark.parametrize("row", [EvidenceStatement(text="Said."), EvidenceItem(title="Minutes")])
def test_evidence_alone_starts_a_question(cycle: Cycle, row):
    row.cycle, row.question = cycle, cycle.questions.get(question__ref="2.1").question
    row.pk = None
    row.save()
    assert refs_with(cycle, IN_PROGRESS) == ["2.1"]


def test_another_cycle_counts_for_nothing_here(cycle: Cycle, lead: User):
    fill(cycle, lead)
    other = cycle.council.cycles.exclude(pk=cycle.pk).first()
    decide(other, "1.1", rating="red")
    assert total(progress_of(cycle)[cycle.pk]) == Tally(0, 7)
    assert total(progress_of(other)[other.pk]) == Tally(3, 7)


def test_of_person(cycle: Cycle, contributor: User):
    cycle.questions.filter(question__ref="2.1").update(assignee=contributor)
    mine = of_person(progress_of(cycle)[cycle.pk], contributor)
    assert [(each.ref, each.assignee) for each in mine] == [("2.1", contributor.name)]


STANDS = {"Green": (3, "green"), "Red": (1, "red"), "Not applicable": (0, "grey")}


@given(st.permutations(["Green", "Green", "Red", "Not applicable", "Not decided"]))
def test_ratings_are_counted_best_first_with_what_is_missing_last(labels: list[str]):
    judgements = [
        Judgement(number, rank, label, colour)
        for number, label in enumerate(labels, start=1)
        for rank, colour in [STANDS.get(label, (0, ""))]
    ]
    assert counted(judgements) == [
        RatingCount("Green", "green", 2),
        RatingCount("Red", "red", 1),
        RatingCount("Not applicable", "grey", 1),
        RatingCount("Not decided", "", 1),
    ]
    assert undecided(judgements) == [labels.index("Not decided") + 1]


def test_judgements_are_read_in_order(cycle: Cycle):
    first, second = cycle.benchmarks.all()
    assert undecided(judgements_of(cycle)[cycle.pk]) == [1, 2]

    first.rating = cycle.scale.levels.get(slug="amber")
    first.save()
    second.not_applicable = True
    second.save()
    assert judgements_of(cycle)[cycle.pk] == [
        Judgement(1, 2, "Amber", "amber"),
        Judgement(2, 0, "Not applicable", "grey"),
    ]


def test_progress_costs_three_queries_however_much_there_is(
    cycle: Cycle, lead: User, django_assert_num_queries
):
    with django_assert_num_queries(3):
        progress_of(cycle)
    fill(cycle, lead)
    cycles = list(cycle.council.cycles.all())
    with django_assert_num_queries(3):
        progress_of(*cycles)
