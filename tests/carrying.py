"""A cycle with one of everything, and the next one started from it."""

import datetime

import pytest

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    ActionStatus,
    Answer,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    User,
)
from assessments.services.cycles import start_cycle
from benchmarks.models import Question, RatingLevel

NEXT_YEAR = {"period": "2026/27", "as_at": datetime.date(2026, 12, 1)}


def level(cycle: Cycle, slug: str) -> RatingLevel:
    return cycle.scale.levels.get(slug=slug)


def question(cycle: Cycle, ref: str) -> Question:
    return Question.objects.get(benchmark__toolkit=cycle.toolkit_id, ref=ref)


def answer(cycle: Cycle, ref: str, position: int = 0) -> Answer:
    rows = cycle.answers.filter(question__ref=ref)
    return rows.get(prompt__position=position) if position else rows.get()


def rate(row: Answer, slug: str) -> None:
    row.rating = level(row.cycle, slug)
    row.version = 1
    row.save()


@pytest.fixture
def last(cycle: Cycle, lead: User) -> Cycle:
    """2025/26: question 1.1 answered whole, 2.1 not applicable, benchmark 1 decided, an action
    open at 1.1 and one done."""
    for position in (1, 2, 3):
        rate(answer(cycle, "1.1", position), "amber" if position == 2 else "green")
    whole = answer(cycle, "2.1")
    whole.not_applicable, whole.reason, whole.version = True, "None here.", 1
    whole.save()
    place = {"cycle": cycle, "question": question(cycle, "1.1")}
    EvidenceStatement.objects.create(
        **place, text="A profile is kept.", covers=[1, 3], sensitivity="exempt-7"
    )
    EvidenceStatement.objects.create(**place, text="The board asks.", covers=[])
    EvidenceItem.objects.create(
        **place, title="Local profile", dated_on=datetime.date(2025, 6, 1), review_on=None
    )
    judgement = cycle.benchmarks.get(benchmark__number=1)
    judgement.rating, judgement.reason, judgement.version = level(cycle, "green"), "We know.", 1
    judgement.actions, judgement.comments = "Share it", "Read each quarter"
    judgement.save()
    for text, status in (("Share it", ActionStatus.IN_PROGRESS), ("Done", ActionStatus.COMPLETED)):
        action = Action.objects.create(council=cycle.council, text=text, status=status)
        ActionOwner.objects.create(action=action, name=lead.name, user=lead)
        ActionLink.objects.create(action=action, **place)
    return cycle


@pytest.fixture
def carried(last: Cycle, lead: User) -> Cycle:
    """2026/27, started from 2025/26."""
    return start_cycle(
        council=last.council,
        toolkit=last.toolkit,
        scale=last.scale,
        start_from=last,
        **NEXT_YEAR,
        by=lead,
    )
