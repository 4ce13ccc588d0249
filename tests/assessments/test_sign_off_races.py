"""Signing off while somebody saves, and two chairs at once, on PostgreSQL: never half."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from assessments.models import Cycle, Role, Snapshot, User
from assessments.services.answers import AnswerInput, save_question
from assessments.services.locks import CycleClosed
from assessments.services.review import reopen, sign_off, submit
from assessments.snapshots import thaw
from tests.cast import member
from tests.races import RACE, at_once

ROUNDS = 200

pytestmark = RACE


def both(*deeds: Callable[[], Any]) -> list[Any]:
    return at_once(*deeds, refusals=(ValidationError, CycleClosed))


def test_an_edit_is_in_the_snapshot_or_refused(cycle: Cycle, lead: User, chair: User) -> None:
    assessment = cycle.questions.select_related("cycle").get(question__ref="2.1")
    answer = cycle.answers.get(question__ref="2.1")
    kept = refused = 0
    for number in range(ROUNDS):
        submit(cycle=cycle, gaps=0, by=lead)
        answer.refresh_from_db()
        text = f"Round {number}"
        mine = AnswerInput(answer.pk, answer.version, None, True, text, "public")
        snapshot, saved = both(
            lambda: sign_off(cycle=cycle, by=chair),
            lambda mine=mine: save_question(
                assessment=assessment, answers=[mine], statements=[], by=lead
            ),
        )
        answer.refresh_from_db()
        [signed] = thaw(snapshot.content).record.questions["2.1"].answers
        if isinstance(saved, CycleClosed):
            refused += 1
            assert text not in (answer.reason, signed.decision.reason.value)
        else:
            kept += 1
            assert saved.changed == 1
            assert answer.reason == signed.decision.reason.value == text
        reopen(cycle=cycle, reason="Next round", by=chair)
    assert kept + refused == ROUNDS


def test_two_chairs_signing_at_once_make_one_snapshot(
    cycle: Cycle, lead: User, chair: User
) -> None:
    other = member(cycle.council, Role.REVIEWER, "Cora Chair")
    for number in range(1, 26):
        submit(cycle=cycle, gaps=0, by=lead)
        results = both(
            lambda: sign_off(cycle=cycle, by=chair),
            lambda: sign_off(cycle=cycle, by=other),
        )
        assert sorted(type(each).__name__ for each in results) == [
            "Snapshot",
            "ValidationError",
        ]
        assert Snapshot.objects.count() == number
        reopen(cycle=cycle, reason="Next round", by=chair)
