"""A whole cycle as plain typed data: what exports render, snapshots freeze, comparisons read.

Nothing here knows the database: `record_builder` reads it. Every text a council wrote is a
`Text` with its sensitivity. `read_by()` gives a part as an audience may read it, once the parts
within it have been taken care of; `for_audience` applies it to all of them.
"""

import dataclasses
import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from assessments.models import ActionStatus, Audience
from assessments.texts import Text as Text
from assessments.texts import copy_for, texts

NOT_APPLICABLE = "Not applicable"
NOT_RATED = "Not rated"  # a prompt, as long as nobody has
NOT_DECIDED = "Not decided"  # a benchmark
TO_CONFIRM = "To confirm"


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
    """A rating (its level), or not applicable because of `reason`, or neither yet.

    `to_confirm`: what has been carried here and nobody has confirmed; nothing is decided then.
    `carried_from`: where it stood before.
    """

    NONE: ClassVar[str] = NOT_RATED

    level: Level | None = None
    not_applicable: bool = False
    reason: Text = field(default_factory=Text)
    to_confirm: "Decision | None" = None
    carried_from: str = ""

    @property
    def is_decided(self) -> bool:
        return self.level is not None or self.not_applicable

    @property
    def shown(self) -> "Decision":
        """What stands there, confirmed or not."""
        return self.to_confirm or self

    @property
    def bare(self) -> "Decision":
        """Without words and where it came from, so that equal ones can be counted."""
        return type(self)(
            self.level, self.not_applicable, to_confirm=self.to_confirm and self.to_confirm.bare
        )

    @property
    def label(self) -> str:
        if self.to_confirm:
            return waiting(self.to_confirm, self.to_confirm.label)
        if self.not_applicable:
            return NOT_APPLICABLE
        return self.level.label if self.level else self.NONE

    @property
    def mark(self) -> str:
        """The label after its shape, so that neither colour nor shape stands alone."""
        if self.to_confirm:
            return waiting(self.to_confirm, self.to_confirm.mark)
        return f"{self.level.shape} {self.label}" if self.level else self.label

    @property
    def of_benchmark(self) -> "BenchmarkDecision":
        return BenchmarkDecision(**vars(self))


@dataclass(frozen=True)
class BenchmarkDecision(Decision):
    NONE: ClassVar[str] = NOT_DECIDED


def waiting(decision: Decision, label: str) -> str:
    """“To confirm: rated Green”, “To confirm: not applicable”; “To confirm” without a rating."""
    if decision.not_applicable:
        return f"{TO_CONFIRM}: {label.lower()}"
    return f"{TO_CONFIRM}: rated {label}" if decision.level else TO_CONFIRM


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
    to_confirm: bool = False
    carried_from: str = ""


@dataclass(frozen=True)
class Document:
    """`title`, `url` and `reference` share one sensitivity."""

    title: Text
    url: Text
    reference: Text
    dated_on: datetime.date | None = None
    review_on: datetime.date | None = None
    to_confirm: bool = False
    carried_from: str = ""

    def read_by(self, audience: Audience) -> "Document":
        if self.title.may_be_read_by(audience):
            return self
        stand_in = self.title.stand_in()
        return Document(stand_in, url=Text(), reference=Text(), to_confirm=self.to_confirm)


@dataclass(frozen=True)
class Update:
    dated_on: datetime.date
    quarter: str
    text: Text
    next_steps: Text
    author_name: str

    def read_by(self, audience: Audience) -> "Update":
        if self.text.may_be_read_by(audience):
            return self
        return Update(self.dated_on, "", self.text.stand_in(), Text(), author_name="")


@dataclass(frozen=True)
class Owner:
    name: Text
    email: str = ""

    def read_by(self, audience: Audience) -> "Owner":
        return Owner(self.name)


@dataclass(frozen=True)
class Link:
    """Beside the question `ref`, at the prompt `position`; 0: the question itself."""

    ref: str
    position: int = 0
    to_confirm: bool = False
    carried_from: str = ""


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

    @property
    def status_label(self) -> str:
        return ActionStatus(self.status).label

    @property
    def to_confirm(self) -> bool:
        """At any of its places."""
        return any(link.to_confirm for link in self.links)

    def read_by(self, audience: Audience) -> "Action":
        """Of a restricted action only that it is there, where, and how it stands: an update
        marked public may repeat it."""
        if self.text.may_be_read_by(audience):
            return self
        stand_in = self.text.stand_in()
        return Action(self.number, stand_in, self.status, (), None, Text(), None, self.links)


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

    def read_by(self, audience: Audience) -> "Question":
        return dataclasses.replace(self, assignee=None)


@dataclass(frozen=True)
class Benchmark:
    number: int
    short_title: str
    statement: str
    outcome: str
    decision: BenchmarkDecision
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
    signed: str = ""  # which snapshot this is, by whom and when; empty for a living cycle

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {q.ref: q for benchmark in self.benchmarks for q in benchmark.questions}

    @property
    def standing(self) -> str:
        """Whether this is what was signed: nobody may take a living cycle for it."""
        return self.signed or "Not a signed copy"

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @cached_property
    def has_restricted_text(self) -> bool:
        """Or had, where the audience may not read it."""
        return any(text and not text.is_public for text in texts(self))

    @cached_property
    def has_to_confirm(self) -> bool:
        """Anything that was carried forward and that nobody has confirmed."""
        questions = self.questions.values()
        return (
            any(each.decision.to_confirm for each in self.benchmarks)
            or any(answer.decision.to_confirm for q in questions for answer in q.answers)
            or any(statement.to_confirm for q in questions for statement in q.statements)
            or any(document.to_confirm for q in questions for document in q.documents)
            or any(action.to_confirm for action in self.actions)
        )

    def actions_at(self, ref: str, position: int | None = None) -> tuple[Action, ...]:
        """Actions beside a question, or only those at one prompt of it."""
        here = self.actions_by_ref.get(ref, ())
        return tuple(action for action, at in here if position is None or position in at)

    @cached_property
    def actions_by_ref(self) -> dict[str, list[tuple[Action, set[int]]]]:
        """Beside each question its actions, and at which positions they stand there."""
        found: defaultdict[str, list[tuple[Action, set[int]]]] = defaultdict(list)
        for action in self.actions:
            for ref in dict.fromkeys(link.ref for link in action.links):
                at = {link.position for link in action.links if link.ref == ref}
                found[ref].append((action, at))
        return found

    def for_audience(self, audience: Audience) -> "CycleRecord":
        """The same record with every text that the audience may not read taken out."""
        if audience == Audience.BOARD:
            return self
        return dataclasses.replace(copy_for(audience, self), audience=audience.value)


@dataclass(frozen=True)
class PastRating:
    """`became`: the benchmarks of the latest cycle's edition that this one of another edition
    is; `note`: where it was dropped there, why."""

    number: int
    short_title: str
    decision: BenchmarkDecision
    became: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class PastCycle:
    """The benchmark ratings of a cycle, on its own scale; no council text."""

    period: str
    as_at: datetime.date
    toolkit_title: str
    scale_name: str
    ratings: tuple[PastRating, ...]
