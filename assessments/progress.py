"""How far a cycle is: what is answered, what isn't, and what comes next.

The one place that says when a question counts as started or completed. *Completed* means
that every answer of it is decided; it never means submitted.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q

from assessments.models import (
    Answer,
    BenchmarkAssessment,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    QuestionAssessment,
    User,
)
from assessments.record import NOT_APPLICABLE, NOT_DECIDED

DECIDED = Q(rating__isnull=False) | Q(not_applicable=True)


class QuestionStatus(StrEnum):
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Tally:
    """How many answers there are, and how many are decided: rated or not applicable."""

    answered: int = 0
    total: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.answered + other.answered, self.total + other.total)

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total

    def status(self, *, has_evidence: bool) -> QuestionStatus:
        if self.is_complete:
            return QuestionStatus.COMPLETED
        if self.answered or has_evidence:
            return QuestionStatus.IN_PROGRESS
        return QuestionStatus.NOT_STARTED


@dataclass(frozen=True)
class QuestionProgress:
    """One question of a cycle: a row of the task list."""

    ref: str
    text: str
    benchmark: int
    assignee_id: int | None
    assignee: str
    tally: Tally
    has_evidence: bool = False

    @property
    def status(self) -> QuestionStatus:
        return self.tally.status(has_evidence=self.has_evidence)

    @property
    def is_completed(self) -> bool:
        return self.status == QuestionStatus.COMPLETED


@dataclass(frozen=True)
class Judgement:
    """How a benchmark stands; no colour: not decided. Rank 0 is no level."""

    number: int
    rank: int
    label: str
    colour: str


@dataclass(frozen=True)
class RatingCount:
    """How many benchmarks of a cycle stand so; no colour: not decided."""

    label: str
    colour: str
    count: int


def undecided(judgements: Iterable[Judgement]) -> list[int]:
    """The numbers of the benchmarks that nobody has judged yet."""
    return [each.number for each in judgements if not each.colour]


def counted(judgements: Iterable[Judgement]) -> list[RatingCount]:
    """The best level first, then not applicable, then not decided."""
    in_order = sorted(judgements, key=lambda each: (-each.rank, not each.colour))
    counts = Counter((each.label, each.colour) for each in in_order)
    return [RatingCount(label, colour, count) for (label, colour), count in counts.items()]


def total(questions: Iterable[QuestionProgress]) -> Tally:
    return sum((question.tally for question in questions), Tally())


def of_person(questions: Iterable[QuestionProgress], user: User) -> list[QuestionProgress]:
    return [question for question in questions if question.assignee_id == user.pk]


def unanswered(questions: Iterable[QuestionProgress]) -> list[QuestionProgress]:
    return [question for question in questions if not question.is_completed]


def next_question(
    questions: Sequence[QuestionProgress], *, after: str = ""
) -> QuestionProgress | None:
    """The next question not completed, in the order given; after `after`, then from the top."""
    refs = [question.ref for question in questions]
    place = refs.index(after) + 1 if after in refs else 0
    round_trip = [*questions[place:], *questions[:place]]
    return next((each for each in unanswered(round_trip) if each.ref != after), None)


def progress_of(*cycles: Cycle) -> dict[int, list[QuestionProgress]]:
    """Every question, by the cycle's id, in the toolkit's order. Three queries in all."""
    tallies = question_tallies(cycles)
    evidenced = questions_with_evidence(cycles)
    result: dict[int, list[QuestionProgress]] = {cycle.pk: [] for cycle in cycles}
    rows = QuestionAssessment.objects.filter(cycle__in=cycles).values_list(
        "cycle_id",
        "question_id",
        "question__ref",
        "question__text",
        "question__benchmark__number",
        "assignee_id",
        "assignee__name",
    )
    for cycle_id, question_id, ref, text, benchmark, assignee_id, assignee in rows:
        key = (cycle_id, question_id)
        result[cycle_id].append(
            QuestionProgress(
                ref=ref,
                text=text,
                benchmark=benchmark,
                assignee_id=assignee_id,
                assignee=assignee or "",
                tally=tallies.get(key, Tally()),
                has_evidence=key in evidenced,
            )
        )
    return result


def question_tallies(cycles: Sequence[Cycle]) -> dict[tuple[int, int], Tally]:
    """By cycle and question. One query."""
    rows = (
        Answer.objects.filter(cycle__in=cycles)
        .order_by()
        .values_list("cycle_id", "question_id")
        .annotate(answered=Count("pk", filter=DECIDED), total=Count("pk"))
    )
    return {(cycle, question): Tally(answered, of) for cycle, question, answered, of in rows}


def questions_with_evidence(cycles: Sequence[Cycle]) -> set[tuple[int, int]]:
    """Cycle and question of every statement and document. One query."""
    statements = EvidenceStatement.objects.filter(cycle__in=cycles).order_by()
    items = EvidenceItem.objects.filter(cycle__in=cycles).order_by()
    keys = ("cycle_id", "question_id")
    return set(statements.values_list(*keys).union(items.values_list(*keys)))


def judgements_of(*cycles: Cycle) -> dict[int, list[Judgement]]:
    """How every benchmark was judged, by the cycle's id, in the toolkit's order. One query."""
    result: dict[int, list[Judgement]] = {cycle.pk: [] for cycle in cycles}
    rows = BenchmarkAssessment.objects.filter(cycle__in=cycles).values_list(
        "cycle_id",
        "benchmark__number",
        "rating__rank",
        "rating__label",
        "rating__colour",
        "not_applicable",
    )
    for cycle_id, number, rank, label, colour, not_applicable in rows:
        if not_applicable:
            label, colour = NOT_APPLICABLE, "grey"
        result[cycle_id].append(Judgement(number, rank or 0, label or NOT_DECIDED, colour or ""))
    return result
