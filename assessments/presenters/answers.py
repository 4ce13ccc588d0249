"""What the question page shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Subquery
from django.http import Http404, QueryDict
from django.utils.text import Truncator

from assessments.forms.answers import AnswerForm, QuestionForm
from assessments.models import (
    Answer,
    Cycle,
    EvidenceStatement,
    QuestionAssessment,
    Sensitivity,
)
from assessments.prepared import Prepared
from assessments.presenters.former import Former, came_from, former_of
from benchmarks.contents import contents_of
from benchmarks.models import Benchmark, Prompt, Question, RatingLevel, Toolkit


@dataclass(frozen=True)
class EvidenceBlock:
    """The fields of one evidence statement, blank unless said otherwise.

    `anchor`: the position it is shown at; `others`: the prompts (position and words) that it
    can cover too; `ticked`: all those that it does. `row`: what is saved; `confirms`: the tick
    that it is still right.
    """

    prefix: str
    anchor: int
    others: tuple[tuple[int, str], ...]
    ticked: Collection[int] = ()
    text: str = ""
    sensitivity: str = Sensitivity.PUBLIC
    version: int | str = 0
    errors: Sequence[str] = ()
    row: EvidenceStatement | None = None
    confirms: bool = False

    @property
    def is_shared(self) -> bool:
        return len(self.ticked) > 1

    @property
    def is_blank(self) -> bool:
        """Whether it is as `QuestionPage.blank_at` makes it: nobody has begun to fill it in."""
        return self == EvidenceBlock(self.prefix, self.anchor, self.others)


@dataclass(frozen=True)
class PromptBlock:
    """One prompt, or the question itself (`prompt` None) where it has no prompts.

    `blank`: for further evidence; None where such evidence has been typed and not saved yet.
    """

    prompt: Prompt | None
    answer: AnswerForm
    evidence: Sequence[EvidenceBlock]
    blank: EvidenceBlock | None
    covered_at: Sequence[int]

    @property
    def position(self) -> int:
        return self.prompt.position if self.prompt else 0

    @property
    def about(self) -> str:
        return f"prompt {self.position}" if self.prompt else "this question"

    @property
    def opens_blank(self) -> bool:
        """Whether the empty evidence field stands open: no evidence covers this prompt yet."""
        return not self.evidence and not self.covered_at


@dataclass(frozen=True)
class PreviousAnswer:
    position: int
    label: str
    level: RatingLevel | None
    evidence: Sequence[EvidenceStatement]
    to_confirm: bool = False


def find_question(toolkit: Toolkit, ref: str) -> tuple[Benchmark, Question]:
    """Raises Http404 for a reference that the edition doesn't have."""
    for benchmark in contents_of(toolkit).benchmarks.all():
        for question in benchmark.questions.all():
            if question.ref == ref:
                return benchmark, question
    raise Http404


ASSESSMENT = Prepared(
    lambda cycle, question: (
        QuestionAssessment.objects.filter(cycle=cycle, question=question)
        .annotate(
            assigned_to=F("assignee__name"),
            last=Subquery(Cycle.objects.before_that_of("cycle").values("pk")[:1]),
            former=former_of("cycle"),
        )
        .order_by()
    )
)
ANSWERS = Prepared(
    lambda cycles, question: (
        Answer.objects.filter(cycle__in=cycles, question=question)
        .annotate(period=F("cycle__period"))
        .order_by()
    )
)
STATEMENTS = Prepared(
    lambda cycles, question: EvidenceStatement.objects.filter(cycle__in=cycles, question=question)
)


class QuestionPage:
    """Reads a question of a cycle: the answers and evidence of this cycle and the last one.

    Three queries, and the toolkit's contents once per process. Raises Http404 for a reference
    that the edition doesn't have.
    """

    def __init__(self, cycle: Cycle, ref: str) -> None:
        self.cycle = cycle
        self.toolkit = contents_of(cycle.toolkit)
        self.benchmark, self.question = find_question(cycle.toolkit, ref)
        self.prompts = list(self.question.prompts.all())
        [self.assessment] = ASSESSMENT(cycle.pk, self.question.pk)
        self.assessment.cycle = cycle
        cycles = (cycle.pk, self.assessment.last or 0)  # type: ignore[attr-defined]
        self.all_answers = sorted(ANSWERS(cycles, self.question.pk), key=self.place_of)
        self.all_statements = STATEMENTS(cycles, self.question.pk)

    @cached_property
    def positions(self) -> dict[int, int]:
        """Of the prompts, by primary key."""
        return {prompt.pk: prompt.position for prompt in self.prompts}

    def place_of(self, answer: Answer) -> int:
        """0 for that to a question without prompts."""
        return self.positions.get(answer.prompt_id or 0, 0)

    @cached_property
    def levels(self) -> list[RatingLevel]:
        """Of the cycle's scale, best first."""
        scale = next(s for s in self.toolkit.scales.all() if s.pk == self.cycle.scale_id)
        return sorted(scale.levels.all(), key=lambda level: -level.rank)

    @cached_property
    def answers(self) -> list[Answer]:
        return [row for row in self.all_answers if row.cycle_id == self.cycle.pk]

    @cached_property
    def statements(self) -> list[EvidenceStatement]:
        return [row for row in self.all_statements if row.cycle_id == self.cycle.pk]

    @property
    def has_to_confirm(self) -> bool:
        """Among its answers and its evidence."""
        return any(row.to_confirm for row in [*self.answers, *self.statements])

    @cached_property
    def neighbours(self) -> tuple[Question | None, Question | None]:
        """The questions before and after this one in the toolkit's order."""
        every = [q for b in self.toolkit.benchmarks.all() for q in b.questions.all()]
        at = every.index(self.question)
        return (every[at - 1] if at else None, every[at + 1] if at + 1 < len(every) else None)

    def form(self, data: QueryDict | None = None) -> QuestionForm:
        return QuestionForm(
            prompts=self.prompts,
            levels=self.levels,
            answers=self.answers,
            statements=self.statements,
            data=data,
        )

    def blocks(self, form: QuestionForm) -> list[PromptBlock]:
        prompts = {prompt.pk: prompt for prompt in self.prompts}
        return [
            self.block(
                prompts[answer.answer.prompt_id] if answer.answer.prompt_id else None, answer, form
            )
            for answer in form.answers
        ]

    def block(self, prompt: Prompt | None, answer: AnswerForm, form: QuestionForm) -> PromptBlock:
        position = prompt.position if prompt else 0
        covering = [s for s in form.statements if position in s.ticked and s["text"].value()]
        return PromptBlock(
            prompt=prompt,
            answer=answer,
            evidence=self.evidence_at(position, form),
            blank=self.blank_at(position, form),
            covered_at=sorted({s.anchor for s in covering if s.anchor != position}),
        )

    def evidence_at(self, position: int, form: QuestionForm) -> list[EvidenceBlock]:
        return [
            EvidenceBlock(
                prefix=str(s.prefix),
                anchor=position,
                others=self.other_prompts(position),
                ticked=s.ticked,
                text=s["text"].value() or "",
                sensitivity=s["sensitivity"].value(),
                version=s["version"].value() or 0,  # of a draft that lacks it, too
                errors=[str(error) for error in s["text"].errors],
                row=s.statement,
                confirms=bool(s["confirm"].value()),
            )
            for s in form.statements
            if s.anchor == position
        ]

    def blank_at(self, position: int, form: QuestionForm) -> EvidenceBlock | None:
        prefix = f"evidence-new-{position}"
        if any(s.prefix == prefix for s in form.statements):
            return None
        return EvidenceBlock(prefix, position, self.other_prompts(position))

    def whole_question(self, form: QuestionForm) -> list[EvidenceBlock]:
        """Evidence on the question as a whole, where it has prompts; a blank one last."""
        if not self.prompts:
            return []
        blank = self.blank_at(0, form)
        return self.evidence_at(0, form) + ([blank] if blank else [])

    def other_prompts(self, position: int) -> tuple[tuple[int, str], ...]:
        """None for evidence on the question as a whole."""
        return tuple(choice for choice in self.prompt_choices if position and choice[0] != position)

    @cached_property
    def prompt_choices(self) -> list[tuple[int, str]]:
        return [
            (prompt.position, f"Prompt {prompt.position}: {Truncator(prompt.text).chars(90)}")
            for prompt in self.prompts
        ]

    @cached_property
    def previous(self) -> list[PreviousAnswer]:
        """Last cycle's answer to each prompt, in order; empty without an earlier cycle."""
        levels = {lv.pk: lv for s in self.toolkit.scales.all() for lv in s.levels.all()}
        said = [row for row in self.all_statements if row.cycle_id != self.cycle.pk]
        return [
            PreviousAnswer(
                position=(position := self.place_of(row)),
                label="Not applicable" if row.not_applicable else "",
                level=levels.get(row.rating_id or 0),
                evidence=[s for s in said if min(s.covers, default=0) == position],
                to_confirm=row.to_confirm,
            )
            for row in self.all_answers
            if row.cycle_id != self.cycle.pk
        ]

    @cached_property
    def former(self) -> list[Former]:
        """Where the cycle before was on another edition: the benchmarks that this question's
        came from, as they were rated there."""
        return came_from(self.assessment.former, self.benchmark.number)  # type: ignore[attr-defined]

    @cached_property
    def previous_on_whole(self) -> list[EvidenceStatement]:
        """Last cycle's evidence on the question as a whole, where it has prompts."""
        said = [row for row in self.all_statements if row.cycle_id != self.cycle.pk]
        return [row for row in said if not row.covers] if self.prompts else []

    @cached_property
    def previous_period(self) -> str:
        earlier = (row for row in self.all_answers if row.cycle_id != self.cycle.pk)
        return next((row.period for row in earlier), "")  # type: ignore[attr-defined]
