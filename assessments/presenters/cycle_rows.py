"""A cycle's rows read once for pages that look at all of it, and the addresses of its pages."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from django.db.models import CharField, DateField, Exists, JSONField, OuterRef, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from assessments.models import (
    ActionLink,
    ActionOwner,
    BenchmarkAssessment,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    ProgressUpdate,
)
from assessments.prepared import Prepared
from assessments.presenters.asked import Asked
from assessments.presenters.register_query import RegisterQuery
from assessments.record_rows import ANSWERS, AnswerRow


class CoverRow(NamedTuple):
    """An evidence statement without its words."""

    question_id: int
    covers: list[int]
    sensitivity: str
    to_confirm: bool


class ItemRow(NamedTuple):
    """A document without its address."""

    question_id: int
    pk: int
    title: str
    review_on: datetime.date | None
    sensitivity: str
    to_confirm: bool


Row = TypeVar("Row", AnswerRow, CoverRow, ItemRow, ActionLink)
SHARED = ("question_id", "pk", "sensitivity", "to_confirm")

JUDGEMENTS = Prepared(lambda cycle: BenchmarkAssessment.objects.filter(cycle=cycle).order_by())
EVIDENCE: Prepared[Any] = Prepared(
    lambda cycle: (
        EvidenceStatement.objects.filter(cycle=cycle)
        .order_by()
        .values_list(*SHARED, "covers", Value(None, CharField()), Value(None, DateField()))
        .union(
            EvidenceItem.objects.filter(cycle=cycle)
            .order_by()
            .values_list(*SHARED, Value(None, JSONField()), "title", "review_on"),
            all=True,
        )
    )
)


class CycleRows:
    """At most six queries, one for each kind that is asked for; rows by question, in order."""

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = cycle
        self.asked, self.at = Asked(cycle), Addresses(cycle)
        self.today = timezone.localdate()

    @cached_property
    def assessments(self) -> dict[int, BenchmarkAssessment]:
        return {row.benchmark_id: row for row in JUDGEMENTS(self.cycle.pk)}

    @cached_property
    def assignees(self) -> set[int]:
        """The questions that somebody has."""
        assigned = self.cycle.questions.filter(assignee__isnull=False)
        return set(assigned.order_by().values_list("question", flat=True))

    @cached_property
    def answers(self) -> defaultdict[int, list[AnswerRow]]:
        return by_question(ANSWERS((self.cycle.pk,))[self.cycle.pk])

    @cached_property
    def evidence(self) -> tuple[list[CoverRow], list[ItemRow]]:
        """What is said and the documents behind it: one query for both."""
        statements, items = [], []
        for question, pk, sensitivity, waits, covers, title, review_on in EVIDENCE.tuples(
            self.cycle.pk
        ):
            if title is None:
                statements.append((pk, CoverRow(question, covers, sensitivity, bool(waits))))
            else:
                item = ItemRow(question, pk, title, review_on, sensitivity, bool(waits))
                items.append(item)
        items.sort(key=lambda each: (each.title, each.pk))
        return [row for _, row in sorted(statements, key=lambda each: each[0])], items

    @cached_property
    def statements(self) -> defaultdict[int, list[CoverRow]]:
        return by_question(self.evidence[0])

    @cached_property
    def items(self) -> defaultdict[int, list[ItemRow]]:
        return by_question(self.evidence[1])

    @cached_property
    def links(self) -> defaultdict[int, list[ActionLink]]:
        owner = ActionOwner.objects.filter(action=OuterRef("action"))
        links = self.cycle.action_links.select_related("action")
        return by_question(links.annotate(has_owner=Exists(owner)))

    def to_confirm(self, question_id: int) -> int:
        """How many rows at a question have been carried there and nobody has confirmed."""
        rows = (self.answers, self.statements, self.items, self.links)
        return sum(each.to_confirm for found in rows for each in found[question_id])

    @cached_property
    def updates(self) -> list[tuple[int, str]]:
        """Action and sensitivity of every progress update."""
        here = self.cycle.action_links.order_by().values("action")
        updates = ProgressUpdate.objects.filter(action__in=here)
        return list(updates.values_list("action_id", "sensitivity"))

    @cached_property
    def first_links(self) -> dict[int, ActionLink]:
        """By action, where in the order of the toolkit it stands first."""
        first: dict[int, ActionLink] = {}
        for question in self.asked.questions:
            for link in self.links[question]:
                first.setdefault(link.action_id, link)
        return first

    def is_first(self, link: ActionLink) -> bool:
        return self.first_links[link.action_id] is link

    def has_owner(self, link: ActionLink) -> bool:
        return bool(link.has_owner)  # type: ignore[attr-defined]


def by_question(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.question_id].append(row)
    return grouped


def excerpt(text: str) -> str:
    return Truncator(text).chars(80)


class Addresses:
    """Where things of a cycle are changed."""

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = [cycle.council.slug, cycle.pk]
        self.found: dict[tuple[object, ...], str] = {}

    def to(self, name: str, *args: object) -> str:
        """Looked up once: the prompts of a question share its page."""
        key = (name, *args)
        if key not in self.found:
            self.found[key] = reverse(f"councils:{name}", args=[*self.cycle, *args])
        return self.found[key]

    def question(self, ref: str, position: int = 0) -> str:
        return f"{self.to('question', ref)}#prompt-{position}"

    def benchmark(self, number: int, part: str = "") -> str:
        page = self.to("benchmark", number)
        return f"{page}#{part}" if part else page

    def action(self, pk: int, ref: str) -> str:
        return f"{self.to('action', pk)}?at={ref}"

    def beside(self, ref: str, place: str) -> str:
        """A document or an action on its question's page."""
        return f"{self.to('question', ref)}#{place}"

    def assign(self) -> str:
        return self.to("assign")

    def figure(self, of: str, **chosen: object) -> str:
        """Where the rows behind a figure of the dashboard are listed."""
        return f"{self.to('dashboard_rows')}?{urlencode({'of': of, **chosen})}"

    def register(self, **chosen: str) -> str:
        """The cycle's actions on the register."""
        slug, cycle = self.cycle
        query = RegisterQuery(cycle=str(cycle), **chosen)
        return f"{reverse('councils:register', args=[slug])}?{query.encoded}"
