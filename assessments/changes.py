"""Who changed what in a cycle, read from the histories of all its records together.

Two queries give a page of changes, however many there are: one finds the newest rows of all
histories, the other reads those with the row before each. A third counts them.
"""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Answer,
    BenchmarkAssessment,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    ProgressUpdate,
    QuestionAssessment,
)
from benchmarks.models import Question

PAGE_SIZE = 30
ADDED, CHANGED, REMOVED = "+", "~", "-"
NOBODY = "Somebody who has left"


@dataclass(frozen=True)
class Change:
    """One row of a history. `now` and `before` hold the fields its source names; `before` is
    empty for the first row. `taken_from` names a file that it was taken from."""

    kind: str
    pk: int
    at: datetime.datetime
    type: str
    who: str
    now: Mapping[str, Any]
    before: Mapping[str, Any]
    taken_from: str = ""


@dataclass(frozen=True)
class Source:
    """A history, and what is read of it: name → path. `scope` tells what its rows hang on."""

    kind: str
    model: Any
    fields: Mapping[str, Any]
    scope: str = "question"

    def rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.history.order_by()
        return rows


def same(*names: str) -> dict[str, Any]:
    return {name: name for name in names}


CARRIED = same("to_confirm", "carried_from")
DECISION = (
    same("not_applicable", "reason", "reason_sensitivity") | {"rating": "rating__label"} | CARRIED
)
PLACE = {"ref": "question__ref", "position": "prompt__position"}


def action_at(path: str) -> dict[str, Any]:
    """The action, and what it said last, even if it has been removed since."""
    texts = Action.history.filter(id=OuterRef(path)).order_by("-history_id").values("text")
    return {"action": path, "about": Subquery(texts[:1])}


SOURCES = [
    Source("answer", Answer, DECISION | PLACE),
    Source(
        "statement",
        EvidenceStatement,
        same("text", "covers", "sensitivity") | {"ref": "question__ref"} | CARRIED,
    ),
    Source(
        "document",
        EvidenceItem,
        same("title", "url", "reference", "dated_on", "review_on", "sensitivity")
        | {"ref": "question__ref"}
        | CARRIED,
    ),
    Source("assignment", QuestionAssessment, {"who": "assignee__name", "ref": "question__ref"}),
    Source("link", ActionLink, PLACE | action_at("action_id") | CARRIED),
    Source(
        "action",
        Action,
        same("text", "status", "due_date", "due_words", "completed_on", "sensitivity")
        | action_at("id"),
        scope="action",
    ),
    Source("owner", ActionOwner, same("name") | action_at("action_id"), scope="action"),
    Source(
        "update",
        ProgressUpdate,
        same("dated_on", "quarter", "text", "next_steps", "sensitivity") | action_at("action_id"),
        scope="action",
    ),
    Source(
        "benchmark",
        BenchmarkAssessment,
        DECISION
        | same("actions", "actions_sensitivity", "comments", "comments_sensitivity")
        | {"number": "benchmark__number", "title": "benchmark__short_title"},
        scope="cycle",
    ),
    Source("cycle", Cycle, same("period", "as_at", "closes_on"), scope="itself"),
]


class Histories(ABC):
    """The changes that several histories hold together, newest first."""

    sources: Sequence[Source]

    @abstractmethod
    def scoped(self, source: Source) -> QuerySet[Any]:
        """Those rows of a history that are told of."""

    def page(self, number: str | int | None) -> Page[Change]:
        page = Paginator(self.keys(), PAGE_SIZE).get_page(number)
        page.object_list = self.read(list(page.object_list))
        return page

    def keys(self) -> QuerySet[Any]:
        """Kind and number of every history row, newest first."""
        first, *others = [
            self.scoped(source).values_list(
                Value(source.kind, CharField()), "history_id", "history_date"
            )
            for source in self.sources
        ]
        return first.union(*others, all=True).order_by("-history_date", "-history_id")

    def read(self, keys: Iterable[tuple[str, int, datetime.datetime]]) -> list[Change]:
        """The rows in the order of their keys."""
        places = {(kind, number): place for place, (kind, number, _) in enumerate(keys)}
        arms = [
            with_before(source, [n for kind, n in places if kind == source.kind])
            for source in self.sources
            if any(kind == source.kind for kind, _ in places)
        ]
        if not arms:
            return []
        rows = sorted(arms[0].union(*arms[1:], all=True), key=lambda row: places[row[0], row[1]])
        return [
            Change(kind, pk, at, type_, who or NOBODY, now, before or {}, taken_from or "")
            for kind, _, pk, at, type_, who, taken_from, now, before in rows
        ]


class Changes(Histories):
    """Of a cycle, or of one question of it."""

    def __init__(self, cycle: Cycle, question: Question | None = None) -> None:
        self.cycle, self.question = cycle, question
        of_question = ("question", "action")
        self.sources = [each for each in SOURCES if not question or each.scope in of_question]

    def scoped(self, source: Source) -> QuerySet[Any]:
        if source.scope == "itself":
            return source.rows().filter(id=self.cycle.pk)
        if source.scope == "action":
            key = "id" if source.kind == "action" else "action_id"
            # An action may be older than the cycle; what happened to it before isn't part of it.
            since = self.cycle.started_at
            return source.rows().filter(**{f"{key}__in": self.actions()}, history_date__gte=since)
        rows = source.rows().filter(cycle=self.cycle.pk)
        return rows.filter(question=self.question.pk) if self.question else rows

    def actions(self) -> QuerySet[Any]:
        """Those that stand or once stood here."""
        links: QuerySet[Any] = ActionLink.history.order_by().filter(cycle=self.cycle.pk)
        if self.question:
            links = links.filter(question=self.question.pk)
        return links.values("action_id")


def with_before(source: Source, numbers: list[int]) -> QuerySet[Any]:
    """A change for each of these history rows, as plain values."""
    return (
        source.rows()
        .filter(history_id__in=numbers)
        .values_list(
            Value(source.kind, CharField()),
            "history_id",
            "id",
            "history_date",
            "history_type",
            F("history_user__name"),
            F("history_change_reason"),
            JSONObject(**source.fields),
            Subquery(
                source.rows()
                .filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
                .order_by("-history_id")
                .values(then=JSONObject(**source.fields))[:1]
            ),
        )
    )
