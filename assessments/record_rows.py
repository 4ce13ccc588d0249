"""Reads what cycles hold: in as many queries for several as for one, and without the weight of
models where a cycle has hundreds of rows."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from django.db.models import F, QuerySet

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
    User,
)
from assessments.prepared import Prepared
from assessments.querysets import CycleQuerySet

Row = TypeVar("Row")


class Decided(Protocol):
    """What a decision is read from: a row of the database, or the part of one that is needed."""

    @property
    def rating_id(self) -> int | None: ...
    @property
    def not_applicable(self) -> bool: ...
    @property
    def reason(self) -> str: ...
    @property
    def reason_sensitivity(self) -> str: ...
    @property
    def to_confirm(self) -> bool: ...
    @property
    def carried_from(self) -> str: ...


class AnswerRow(NamedTuple):
    question_id: int
    prompt_id: int | None
    rating_id: int | None
    not_applicable: bool
    reason: str
    reason_sensitivity: str
    to_confirm: bool = False
    carried_from: str = ""

    @property
    def is_decided(self) -> bool:
        return (self.rating_id is not None or self.not_applicable) and not self.to_confirm


class StatementRow(NamedTuple):
    question_id: int
    text: str
    sensitivity: str
    covers: list[int]
    to_confirm: bool
    carried_from: str


class DocumentRow(NamedTuple):
    question_id: int
    title: str
    url: str
    reference: str
    sensitivity: str
    dated_on: datetime.date | None
    review_on: datetime.date | None
    to_confirm: bool
    carried_from: str


class LinkRow(NamedTuple):
    action_id: int
    question_id: int
    prompt_id: int | None
    to_confirm: bool
    carried_from: str


class OwnerRow(NamedTuple):
    """`email`: of those who also sign in here."""

    name: str
    email: str | None


class UpdateRow(NamedTuple):
    dated_on: datetime.date
    quarter: str
    text: str
    next_steps: str
    sensitivity: str
    author_name: str


@dataclass(frozen=True)
class ActionRows:
    action: Action
    owners: Sequence[OwnerRow]
    updates: Sequence[UpdateRow]


@dataclass(frozen=True)
class CycleContents:
    """`assignees`: by question. `actions`: by primary key, those of all the cycles read."""

    cycle: Cycle
    assessments: Sequence[BenchmarkAssessment]
    assignees: dict[int, User | None]
    answers: Sequence[AnswerRow]
    statements: Sequence[StatementRow]
    documents: Sequence[DocumentRow]
    links: Sequence[LinkRow]
    actions: dict[int, ActionRows]


def read_cycles(cycles: CycleQuerySet, *, brief: bool = False) -> list[CycleContents]:
    """Ten queries; eight where `brief`: without who has which question and how actions go."""
    found = list(cycles.select_related("council", "toolkit", "scale"))
    assessments = by_cycle(BenchmarkAssessment.objects.filter(cycle__in=found).order_by("pk"))
    questions = QuestionAssessment.objects.filter(cycle__in=found).select_related("assignee")
    assigned = by_cycle([] if brief else questions.order_by("pk"))
    numbers = tuple(cycle.pk for cycle in found)
    answers, statements = ANSWERS(numbers), STATEMENTS(numbers)
    documents, links = DOCUMENTS(numbers), LINKS(numbers)
    actions = actions_in(numbers, brief)
    return [
        CycleContents(
            cycle=cycle,
            assessments=assessments[cycle.pk],
            assignees={row.question_id: row.assignee for row in assigned[cycle.pk]},
            answers=answers[cycle.pk],
            statements=statements[cycle.pk],
            documents=documents[cycle.pk],
            links=links[cycle.pk],
            actions=actions,
        )
        for cycle in found
    ]


def actions_in(cycles: tuple[int, ...], brief: bool) -> dict[int, ActionRows]:
    """With their progress, unless `brief`."""
    owners = OWNERS(cycles)
    updates = {} if brief else UPDATES(cycles)
    return {
        action.pk: ActionRows(action, owners[action.pk], updates.get(action.pk, []))
        for action in ACTIONS(cycles)
    }


def by_cycle(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.cycle_id].append(row)
    return groups


class Grouped(Generic[Row]):
    """The columns that `kind`, a NamedTuple, names, of what `make` finds for cycles. One query."""

    def __init__(
        self,
        make: Callable[[tuple[int, ...]], QuerySet[Any]],
        by: str,
        kind: type[Row],
        *,
        order: Sequence[str] = ("pk",),
    ) -> None:
        columns = (by, *kind._fields)  # type: ignore[attr-defined]
        self.kind = kind
        self.read: Prepared[Any] = Prepared(
            lambda cycles: make(cycles).order_by(*order).values_list(*columns)
        )

    def __call__(self, cycles: tuple[int, ...]) -> defaultdict[int, list[Row]]:
        groups: defaultdict[int, list[Row]] = defaultdict(list)
        for key, *values in self.read.tuples(cycles):
            groups[key].append(self.kind(*values))
        return groups


def actions_of(cycles: tuple[int, ...]) -> QuerySet[Any]:
    """Their primary keys."""
    return ActionLink.objects.filter(cycle__in=cycles).order_by().values("action")


ANSWERS = Grouped(lambda cycles: Answer.objects.filter(cycle__in=cycles), "cycle_id", AnswerRow)
STATEMENTS = Grouped(
    lambda cycles: EvidenceStatement.objects.filter(cycle__in=cycles), "cycle_id", StatementRow
)
DOCUMENTS = Grouped(
    lambda cycles: EvidenceItem.objects.filter(cycle__in=cycles),
    "cycle_id",
    DocumentRow,
    order=("title", "pk"),
)
LINKS = Grouped(lambda cycles: ActionLink.objects.filter(cycle__in=cycles), "cycle_id", LinkRow)
OWNERS = Grouped(
    lambda cycles: ActionOwner.objects.filter(action__in=actions_of(cycles)).annotate(
        email=F("user__email")
    ),
    "action_id",
    OwnerRow,
)
UPDATES = Grouped(
    lambda cycles: ProgressUpdate.objects.filter(action__in=actions_of(cycles)),
    "action_id",
    UpdateRow,
    order=("-dated_on", "-pk"),
)
ACTIONS = Prepared(lambda cycles: Action.objects.filter(pk__in=actions_of(cycles)).order_by())
