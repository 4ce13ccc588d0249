"""Two people at the same instant, on PostgreSQL: nothing of either is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from assessments.models import Answer, Cycle, QuestionAssessment, User
from assessments.services.answers import (
    AnswerInput,
    QuestionSave,
    StatementInput,
    save_question,
)
from tests.races import RACE

ROUNDS = 1_000

pytestmark = RACE
Save = Callable[[int], QuestionSave]


def race(first: Save, second: Save, rounds: int = ROUNDS) -> list[tuple[QuestionSave, ...]]:
    """Run both saves at the same instant, again and again, each on a connection of its own."""
    start = Barrier(2)

    def runner(save: Save) -> list[QuestionSave]:
        try:
            return [started(save, number) for number in range(rounds)]
        except BaseException:
            start.abort()
            raise
        finally:
            connection.close()

    def started(save: Save, number: int) -> QuestionSave:
        start.wait(timeout=60)
        result = save(number)
        start.wait(timeout=60)
        return result

    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(runner, save) for save in (first, second)]
        return list(zip(*(run.result() for run in runs), strict=True))


def rating_save(assessment: QuestionAssessment, answer: Answer, by: User, word: str) -> Save:
    """Each round writes its own reason, at the version that the last round left."""

    def save(number: int) -> QuestionSave:
        mine = AnswerInput(answer.pk, number, None, True, f"{word} {number}", "public")
        return save_question(assessment=assessment, answers=[mine], statements=[], by=by)

    return save


def test_different_answers_of_one_question_saved_at_once_are_both_kept(
    cycle: Cycle, lead: User, contributor: User
) -> None:
    assessment = cycle.questions.select_related("cycle").get(question__ref="1.1")
    one, other, _ = cycle.answers.filter(question__ref="1.1").order_by("pk")
    results = race(
        rating_save(assessment, one, lead, "lead"),
        rating_save(assessment, other, contributor, "contributor"),
    )
    assert not any(save.has_conflicts for both in results for save in both)
    for answer, word in ((one, "lead"), (other, "contributor")):
        answer.refresh_from_db()
        written = set(answer.history.values_list("reason", flat=True))
        assert written == {f"{word} {number}" for number in range(ROUNDS)}
        assert answer.version == ROUNDS


def test_the_same_answer_saved_at_once_is_won_by_one_and_shown_to_the_other(
    cycle: Cycle, lead: User, contributor: User
) -> None:
    assessment = cycle.questions.select_related("cycle").get(question__ref="1.1")
    answer = cycle.answers.filter(question__ref="1.1").order_by("pk")[0]
    results = race(
        rating_save(assessment, answer, lead, "lead"),
        rating_save(assessment, answer, contributor, "contributor"),
    )
    assert [sum(save.has_conflicts for save in both) for both in results] == [1] * ROUNDS
    for number, (mine, theirs) in enumerate(results):
        loser = mine if mine.has_conflicts else theirs
        assert loser.answers[0].theirs.reason.endswith(f" {number}")
    answer.refresh_from_db()
    assert answer.version == ROUNDS


def test_new_evidence_written_at_once_is_all_kept(
    cycle: Cycle, lead: User, contributor: User
) -> None:
    assessment = cycle.questions.select_related("cycle").get(question__ref="1.1")

    def writer(by: User, word: str) -> Save:
        def save(number: int) -> QuestionSave:
            mine = StatementInput(None, 0, f"{word} {number}", (1,), "public")
            return save_question(assessment=assessment, answers=[], statements=[mine], by=by)

        return save

    rounds = 100
    race(writer(lead, "lead"), writer(contributor, "contributor"), rounds)
    written = set(cycle.statements.values_list("text", flat=True))
    assert written == {f"{w} {n}" for w in ("lead", "contributor") for n in range(rounds)}
