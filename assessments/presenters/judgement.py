"""What the page of a benchmark shows: what is suggested, and what a person decides."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict

from assessments import record
from assessments.carrying import links_of, sources_of
from assessments.conflicts import Clash, Side, both_texts
from assessments.forms.answers import NOT_APPLICABLE
from assessments.forms.judgement import JudgementForm
from assessments.models import Answer, BenchmarkAssessment, Cycle
from assessments.presenters.asked import Asked
from assessments.presenters.assurance import Assurance, assurance_for
from assessments.presenters.clashes import readers
from assessments.presenters.front_sheet import entry_of
from assessments.ratings import RatedAnswer, Suggestion, suggest
from assessments.services.history import last_author
from assessments.services.judgement import Judgement, JudgementSave
from benchmarks.models import EditionMapping, Question, RatingLevel


@dataclass(frozen=True)
class LevelCount:
    """How many answers have this level; no level: not applicable, to confirm or not rated."""

    level: RatingLevel | None
    not_applicable: bool
    count: int
    to_confirm: bool = False


@dataclass(frozen=True)
class QuestionLine:
    """One question of the benchmark, with its ratings counted, best first."""

    question: Question
    counts: Sequence[LevelCount]
    open_actions: int


class BenchmarkPage:
    """Three queries, and one or two for `assurance`. Raises Http404 for a number that the
    edition doesn't have.

    `needs_reason`: whoever changes the rating has to say why.
    """

    def __init__(self, cycle: Cycle, number: int, *, needs_reason: bool = False) -> None:
        self.needs_reason = needs_reason
        self.cycle = cycle
        self.asked = Asked(cycle)
        self.toolkit = self.asked.toolkit
        self.benchmark = self.asked.benchmark(number)
        rows = list(self.rows())
        self.assessment = next(row for row in rows if row.cycle_id == cycle.pk)
        self.previous = [row for row in rows if self.became_this(row)]
        answers = cycle.answers.filter(question__benchmark=self.benchmark).order_by("pk")
        self.answers: dict[int, list[Answer]] = defaultdict(list)
        for answer in answers:
            self.answers[answer.question_id].append(answer)
        self.open_actions = self.count_open_actions()

    def rows(self) -> QuerySet[BenchmarkAssessment]:
        """The judgement, and all those of the cycle before, be it on an edition that a mapping
        leads from. One query."""
        last = Subquery(Cycle.objects.leading_to(self.cycle).values("pk")[:1])
        here = Q(cycle=self.cycle.pk, benchmark=self.benchmark)
        rows = BenchmarkAssessment.objects.filter(here | Q(cycle=last))
        mapping = EditionMapping.objects.filter(
            source=OuterRef("cycle__toolkit"), target=self.cycle.toolkit_id
        )
        links = Subquery(mapping.values("links")[:1])
        return rows.select_related("cycle", "rating", "benchmark").annotate(links=links)

    def became_this(self, row: BenchmarkAssessment) -> bool:
        """Whether it is an earlier cycle's judgement on this benchmark, or on one it came from."""
        if row.cycle_id == self.cycle.pk:
            return False
        if row.benchmark.toolkit_id == self.toolkit.pk:
            return row.benchmark_id == self.benchmark.pk
        links = links_of(row.links or ())  # type: ignore[attr-defined]
        return row.benchmark.number in sources_of(links, self.benchmark.number)

    def count_open_actions(self) -> dict[int, int]:
        """By question."""
        links = self.cycle.action_links.filter(question__benchmark=self.benchmark)
        links = links.exclude(action__status="completed").filter(to_confirm=False).order_by()
        return dict(links.values_list("question_id").annotate(Count("action", distinct=True)))

    @cached_property
    def levels(self) -> list[RatingLevel]:
        """Of the cycle's scale, best first."""
        return list(self.asked.levels.values())

    @cached_property
    def suggestion(self) -> Suggestion:
        answers = (
            RatedAnswer(
                ref=question.ref,
                category=question.category,
                decision=self.asked.decision(answer),
                has_action=question.pk in self.open_actions,
            )
            for question in self.benchmark.questions.all()
            for answer in self.answers[question.pk]
        )
        return suggest(self.toolkit.roll_up, self.asked.plain_levels.values(), answers)

    @cached_property
    def lines(self) -> list[QuestionLine]:
        return [
            QuestionLine(
                question,
                self.counts(self.answers[question.pk]),
                self.open_actions.get(question.pk, 0),
            )
            for question in self.benchmark.questions.all()
        ]

    def counts(self, answers: Sequence[Answer]) -> list[LevelCount]:
        decided = [answer for answer in answers if answer.is_decided]
        rated = [(level, [a for a in decided if a.rating_id == level.pk]) for level in self.levels]
        counts = [LevelCount(level, False, len(rows)) for level, rows in rated]
        not_applicable = sum(answer.not_applicable for answer in decided)
        waiting = sum(answer.to_confirm for answer in answers)
        unrated = len(answers) - len(decided) - waiting
        counts += [LevelCount(None, True, not_applicable), LevelCount(None, False, unrated)]
        counts.append(LevelCount(None, False, waiting, to_confirm=True))
        return [each for each in counts if each.count]

    @cached_property
    def assurance(self) -> Assurance | None:
        """What another instrument of the council says of this benchmark."""
        return assurance_for(self.cycle, self.benchmark)

    @property
    def entry(self) -> record.Benchmark:
        """As the front sheet prints it."""
        return entry_of(self.asked, self.benchmark, self.assessment)

    @property
    def before(self) -> int | None:
        return max((n for n in self.asked.benchmarks if n < self.benchmark.number), default=None)

    @property
    def after(self) -> int | None:
        return min((n for n in self.asked.benchmarks if n > self.benchmark.number), default=None)

    def form(self, data: QueryDict | None = None) -> JudgementForm:
        return JudgementForm(
            self.assessment,
            levels=self.levels,
            suggestion=self.suggestion,
            needs_reason=self.needs_reason,
            data=data,
        )


def clashes_of(saved: JudgementSave, mine: Judgement, page: BenchmarkPage) -> list[Clash]:
    """Every part that two people changed, each to be decided on its own. One query."""
    by, at = last_author(saved.row)
    clashes = [clash_of(name, saved.row, mine, page) for name in saved.clashing]
    return [replace(clash, by=by, at=at) for clash in clashes]


def clash_of(name: str, theirs: BenchmarkAssessment, mine: Judgement, page: BenchmarkPage) -> Clash:
    if name == "rating":
        return rating_clash(theirs, mine, page)
    their_text, my_text = getattr(theirs, name), getattr(mine, name)
    their_class, my_class = (getattr(each, f"{name}_sensitivity") for each in (theirs, mine))
    return Clash(
        prefix=name,
        heading=f"The {name} line",
        sides=[Side("Text", their_text, my_text), readers(their_class, my_class)],
        fields=[
            (f"{name}-text", my_text),
            (f"{name}-sensitivity", my_class),
            ("version", str(theirs.version)),
        ],
        text_field=f"{name}-text",
        together=both_texts(their_text, my_text),
    )


def rating_clash(theirs: BenchmarkAssessment, mine: Judgement, page: BenchmarkPage) -> Clash:
    levels = page.asked.levels
    level = levels.get(mine.rating_id or 0)
    value = NOT_APPLICABLE if mine.not_applicable else level.slug if level else ""
    return Clash(
        prefix="rating",
        heading="The rating",
        sides=[
            Side("Rating", rating_words(theirs, levels), rating_words(mine, levels)),
            Side("Reason", theirs.reason, mine.reason),
            readers(theirs.reason_sensitivity, mine.reason_sensitivity),
        ],
        fields=[
            ("rating-value", value),
            ("rating-reason", mine.reason),
            ("rating-reason_sensitivity", mine.reason_sensitivity),
            ("version", str(theirs.version)),
        ],
    )


def rating_words(side: BenchmarkAssessment | Judgement, levels: Mapping[int, RatingLevel]) -> str:
    if side.not_applicable:
        return record.NOT_APPLICABLE
    return levels[side.rating_id].label if side.rating_id else record.NOT_DECIDED
