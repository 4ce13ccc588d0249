"""A whole cycle as plain typed data: what exports render, snapshots freeze, comparisons read.

Nothing here knows the database: `record_builder` reads it. Every text a council wrote is a
`Text` with its sensitivity; `for_audience` is the one place where restricted text is taken out.
"""

import dataclasses
import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assessments.models import Audience, Sensitivity


@dataclass(frozen=True)
class Text:
    """A council's words. `withheld` texts hold only the line that stands in their place."""

    value: str = ""
    sensitivity: str = Sensitivity.PUBLIC.value
    withheld: bool = False

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value

    @property
    def is_public(self) -> bool:
        return self.sensitivity == Sensitivity.PUBLIC

    def public(self) -> "Text":
        """Itself where it may be published or is empty, else its stand-in."""
        if self.is_public or not self.value:
            return self
        stand_in = Sensitivity(self.sensitivity).withheld_text
        return Text(stand_in, self.sensitivity, withheld=True)


@dataclass(frozen=True)
class Level:
    slug: str
    label: str
    rank: int
    colour: str
    shape: str
    met: bool
    meaning: str


@dataclass(frozen=True)
class Decision:
    """A rating (its level), or not applicable because of `reason`, or neither yet."""

    level: Level | None = None
    not_applicable: bool = False
    reason: Text = field(default_factory=Text)

    @property
    def is_decided(self) -> bool:
        return self.level is not None or self.not_applicable

    @property
    def label(self) -> str:
        if self.not_applicable:
            return "Not applicable"
        return self.level.label if self.level else "Not rated"


@dataclass(frozen=True)
class Person:
    name: str
    email: str = ""


@dataclass(frozen=True)
class Answer:
    """`position` of the prompt in its question, from 1; 0: the question itself."""

    position: int
    prompt: str
    decision: Decision


@dataclass(frozen=True)
class Statement:
    """`covers`: positions of prompts, ascending; empty: the question as a whole."""

    text: Text
    covers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Document:
    """`title`, `url` and `reference` share one sensitivity."""

    title: Text
    url: Text
    reference: Text
    dated_on: datetime.date | None = None
    review_on: datetime.date | None = None


@dataclass(frozen=True)
class Update:
    dated_on: datetime.date
    quarter: str
    text: Text
    next_steps: Text
    author_name: str


@dataclass(frozen=True)
class Owner:
    name: Text
    email: str = ""


@dataclass(frozen=True)
class Link:
    """Beside the question `ref`, at the prompt `position`; 0: the question itself."""

    ref: str
    position: int = 0


@dataclass(frozen=True)
class Action:
    """`number` counts from 1 in the order of the cycle."""

    number: int
    text: Text
    status: str
    owners: tuple[Owner, ...]
    due_date: datetime.date | None
    due_words: Text
    completed_on: datetime.date | None
    links: tuple[Link, ...]
    updates: tuple[Update, ...] = ()


@dataclass(frozen=True)
class Question:
    ref: str
    category: str
    text: str
    assignee: Person | None
    answers: tuple[Answer, ...]
    statements: tuple[Statement, ...] = ()
    documents: tuple[Document, ...] = ()

    def statements_covering(self, position: int) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if position in s.covers)


@dataclass(frozen=True)
class Benchmark:
    number: int
    short_title: str
    statement: str
    outcome: str
    decision: Decision
    actions: Text
    comments: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class CycleRecord:
    council_name: str
    council_slug: str
    accent_colour: str
    toolkit_slug: str
    toolkit_title: str
    attribution: str
    scale_slug: str
    scale_name: str
    levels: tuple[Level, ...]
    period: str
    as_at: datetime.date
    closes_on: datetime.date | None
    benchmarks: tuple[Benchmark, ...]
    actions: tuple[Action, ...] = ()
    audience: str = Audience.BOARD.value

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {q.ref: q for benchmark in self.benchmarks for q in benchmark.questions}

    def actions_at(self, ref: str, position: int | None = None) -> tuple[Action, ...]:
        """Actions beside a question, or only those at one prompt of it."""
        return tuple(
            action
            for action in self.actions
            if any(link.ref == ref and position in (None, link.position) for link in action.links)
        )

    def for_audience(self, audience: Audience) -> "CycleRecord":
        """The same record with every text that the audience may not read taken out."""
        if audience == Audience.BOARD:
            return self
        public: CycleRecord = _without_restricted(self)
        return dataclasses.replace(public, audience=audience.value)


def texts(value: Any) -> Iterable[Text]:
    """Every council text within, in order."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from texts(getattr(value, each.name))


def _without_restricted(value: Any) -> Any:
    """Copy records, changing every Text and the people named within a withheld one."""
    if isinstance(value, Text):
        return value.public()
    if isinstance(value, Owner):
        name = value.name.public()
        return Owner(name=name, email="")
    if isinstance(value, Question):
        value = dataclasses.replace(value, assignee=None)
    if isinstance(value, tuple):
        return tuple(_without_restricted(part) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            each.name: _without_restricted(getattr(value, each.name))
            for each in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changes)
    return value
