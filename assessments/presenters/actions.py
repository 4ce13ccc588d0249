"""Actions as people read them: what, who, when, where, and how it goes."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Protocol

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject, Left
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from assessments.access import CycleAccess
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    ActionStatus,
    Challenge,
    Cycle,
    ProgressUpdate,
    User,
)
from assessments.permissions import Permission
from assessments.prepared import Prepared
from assessments.presenters.asked import Asked
from benchmarks.models import Question

SHOWN = 121  # letters of a challenge that are read; all but the last are shown


class Placed(Protocol):
    """A place in a cycle: an ActionLink, or a row of `placed`."""

    question_id: int
    prompt_id: int | None


@dataclass(frozen=True)
class Where:
    """Beside a question; `positions` of its prompts, 0 for the question as a whole."""

    question: Question
    positions: Sequence[int]

    @property
    def words(self) -> str:
        if 0 in self.positions:
            return self.question.ref
        word = "prompt" if len(self.positions) == 1 else "prompts"
        return f"{self.question.ref}, {word} {' and '.join(map(str, self.positions))}"


@dataclass(frozen=True)
class LatestUpdate:
    dated_on: datetime.date
    quarter: str
    text: str
    next_steps: str
    sensitivity: str
    author_name: str


LATEST_FIELDS = [each.name for each in fields(LatestUpdate)]


@dataclass(frozen=True)
class AskedFirst:
    """What the board asks about an action and isn't resolved: of several the one that stands
    first, in short, and how many more there are."""

    pk: int
    cycle_id: int
    text: str
    sensitivity: str
    state: str
    by: str | None
    more: int

    @property
    def state_label(self) -> str:
        return Challenge.State(self.state).label.lower()


@dataclass(frozen=True)
class ActionCard:
    """`waiting`: the questions it has been carried to and nobody has confirmed, each with where
    it came from."""

    action: Action
    owners: Sequence[ActionOwner]
    places: Sequence[Where]
    latest: LatestUpdate | None
    asked: AskedFirst | None
    today: datetime.date
    waiting: Mapping[int, str] = field(default_factory=dict, kw_only=True)

    @property
    def is_open(self) -> bool:
        return self.action.status != ActionStatus.COMPLETED

    @property
    def is_overdue(self) -> bool:
        due = self.action.due_date
        return self.is_open and due is not None and due < self.today

    @property
    def when(self) -> str:
        return when(self.action, self.today)

    def is_owned_by(self, user: User) -> bool:
        return any(owner.user_id == user.pk for owner in self.owners)


def when(action: Action, today: datetime.date) -> str:
    """“overdue by 12 days”, “due 3 March 2026”, “due Q4 21/22”, “no date”."""
    if action.status == ActionStatus.COMPLETED:
        done = action.completed_on
        return f"completed {date_format(done, 'j F Y')}" if done else "completed"
    if action.due_words:
        return f"due {action.due_words}"
    if action.due_date is None:
        return "no date"
    days = (today - action.due_date).days
    if days > 0:
        return f"overdue by {days} day{'' if days == 1 else 's'}"
    return "due today" if days == 0 else f"due {date_format(action.due_date, 'j F Y')}"


def actions_at(cycle: Cycle, question: Question) -> list[ActionCard]:
    """Those that stand beside a question, with all their places in the cycle. Two queries."""
    return list(cards_from(cycle, AT_QUESTION(cycle.pk, question.pk)).values())


def cards_of(cycle: Cycle, actions: QuerySet[Any] | Sequence[int]) -> dict[int, ActionCard]:
    """Actions of the cycle by primary key, in that order. Two queries."""
    return cards_from(cycle, placed(cycle.pk, actions))


def cards_from(cycle: Cycle, rows: Iterable[Action]) -> dict[int, ActionCard]:
    """`rows`: of `placed`. One query."""
    asked, today = Asked(cycle), timezone.localdate()
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.pk].append(row)
    owners = owners_of(grouped)
    return {
        pk: ActionCard(
            action=rows[0],
            owners=owners[pk],
            places=places_in_order(asked, rows),
            latest=latest_of(rows[0]),
            asked=asked_of(rows[0]),
            today=today,
            waiting={row.question_id: row.carried_from for row in rows if row.to_confirm},
        )
        for pk, rows in grouped.items()
    }


def placed(cycle: int, actions: QuerySet[Any] | Sequence[int]) -> QuerySet[Action]:
    """Actions with a row for each of their places in a cycle: the columns of its link."""
    return (
        Action.objects.filter(links__cycle=cycle, pk__in=actions)
        .annotate(
            question_id=F("links__question"),
            prompt_id=F("links__prompt"),
            to_confirm=F("links__to_confirm"),
            carried_from=F("links__carried_from"),
            **read_with("pk"),
        )
        .order_by("pk", "links__pk")
    )


AT_QUESTION = Prepared(
    lambda cycle, question: placed(
        cycle,
        ActionLink.objects.filter(cycle=cycle, question=question).order_by().values("action"),
    )
)
OWNERS = Prepared(lambda actions: ActionOwner.objects.filter(action__in=actions))


def read_with(action: str) -> dict[str, Subquery]:
    """What a card needs besides the action, without a query of its own. `action`: the field of
    the outer query that names the action."""
    return {"latest": latest_update(action), "asked": asked_first(action)}


@cache
def asked_first(action: str) -> Subquery:
    """What `asked_of` reads: an open challenge before an answered one, the latest first."""
    unresolved = Challenge.objects.exclude(state=Challenge.State.RESOLVED)
    alike = unresolved.filter(action=OuterRef("action")).order_by().values("action")
    number = alike.annotate(number=Count("pk")).values("number")
    fields = {"pk": "pk", "cycle_id": "cycle_id", "sensitivity": "sensitivity", "state": "state"}
    card = JSONObject(
        **fields, text=Left("text", SHOWN), by="raised_by__name", number=Subquery(number)
    )
    in_order = unresolved.filter(action=OuterRef(action)).order_by("-state", "-raised_at", "-pk")
    return Subquery(in_order.annotate(card=card).values("card")[:1])


def asked_of(row: Action) -> AskedFirst | None:
    """`row`: with `asked_first`."""
    asked = card_in(row.asked)  # type: ignore[attr-defined]
    if not asked:
        return None
    number, text = asked.pop("number"), Truncator(asked.pop("text")).chars(SHOWN - 1)
    return AskedFirst(**asked, text=text, more=number - 1)


@cache
def latest_update(action: str) -> Subquery:
    """What `latest_of` reads. Kept, because putting it together takes longer than running it."""
    updates = ProgressUpdate.objects.filter(action=OuterRef(action))
    return Subquery(
        updates.annotate(card=JSONObject(**{name: name for name in LATEST_FIELDS})).values("card")[
            :1
        ]
    )


def latest_of(row: Action) -> LatestUpdate | None:
    """`row`: with `latest_update`."""
    latest = card_in(row.latest)  # type: ignore[attr-defined]
    if not latest:
        return None
    dated_on = datetime.date.fromisoformat(latest["dated_on"])
    return LatestUpdate(**{**latest, "dated_on": dated_on})


def card_in(annotation: Any) -> Any:
    """A JSON object of the database, which a prepared read leaves as text."""
    return json.loads(annotation) if isinstance(annotation, str) else annotation


def owners_of(actions: Iterable[int]) -> dict[int, list[ActionOwner]]:
    owners = defaultdict(list)
    for owner in OWNERS(tuple(actions)):
        owners[owner.action_id].append(owner)
    return owners


def places_in_order(asked: Asked, links: Iterable[Placed]) -> list[Where]:
    positions: dict[int, list[int]] = defaultdict(list)
    for link in links:
        positions[link.question_id].append(asked.position(link.prompt_id))
    return [
        Where(question, sorted(found))
        for pk, question in asked.questions.items()
        if (found := positions.get(pk))
    ]


@dataclass(frozen=True)
class Rights:
    """Which actions a person may change: any for a lead, their own and those beside questions
    assigned to them for a contributor, none for everybody else."""

    user: User
    any: bool
    own: bool
    assigned: frozenset[int]

    @classmethod
    def of(cls, access: CycleAccess) -> "Rights":
        """One query for a contributor."""
        any_, own = access.can(Permission.ANSWER_ANY), access.can(Permission.ANSWER_ASSIGNED)
        mine = access.cycle.questions.filter(assignee=access.user) if own and not any_ else None
        assigned = mine.values_list("question", flat=True) if mine is not None else []
        return cls(access.user, any_, own, frozenset(assigned))

    def may_change(self, card: ActionCard) -> bool:
        return self.any or (
            self.own
            and (
                card.is_owned_by(self.user)
                or any(place.question.pk in self.assigned for place in card.places)
            )
        )

    def places_of(self, card: ActionCard) -> list[Question]:
        """Those that the person may take the action away from."""
        return [place.question for place in card.places if self.may_use(place.question)]

    def may_use(self, question: Question) -> bool:
        return self.any or question.pk in self.assigned
