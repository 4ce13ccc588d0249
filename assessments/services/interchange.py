"""Writing a cycle that was read from a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from assessments import models, record
from assessments.models import Council, Cycle, User
from assessments.services.cycles import start_cycle
from assessments.services.history import create_rows, update_rows
from benchmarks.models import Prompt, Question, RatingLevel, Toolkit


@dataclass(frozen=True)
class Loaded:
    """`not_members`: people whose e-mail address no member of the council has."""

    cycle: Cycle
    not_members: tuple[str, ...]


@transaction.atomic
def load_cycle(*, council: Council, record: record.CycleRecord, by: User) -> Loaded:
    """A new cycle of the council with everything in the record, all of it or nothing.

    Raises ValidationError where the council already has a cycle for that period.
    """
    toolkit = Toolkit.objects.get(slug=record.toolkit_slug)
    cycle = start_cycle(
        council=council,
        toolkit=toolkit,
        scale=toolkit.scales.get(slug=record.scale_slug),
        period=record.period,
        as_at=record.as_at,
        closes_on=record.closes_on,
        by=by,
    )
    writer = CycleWriter(cycle, by)
    writer.write(record)
    return Loaded(cycle, tuple(writer.not_members))


class CycleWriter:
    """Fills the blank rows of a cycle just started. A number of queries that doesn't grow
    with what is written."""

    def __init__(self, cycle: Cycle, by: User) -> None:
        self.cycle = cycle
        self.by = by
        self.levels: Mapping[str, RatingLevel] = {x.slug: x for x in cycle.scale.levels.all()}
        questions = Question.objects.filter(benchmark__toolkit=cycle.toolkit_id)
        self.questions = {q.ref: q for q in questions.prefetch_related("prompts")}
        self.members = {user.email.lower(): user for user in cycle.council.members.all()}
        self.not_members: dict[str, None] = {}

    def write(self, whole: record.CycleRecord) -> None:
        questions = tuple(whole.questions.values())
        self.judgements(whole.benchmarks)
        self.answers(questions)
        self.assignees(questions)
        self.evidence(questions)
        self.actions(whole.actions)

    def judgements(self, benchmarks: Iterable[record.Benchmark]) -> None:
        rows = {row.benchmark.number: row for row in self.cycle.benchmarks.select_related()}
        changed = []
        for each in benchmarks:
            row = rows[each.number]
            self.decide(row, each.decision)
            row.actions, row.actions_sensitivity = words(each.actions)
            row.comments, row.comments_sensitivity = words(each.comments)
            if says_something(each.decision, each.actions, each.comments):
                changed.append(row)
        fields = ["actions", "actions_sensitivity", "comments", "comments_sensitivity"]
        update_rows(changed, [*DECISION, *fields], self.by)

    def answers(self, questions: Iterable[record.Question]) -> None:
        rows = {(row.question_id, row.prompt_id): row for row in self.cycle.answers.all()}
        changed = []
        for question, each in ((q, answer) for q in questions for answer in q.answers):
            prompt = self.prompt(question.ref, each.position)
            row = rows[self.questions[question.ref].pk, prompt.pk if prompt else None]
            self.decide(row, each.decision)
            if says_something(each.decision):
                changed.append(row)
        update_rows(changed, DECISION, self.by)

    def decide(self, row: models.Decision, decision: record.Decision) -> None:
        shown = decision.shown
        row.rating = self.levels[shown.level.slug] if shown.level else None
        row.not_applicable = shown.not_applicable
        row.reason, row.reason_sensitivity = words(shown.reason)
        row.to_confirm = decision.to_confirm is not None
        row.carried_from = decision.carried_from
        row.version = 1

    def assignees(self, questions: Iterable[record.Question]) -> None:
        rows = {row.question_id: row for row in self.cycle.questions.all()}
        changed = []
        for each in questions:
            person = each.assignee
            if person and (user := self.member(person.email, person.name)):
                row = rows[self.questions[each.ref].pk]
                row.assignee = user
                changed.append(row)
        update_rows(changed, ["assignee"], self.by)

    def evidence(self, questions: Iterable[record.Question]) -> None:
        statements: list[models.EvidenceStatement] = []
        items: list[models.EvidenceItem] = []
        for each in questions:
            question = self.questions[each.ref]
            statements += [self.statement(question, one) for one in each.statements]
            items += [self.item(question, one) for one in each.documents]
        create_rows(statements, self.by)
        create_rows(items, self.by)

    def statement(self, question: Question, each: record.Statement) -> models.EvidenceStatement:
        text, sensitivity = words(each.text)
        return models.EvidenceStatement(
            cycle=self.cycle,
            question=question,
            text=text,
            covers=list(each.covers),
            sensitivity=sensitivity,
            to_confirm=each.to_confirm,
            carried_from=each.carried_from,
        )

    def item(self, question: Question, each: record.Document) -> models.EvidenceItem:
        title, sensitivity = words(each.title)
        return models.EvidenceItem(
            cycle=self.cycle,
            question=question,
            title=title,
            url=each.url.value,
            reference=each.reference.value,
            dated_on=each.dated_on,
            review_on=each.review_on,
            sensitivity=sensitivity,
            to_confirm=each.to_confirm,
            carried_from=each.carried_from,
        )

    def actions(self, actions: Iterable[record.Action]) -> None:
        rows = [(self.action(each), each) for each in actions]
        create_rows([row for row, _ in rows], self.by)
        create_rows([self.owner(row, one) for row, each in rows for one in each.owners], self.by)
        create_rows([self.link(row, one) for row, each in rows for one in each.links], self.by)
        # A record has the latest update first; rows written later count as later.
        updates = [(row, one) for row, each in rows for one in reversed(each.updates)]
        create_rows([self.update(row, one) for row, one in updates], self.by)

    def action(self, each: record.Action) -> models.Action:
        text, sensitivity = words(each.text)
        return models.Action(
            council=self.cycle.council,
            text=text,
            status=each.status,
            due_date=each.due_date,
            due_words=each.due_words.value,
            completed_on=each.completed_on,
            sensitivity=sensitivity,
        )

    def owner(self, action: models.Action, each: record.Owner) -> models.ActionOwner:
        user = self.member(each.email, each.name.value)
        return models.ActionOwner(action=action, name=each.name.value, user=user)

    def link(self, action: models.Action, each: record.Link) -> models.ActionLink:
        return models.ActionLink(
            action=action,
            cycle=self.cycle,
            question=self.questions[each.ref],
            prompt=self.prompt(each.ref, each.position),
            to_confirm=each.to_confirm,
            carried_from=each.carried_from,
        )

    def update(self, action: models.Action, each: record.Update) -> models.ProgressUpdate:
        text, sensitivity = words(each.text)
        return models.ProgressUpdate(
            action=action,
            dated_on=each.dated_on,
            quarter=each.quarter,
            text=text,
            next_steps=each.next_steps.value,
            sensitivity=sensitivity,
            author_name=each.author_name,
        )

    def prompt(self, ref: str, position: int) -> Prompt | None:
        prompts = self.questions[ref].prompts.all()
        return next((prompt for prompt in prompts if prompt.position == position), None)

    def member(self, email: str, name: str) -> User | None:
        """Only members: a file must not bring people of another council in."""
        user = self.members.get(email.lower())
        if email and not user:
            self.not_members[f"{name} ({email})" if name else email] = None
        return user


DECISION = [
    "rating",
    "not_applicable",
    "reason",
    "reason_sensitivity",
    "version",
    "to_confirm",
    "carried_from",
]


def words(text: record.Text) -> tuple[str, str]:
    return text.value, text.sensitivity


def says_something(decision: record.Decision, *texts: record.Text) -> bool:
    """Whether anybody has decided or written anything: an untouched row stays untouched."""
    shown = decision.shown
    return (
        shown.is_decided
        or decision.to_confirm is not None
        or bool(decision.carried_from)
        or any(text or not text.is_public for text in (shown.reason, *texts))
    )
