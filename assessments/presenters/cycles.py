"""What the task list shows, and the one next thing to do in a cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists
from django.urls import reverse

from assessments.access import Access, CycleAccess
from assessments.models import BenchmarkAssessment, Cycle
from assessments.permissions import Permission
from assessments.presenters.challenges import unresolved_places
from assessments.presenters.workbooks import with_leftovers
from assessments.progress import (
    QuestionProgress,
    Tally,
    next_question,
    of_person,
    progress_of,
    to_confirm,
    total,
    unanswered,
)

# Views of the task list that are offered only where there is something in them.
TO_CONFIRM = "to-confirm"
CHALLENGED = "challenged"


@dataclass(frozen=True)
class Section:
    """A benchmark and those of its questions that are shown."""

    assessment: BenchmarkAssessment
    questions: Sequence[QuestionProgress]

    @property
    def tally(self) -> Tally:
        return total(self.questions)


@dataclass(frozen=True)
class Step:
    """A button: the next thing to do."""

    label: str
    href: str


@dataclass(frozen=True)
class Choice:
    """One of the views of the task list."""

    show: str
    label: str
    count: int


class TaskList:
    """A cycle's questions by benchmark. Six queries."""

    def __init__(self, access: CycleAccess, *, show: str) -> None:
        self.access = access
        self.questions = progress_of(access.cycle)[access.cycle.pk]
        self.assessments = judgements(access.cycle)
        self.mine = of_person(self.questions, access.user)
        self.refs_asked, self.numbers_asked = unresolved_places(access.cycle)
        self.wanted = show
        self.show = show if show in {choice.show for choice in self.choices} else ""

    @property
    def tally(self) -> Tally:
        return total(self.questions)

    @cached_property
    def choices(self) -> list[Choice]:
        shown = [Choice("", "All", len(self.questions))]
        if self.access.can(Permission.ANSWER_ASSIGNED):
            shown.append(Choice("mine", "Yours", len(self.mine)))
        shown.append(Choice("unanswered", "Unanswered", len(unanswered(self.questions))))
        if self.to_confirm or self.wanted == TO_CONFIRM:
            shown.append(Choice(TO_CONFIRM, "To confirm", len(to_confirm(self.questions))))
        if asked := len(self.refs_asked) + len(self.numbers_asked):
            shown.append(Choice(CHALLENGED, "Challenged", asked))
        return shown

    @property
    def to_confirm(self) -> int:
        """How much came along from an earlier cycle and waits, judgements included."""
        return self.tally.to_confirm + sum(each.to_confirm for each in self.assessments)

    @property
    def has_tray(self) -> bool:
        """Whether it was made from a document, or something of a workbook found no place. One
        query."""
        cycle = self.access.cycle
        made_from, left = Exists(cycle.imports.all()), Exists(with_leftovers(cycle))
        return Cycle.objects.filter(made_from | left, pk=cycle.pk).exists()

    @property
    def yours(self) -> list[QuestionProgress]:
        """Shown first, to those who answer only what is assigned to them."""
        return [] if self.show or self.access.can(Permission.ANSWER_ANY) else self.mine

    @property
    def sections(self) -> list[Section]:
        if self.show == TO_CONFIRM:
            return self.sections_to_confirm
        if self.show == CHALLENGED:
            return self.sections_challenged
        shown = {"mine": self.mine, "unanswered": unanswered(self.questions)}
        return in_sections(self.assessments, shown.get(self.show, self.questions))

    @property
    def sections_to_confirm(self) -> list[Section]:
        """A benchmark too whose judgement alone waits."""
        found = sections_of(self.assessments, to_confirm(self.questions))
        return [each for each in found if each.questions or each.assessment.to_confirm]

    @property
    def sections_challenged(self) -> list[Section]:
        """A benchmark too that alone is asked about."""
        asked = [each for each in self.questions if each.ref in self.refs_asked]
        return [
            each
            for each in sections_of(self.assessments, asked)
            if each.questions or each.assessment.benchmark.number in self.numbers_asked
        ]

    @property
    def step(self) -> Step | None:
        undecided = [each.benchmark.number for each in self.assessments if not each.is_decided]
        return next_step(self.access, self.access.cycle, self.questions, undecided)


def by_benchmark(cycle: Cycle, questions: Sequence[QuestionProgress]) -> list[Section]:
    """One query."""
    return in_sections(judgements(cycle), questions)


def in_sections(
    assessments: Sequence[BenchmarkAssessment], questions: Sequence[QuestionProgress]
) -> list[Section]:
    """Benchmarks without any of the questions are left out."""
    return [section for section in sections_of(assessments, questions) if section.questions]


def sections_of(
    assessments: Sequence[BenchmarkAssessment], questions: Sequence[QuestionProgress]
) -> list[Section]:
    return [
        Section(each, [q for q in questions if q.benchmark == each.benchmark.number])
        for each in assessments
    ]


def judgements(cycle: Cycle) -> list[BenchmarkAssessment]:
    return list(cycle.benchmarks.select_related("benchmark", "rating"))


def next_step(
    access: Access, cycle: Cycle, questions: Sequence[QuestionProgress], undecided: Sequence[int]
) -> Step | None:
    """The next question to answer; then, for a lead, the next benchmark to decide, and the
    check of the whole. None for a contributor with nothing left to answer."""
    place = [access.council.slug, cycle.pk]
    if not (cycle.is_open and access.can(Permission.ANSWER_ASSIGNED)):
        return Step("Read the front sheet", reverse("councils:front_sheet", args=place))
    if not access.can(Permission.ANSWER_ANY):
        questions = of_person(questions, access.user)
    if question := next_question(questions):
        verb = "Continue with" if total(questions).answered else "Start with"
        href = reverse("councils:question", args=[*place, question.ref])
        return Step(f"{verb} question {question.ref}", href)
    if not access.can(Permission.JUDGE):
        return None
    if undecided:
        href = reverse("councils:benchmark", args=[*place, undecided[0]])
        return Step(f"Decide the rating of benchmark {undecided[0]}", href)
    return Step("Check answers", reverse("councils:check", args=place))
