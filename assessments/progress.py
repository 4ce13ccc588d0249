"""How far a cycle is: what is answered, what isn't, and what comes next.

The one place that says when a question counts as started or completed. *Completed* means
that every answer of it is decided; it never means submitted. What was carried from an earlier
cycle counts as nothing until somebody confirms it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from assessments.models import (
    ActionLink,
    Answer,
    BenchmarkAssessment,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    QuestionAssessment,
    User,
)
from assessments.record import NOT_APPLICABLE, NOT_DECIDED

DECIDED = (Q(rating__isnull=False) | Q(not_applicable=True)) & Q(to_confirm=False)
Key = tuple[int, int]  # a cycle and a question


class QuestionStatus(StrEnum):
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Tally:
    """How many answers there are, and how many are decided: rated or not applicable.

    `to_confirm`: how many answers, evidence and actions wait for somebody to confirm them.
    """

    answered: int = 0
    total: int = 0
    to_confirm: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.answered + other.answered,
            self.total + other.total,
            self.to_confirm + other.to_confirm,
        )

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total and not self.to_confirm

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
    to_confirm: bool = False


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


def to_confirm(questions: Iterable[QuestionProgress]) -> list[QuestionProgress]:
    return [question for question in questions if question.tally.to_confirm]


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
    beside = beside_questions(cycles)
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
        tally, (evidence, waiting) = tallies.get(key, Tally()), beside.get(key, (0, 0))
        result[cycle_id].append(
            QuestionProgress(
                ref=ref,
                text=text,
                benchmark=benchmark,
                assignee_id=assignee_id,
                assignee=assignee or "",
                tally=replace(tally, to_confirm=tally.to_confirm + waiting),
                has_evidence=evidence > 0,
            )
        )
    return result


def question_tallies(cycles: Sequence[Cycle]) -> dict[Key, Tally]:
    """By cycle and question. One query."""
    rows = (
        Answer.objects.filter(cycle__in=cycles)
        .order_by()
        .values_list("cycle_id", "question_id")
        .annotate(
            answered=Count("pk", filter=DECIDED),
            total=Count("pk"),
            waiting=Count("pk", filter=Q(to_confirm=True)),
        )
    )
    return {(cycle, question): Tally(*counts) for cycle, question, *counts in rows}


def beside_questions(cycles: Sequence[Cycle]) -> dict[Key, tuple[int, int]]:
    """By cycle and question: how much confirmed evidence it has (statements and documents),
    and how much beside it is to confirm, an action at several prompts once. One query."""
    evidence = [(EvidenceStatement, "pk", 1), (EvidenceItem, "pk", 1)]
    arms = [counted_beside(*arm, cycles) for arm in [*evidence, (ActionLink, "action", 0)]]
    found: dict[Key, tuple[int, int]] = {}
    for cycle, question, is_evidence, confirmed, waiting in arms[0].union(*arms[1:], all=True):
        before = found.get((cycle, question), (0, 0))
        found[cycle, question] = (before[0] + is_evidence * confirmed, before[1] + waiting)
    return found


def counted_beside(
    model: Any, what: str, is_evidence: int, cycles: Sequence[Cycle]
) -> QuerySet[Any]:
    rows = model.objects.filter(cycle__in=cycles).order_by()
    counted_rows: QuerySet[Any] = rows.values_list(
        "cycle_id", "question_id", Value(is_evidence)
    ).annotate(
        confirmed=Count(what, filter=Q(to_confirm=False), distinct=True),
        waiting=Count(what, filter=Q(to_confirm=True), distinct=True),
    )
    return counted_rows


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
        "to_confirm",
    )
    for cycle_id, number, rank, label, colour, not_applicable, waiting in rows:
        if not_applicable:
            label, colour = NOT_APPLICABLE, "grey"
        if waiting:
            rank, label, colour = 0, "", ""
        judgement = Judgement(number, rank or 0, label or NOT_DECIDED, colour or "", waiting)
        result[cycle_id].append(judgement)
    return result
