"""Actions as people read them: what, who, when, where, and how it goes."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import date_format

from assessments.access import CycleAccess
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    ActionStatus,
    Cycle,
    ProgressUpdate,
    User,
)
from assessments.permissions import Permission
from assessments.presenters.asked import Asked
from benchmarks.models import Question


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
class ActionCard:
    """`waiting`: the questions it has been carried to and nobody has confirmed, each with where
    it came from."""

    action: Action
    owners: Sequence[ActionOwner]
    places: Sequence[Where]
    latest: LatestUpdate | None
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
    here = cycle.action_links.filter(question=question).order_by().values("action")
    return list(cards_of(cycle, here).values())


def cards_of(cycle: Cycle, actions: QuerySet[Any] | Sequence[int]) -> dict[int, ActionCard]:
    """Actions of the cycle by primary key, in that order. Two queries."""
    asked, today = Asked(cycle), timezone.localdate()
    grouped: dict[int, list[ActionLink]] = defaultdict(list)
    links = cycle.action_links.filter(action__in=actions).select_related("action")
    for link in links.annotate(latest=latest_update("action")).order_by("action", "pk"):
        grouped[link.action_id].append(link)
    owners = owners_of(grouped)
    return {
        pk: ActionCard(
            action=rows[0].action,
            owners=owners[pk],
            places=places_in_order(asked, rows),
            latest=latest_of(rows[0]),
            today=today,
            waiting={row.question_id: row.carried_from for row in rows if row.to_confirm},
        )
        for pk, rows in grouped.items()
    }


@cache
def latest_update(action: str) -> Subquery:
    """What `latest_of` reads. `action`: the field of the outer query that names the action.
    Kept, because putting it together takes longer than running it."""
    updates = ProgressUpdate.objects.filter(action=OuterRef(action))
    return Subquery(
        updates.annotate(card=JSONObject(**{name: name for name in LATEST_FIELDS})).values("card")[
            :1
        ]
    )


def latest_of(row: Action | ActionLink) -> LatestUpdate | None:
    latest = row.latest  # type: ignore[union-attr]
    if not latest:
        return None
    dated_on = datetime.date.fromisoformat(latest["dated_on"])
    return LatestUpdate(**{**latest, "dated_on": dated_on})


def owners_of(actions: Iterable[int]) -> dict[int, list[ActionOwner]]:
    owners = defaultdict(list)
    for owner in ActionOwner.objects.filter(action__in=list(actions)):
        owners[owner.action_id].append(owner)
    return owners


def places_in_order(asked: Asked, links: Iterable[ActionLink]) -> list[Where]:
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

    def may_use(self, question: Question) -> bool:
        return self.any or question.pk in self.assigned
