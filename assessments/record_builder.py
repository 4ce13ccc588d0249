"""Reads a cycle from the database into its record."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from assessments import models, record
from assessments.carrying import Link
from assessments.mapped import links_to
from assessments.models import Cycle
from assessments.querysets import CycleQuerySet
from assessments.record_rows import (
    ActionRows,
    AnswerRow,
    CycleContents,
    Decided,
    DocumentRow,
    StatementRow,
    UpdateRow,
    read_cycles,
)
from benchmarks import models as asked
from benchmarks.contents import contents_of
from benchmarks.models import Toolkit

Row = TypeVar("Row", StatementRow, DocumentRow)


def build_record(cycle: Cycle) -> record.CycleRecord:
    """The cycle as it stands, whole. Ten queries, whatever it holds."""
    return build_records(Cycle.objects.filter(pk=cycle.pk))[cycle.pk]


def build_records(cycles: CycleQuerySet, *, brief: bool = False) -> dict[int, record.CycleRecord]:
    """By primary key. As many queries as for one; `brief`: without who has which question and
    how actions go, in two queries less."""
    return {each.cycle.pk: record_of(each) for each in read_cycles(cycles, brief=brief)}


def record_of(contents: CycleContents) -> record.CycleRecord:
    cycle = contents.cycle
    toolkit = contents_of(cycle.toolkit)
    scale = next(s for s in toolkit.scales.all() if s.pk == cycle.scale_id)
    builder = RecordBuilder(toolkit, scale)
    builder.take(contents)
    return dataclasses.replace(
        builder.build(),
        council_name=cycle.council.name,
        council_slug=cycle.council.slug,
        accent_colour=cycle.council.accent_colour,
        period=cycle.period,
        as_at=cycle.as_at,
        closes_on=cycle.closes_on,
        actions=builder.actions(contents),
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


def blank_record_on(toolkit: Toolkit, scale: asked.RatingScale) -> record.CycleRecord:
    """The same for rows at hand; without a query once the edition has been read."""
    contents = contents_of(toolkit)
    return RecordBuilder(contents, next(s for s in contents.scales.all() if s == scale)).build()


def build_history(cycle: Cycle) -> tuple[record.PastCycle, ...]:
    """The council's cycles up to this one, on whichever edition, oldest first. Four queries,
    and one where there are several editions."""
    cycles = cycle.council.cycles.alongside(cycle.toolkit_id).filter(as_at__lte=cycle.as_at)
    cycles = cycles.order_by("as_at", "pk")
    cycles = cycles.select_related("toolkit", "scale").prefetch_related(
        "benchmarks__benchmark", "benchmarks__rating"
    )
    others = {each.toolkit_id for each in cycles} - {cycle.toolkit_id}
    links = links_to(cycle.toolkit_id, others) if others else {}
    return tuple(
        record.PastCycle(
            period=each.period,
            as_at=each.as_at,
            toolkit_title=each.toolkit.title,
            scale_name=each.scale.name,
            ratings=tuple(
                past_rating_of(row, links.get(each.toolkit_id, ())) for row in each.benchmarks.all()
            ),
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
        self.answers: dict[tuple[int, int | None], AnswerRow] = {}
        self.statements: dict[int, list[StatementRow]] = {}
        self.documents: dict[int, list[DocumentRow]] = {}

    def take(self, contents: CycleContents) -> None:
        self.assessments = {row.benchmark_id: row for row in contents.assessments}
        self.assignees = contents.assignees
        self.answers = {(row.question_id, row.prompt_id): row for row in contents.answers}
        self.statements = by_question(contents.statements)
        self.documents = by_question(contents.documents)

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
            decision=decision_of(assessment, self.levels).of_benchmark,
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
        row = self.answers.get(key)
        decision = decision_of(row, self.levels) if row else record.Decision()
        if prompt is None:
            return record.Answer(0, "", decision)
        return record.Answer(prompt.position, prompt.text, decision)

    @cached_property
    def places(self) -> dict[int, tuple[int, int, str, dict[int | None, int]]]:
        """Of each question its benchmark's number, its own place and ref, and the position of
        each of its prompts; 0 stands for the question itself."""
        return {
            question.pk: (
                benchmark.number,
                question.position,
                question.ref,
                {None: 0, **{prompt.pk: prompt.position for prompt in question.prompts.all()}},
            )
            for benchmark in self.toolkit.benchmarks.all()
            for question in benchmark.questions.all()
        }

    def actions(self, contents: CycleContents) -> tuple[record.Action, ...]:
        """In the order of the questions they stand beside."""
        rows = contents.actions
        links = defaultdict(list)
        for link in contents.links:
            number, place, ref, positions = self.places[link.question_id]
            position = positions[link.prompt_id]
            entry = record.Link(ref, position, link.to_confirm, link.carried_from)
            links[link.action_id].append(((number, place, position), entry))
        for places in links.values():
            places.sort(key=lambda entry: entry[0])
        ordered = sorted(links, key=lambda pk: (links[pk][0][0], pk))
        return tuple(
            action_of(number, rows[pk], tuple(link for _, link in links[pk]))
            for number, pk in enumerate(ordered, start=1)
        )


def by_question(rows: Iterable[Row]) -> dict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.question_id].append(row)
    return grouped


def decision_of(row: Decided, levels: Mapping[int, record.Level]) -> record.Decision:
    """`levels`: of the cycle's scale, by primary key."""
    decision = record.Decision(
        level=levels[row.rating_id] if row.rating_id else None,
        not_applicable=row.not_applicable,
        reason=record.Text(row.reason, row.reason_sensitivity),
        carried_from="" if row.to_confirm else row.carried_from,
    )
    if row.to_confirm:
        return record.Decision(to_confirm=decision, carried_from=row.carried_from)
    return decision


def past_rating_of(row: models.BenchmarkAssessment, links: Sequence[Link]) -> record.PastRating:
    """What nobody has confirmed is no rating. `links`: to the edition of the latest cycle."""
    level = level_of(row.rating) if row.rating and row.is_decided else None
    decision = record.BenchmarkDecision(level, row.not_applicable and row.is_decided)
    number, mine = row.benchmark.number, [x for x in links if row.benchmark.number in x.sources]
    became = sorted({new for link in mine for new in link.targets})
    note = " ".join(link.note for link in mine if not link.targets)
    return record.PastRating(number, row.benchmark.short_title, decision, tuple(became), note)


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


def statement_of(statement: StatementRow) -> record.Statement:
    return record.Statement(
        text=record.Text(statement.text, statement.sensitivity),
        covers=tuple(statement.covers),
        to_confirm=statement.to_confirm,
        carried_from=statement.carried_from,
    )


def document_of(item: DocumentRow) -> record.Document:
    return record.Document(
        title=record.Text(item.title, item.sensitivity),
        url=record.Text(item.url, item.sensitivity),
        reference=record.Text(item.reference, item.sensitivity),
        dated_on=item.dated_on,
        review_on=item.review_on,
        to_confirm=item.to_confirm,
        carried_from=item.carried_from,
    )


def action_of(number: int, rows: ActionRows, links: tuple[record.Link, ...]) -> record.Action:
    action = rows.action
    return record.Action(
        number=number,
        text=record.Text(action.text, action.sensitivity),
        status=action.status,
        owners=tuple(
            record.Owner(record.Text(owner.name, action.sensitivity), owner.email or "")
            for owner in rows.owners
        ),
        due_date=action.due_date,
        due_words=record.Text(action.due_words, action.sensitivity),
        completed_on=action.completed_on,
        links=links,
        updates=tuple(update_of(update) for update in rows.updates),
    )


def update_of(update: UpdateRow) -> record.Update:
    return record.Update(
        dated_on=update.dated_on,
        quarter=update.quarter,
        text=record.Text(update.text, update.sensitivity),
        next_steps=record.Text(update.next_steps, update.sensitivity),
        author_name=update.author_name,
    )
