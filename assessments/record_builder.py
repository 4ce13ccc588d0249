"""Reads a cycle from the database into its record."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from assessments import models, record
from assessments.models import Cycle
from benchmarks import models as asked
from benchmarks.models import Toolkit

Row = TypeVar("Row", models.Answer, models.EvidenceStatement, models.EvidenceItem)


def build_record(cycle: Cycle) -> record.CycleRecord:
    """The cycle as it stands, whole. Fourteen queries, whatever it holds."""
    return RecordBuilder(cycle).build()


class RecordBuilder:
    """Reads everything once, then puts it together in the order of the toolkit."""

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = cycle
        self.toolkit = Toolkit.objects.with_contents().get(pk=cycle.toolkit_id)
        self.scale = next(s for s in self.toolkit.scales.all() if s.pk == cycle.scale_id)
        self.levels = {level.pk: level_of(level) for level in self.scale.levels.all()}
        self.assessments = {a.benchmark_id: a for a in cycle.benchmarks.all()}
        questions = cycle.questions.select_related("assignee")
        self.assignees = {q.question_id: q.assignee for q in questions}
        self.answers = by_question(cycle.answers.order_by("pk"))
        self.statements = by_question(cycle.statements.all())
        self.documents = by_question(cycle.evidence_items.all())

    def build(self) -> record.CycleRecord:
        cycle, council, toolkit = self.cycle, self.cycle.council, self.toolkit
        return record.CycleRecord(
            council_name=council.name,
            council_slug=council.slug,
            accent_colour=council.accent_colour,
            toolkit_slug=toolkit.slug,
            toolkit_title=toolkit.title,
            attribution=toolkit.attribution,
            scale_slug=self.scale.slug,
            scale_name=self.scale.name,
            levels=tuple(self.levels.values()),
            period=cycle.period,
            as_at=cycle.as_at,
            closes_on=cycle.closes_on,
            benchmarks=tuple(self.benchmark(b) for b in toolkit.benchmarks.all()),
            actions=self.actions(),
        )

    def benchmark(self, benchmark: asked.Benchmark) -> record.Benchmark:
        assessment = self.assessments[benchmark.pk]
        return record.Benchmark(
            number=benchmark.number,
            short_title=benchmark.short_title,
            statement=benchmark.statement,
            outcome=benchmark.outcome,
            decision=self.decision(assessment),
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
            answers=tuple(self.answers_of(question)),
            statements=tuple(statement_of(s) for s in self.statements[question.pk]),
            documents=tuple(document_of(d) for d in self.documents[question.pk]),
        )

    def answers_of(self, question: asked.Question) -> Iterable[record.Answer]:
        answers = {a.prompt_id: self.decision(a) for a in self.answers[question.pk]}
        if None in answers:
            yield record.Answer(0, "", answers[None])
        for prompt in question.prompts.all():
            yield record.Answer(prompt.position, prompt.text, answers[prompt.pk])

    def decision(self, row: models.Decision) -> record.Decision:
        return record.Decision(
            level=self.levels[row.rating_id] if row.rating_id else None,
            not_applicable=row.not_applicable,
            reason=record.Text(row.reason, row.reason_sensitivity),
        )

    def actions(self) -> tuple[record.Action, ...]:
        """In the order of the questions they stand beside."""
        links = defaultdict(list)
        for link in self.cycle.action_links.select_related("question__benchmark", "prompt"):
            position = link.prompt.position if link.prompt else 0
            place = (link.question.benchmark.number, link.question.position, position)
            links[link.action_id].append((place, record.Link(link.question.ref, position)))
        rows = self.cycle.council.actions.filter(pk__in=links).prefetch_related(
            "owners__user", "updates"
        )
        ordered = sorted(rows, key=lambda action: (min(links[action.pk])[0], action.pk))
        return tuple(
            action_of(
                n, action, tuple(link for _, link in sorted(links[action.pk], key=lambda x: x[0]))
            )
            for n, action in enumerate(ordered, start=1)
        )


def by_question(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.question_id].append(row)
    return grouped


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
