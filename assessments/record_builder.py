"""Reads a cycle from the database into its record."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db.models import Prefetch

from assessments import models, record
from assessments.models import Cycle
from assessments.querysets import CycleQuerySet
from benchmarks import models as asked
from benchmarks.contents import contents_of
from benchmarks.models import Toolkit

Row = TypeVar("Row", models.EvidenceStatement, models.EvidenceItem)


def build_record(cycle: Cycle) -> record.CycleRecord:
    """The cycle as it stands, whole. Nine queries, whatever it holds."""
    return record_of(whole(Cycle.objects.all()).get(pk=cycle.pk))


def whole(cycles: CycleQuerySet) -> CycleQuerySet:
    """With everything that their records hold: eight queries more, however many cycles."""
    questions = models.QuestionAssessment.objects.select_related("assignee").order_by("pk")
    links = models.ActionLink.objects.select_related("action", "question__benchmark", "prompt")
    owners = models.ActionOwner.objects.select_related("user")
    return cycles.select_related("council", "toolkit", "scale").prefetch_related(
        Prefetch("benchmarks", models.BenchmarkAssessment.objects.order_by("pk")),
        Prefetch("questions", questions),
        Prefetch("answers", models.Answer.objects.order_by("pk")),
        "statements",
        "evidence_items",
        Prefetch("action_links", links),
        Prefetch("action_links__action__owners", owners),
        "action_links__action__updates",
    )


def record_of(cycle: Cycle) -> record.CycleRecord:
    """Of a cycle read by `whole`; without a query once its edition has been read."""
    toolkit = contents_of(cycle.toolkit)
    scale = next(s for s in toolkit.scales.all() if s.pk == cycle.scale_id)
    builder = RecordBuilder(toolkit, scale)
    builder.read(cycle)
    return dataclasses.replace(
        builder.build(),
        council_name=cycle.council.name,
        council_slug=cycle.council.slug,
        accent_colour=cycle.council.accent_colour,
        period=cycle.period,
        as_at=cycle.as_at,
        closes_on=cycle.closes_on,
        actions=builder.actions(cycle),
    )


def blank_record(toolkit_slug: str, scale_slug: str) -> record.CycleRecord:
    """An edition with nothing answered and no council yet.

    Raises LookupError, with a sentence, where there is no such edition or scale here.
    """
    toolkit = Toolkit.objects.published().with_contents().filter(slug=toolkit_slug).first()
    if toolkit is None:
        raise LookupError(f"no toolkit “{toolkit_slug}” is published here; load it first")
    scales = {scale.slug: scale for scale in toolkit.scales.all()}
    if scale_slug not in scales:
        raise LookupError(f"its scale “{scale_slug}” is not one of {', '.join(scales)}")
    return RecordBuilder(toolkit, scales[scale_slug]).build()


def build_history(cycle: Cycle) -> tuple[record.PastCycle, ...]:
    """The council's cycles up to this one, on whichever edition, oldest first. Four queries."""
    cycles = cycle.council.cycles.filter(as_at__lte=cycle.as_at).order_by("as_at", "pk")
    cycles = cycles.select_related("toolkit", "scale").prefetch_related(
        "benchmarks__benchmark", "benchmarks__rating"
    )
    return tuple(
        record.PastCycle(
            period=each.period,
            as_at=each.as_at,
            toolkit_title=each.toolkit.title,
            scale_name=each.scale.name,
            ratings=tuple(past_rating_of(row) for row in each.benchmarks.all()),
        )
        for each in cycles
    )


class RecordBuilder:
    """Puts what was read together in the order of the toolkit; blank where nothing was."""

    def __init__(self, toolkit: Toolkit, scale: asked.RatingScale) -> None:
        self.toolkit = toolkit
        self.scale = scale
        self.levels = {level.pk: level_of(level) for level in scale.levels.all()}
        self.assessments: dict[int, models.BenchmarkAssessment] = {}
        self.assignees: dict[int, models.User | None] = {}
        self.answers: dict[tuple[int, int | None], models.Answer] = {}
        self.statements: dict[int, list[models.EvidenceStatement]] = {}
        self.documents: dict[int, list[models.EvidenceItem]] = {}

    def read(self, cycle: Cycle) -> None:
        self.assessments = {row.benchmark_id: row for row in cycle.benchmarks.all()}
        self.assignees = {row.question_id: row.assignee for row in cycle.questions.all()}
        self.answers = {(row.question_id, row.prompt_id): row for row in cycle.answers.all()}
        self.statements = by_question(cycle.statements.all())
        self.documents = by_question(cycle.evidence_items.all())

    def build(self) -> record.CycleRecord:
        toolkit = self.toolkit
        return record.CycleRecord(
            council_name="",
            council_slug="",
            accent_colour="",
            toolkit_slug=toolkit.slug,
            toolkit_title=toolkit.title,
            attribution=toolkit.attribution,
            scale_slug=self.scale.slug,
            scale_name=self.scale.name,
            levels=tuple(self.levels.values()),
            period="",
            as_at=datetime.date.min,
            closes_on=None,
            benchmarks=tuple(self.benchmark(b) for b in toolkit.benchmarks.all()),
        )

    def benchmark(self, benchmark: asked.Benchmark) -> record.Benchmark:
        assessment = self.assessments.get(benchmark.pk) or models.BenchmarkAssessment()
        return record.Benchmark(
            number=benchmark.number,
            short_title=benchmark.short_title,
            statement=benchmark.statement,
            outcome=benchmark.outcome,
            decision=decision_of(assessment, self.levels),
            actions=record.Text(assessment.actions, assessment.actions_sensitivity),
            comments=record.Text(assessment.comments, assessment.comments_sensitivity),
            questions=tuple(self.question(q) for q in benchmark.questions.all()),
        )

    def question(self, question: asked.Question) -> record.Question:
        assignee = self.assignees.get(question.pk)
        return record.Question(
            ref=question.ref,
            category=question.category,
            text=question.text,
            assignee=record.Person(assignee.name, assignee.email) if assignee else None,
            answers=tuple(self.answer(question, p) for p in question.prompts.all() or [None]),
            statements=tuple(statement_of(s) for s in self.statements.get(question.pk, [])),
            documents=tuple(document_of(d) for d in self.documents.get(question.pk, [])),
        )

    def answer(self, question: asked.Question, prompt: asked.Prompt | None) -> record.Answer:
        key = (question.pk, prompt.pk if prompt else None)
        decision = decision_of(self.answers.get(key) or models.Answer(), self.levels)
        if prompt is None:
            return record.Answer(0, "", decision)
        return record.Answer(prompt.position, prompt.text, decision)

    def actions(self, cycle: Cycle) -> tuple[record.Action, ...]:
        """In the order of the questions they stand beside."""
        rows = {link.action_id: link.action for link in cycle.action_links.all()}
        links = defaultdict(list)
        for link in cycle.action_links.all():
            position = link.prompt.position if link.prompt else 0
            place = (link.question.benchmark.number, link.question.position, position)
            links[link.action_id].append((place, record.Link(link.question.ref, position)))
        for places in links.values():
            places.sort(key=lambda entry: entry[0])
        ordered = sorted(rows, key=lambda pk: (links[pk][0][0], pk))
        return tuple(
            action_of(number, rows[pk], tuple(link for _, link in links[pk]))
            for number, pk in enumerate(ordered, start=1)
        )


def by_question(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.question_id].append(row)
    return grouped


def decision_of(row: models.Decision, levels: Mapping[int, record.Level]) -> record.Decision:
    return record.Decision(
        level=levels[row.rating_id] if row.rating_id else None,
        not_applicable=row.not_applicable,
        reason=record.Text(row.reason, row.reason_sensitivity),
    )


def past_rating_of(row: models.BenchmarkAssessment) -> record.PastRating:
    level = level_of(row.rating) if row.rating else None
    decision = record.Decision(level, row.not_applicable)
    return record.PastRating(row.benchmark.number, row.benchmark.short_title, decision)


def level_of(level: asked.RatingLevel) -> record.Level:
    return record.Level(
        slug=level.slug,
        label=level.label,
        rank=level.rank,
        colour=level.colour,
        shape=level.shape,
        met=level.met,
        meaning=level.meaning,
    )


def statement_of(statement: models.EvidenceStatement) -> record.Statement:
    return record.Statement(
        text=record.Text(statement.text, statement.sensitivity), covers=tuple(statement.covers)
    )


def document_of(item: models.EvidenceItem) -> record.Document:
    return record.Document(
        title=record.Text(item.title, item.sensitivity),
        url=record.Text(item.url, item.sensitivity),
        reference=record.Text(item.reference, item.sensitivity),
        dated_on=item.dated_on,
        review_on=item.review_on,
    )


def action_of(number: int, action: models.Action, links: tuple[record.Link, ...]) -> record.Action:
    return record.Action(
        number=number,
        text=record.Text(action.text, action.sensitivity),
        status=action.status,
        owners=tuple(
            record.Owner(
                record.Text(owner.name, action.sensitivity), owner.user.email if owner.user else ""
            )
            for owner in action.owners.all()
        ),
        due_date=action.due_date,
        due_words=record.Text(action.due_words, action.sensitivity),
        completed_on=action.completed_on,
        links=links,
        updates=tuple(update_of(update) for update in action.updates.all()),
    )


def update_of(update: models.ProgressUpdate) -> record.Update:
    return record.Update(
        dated_on=update.dated_on,
        quarter=update.quarter,
        text=record.Text(update.text, update.sensitivity),
        next_steps=record.Text(update.next_steps, update.sensitivity),
        author_name=update.author_name,
    )
