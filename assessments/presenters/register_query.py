"""What somebody wants to see of the register: filters, order and groups, as the address has them.

An address holds keys and numbers only, never an owner's name or words of an action.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.expressions import Combinable

from assessments.keys import key_of_name
from assessments.models import ActionLink, ActionOwner, ActionStatus, Council

SOON = datetime.timedelta(weeks=4)
OPEN = ~Q(status=ActionStatus.COMPLETED)
UNDATED = Q(due_date__isnull=True, due_words="")
OWNED = Exists(ActionOwner.objects.filter(action=OuterRef("pk")))
Order = list[Combinable | str]

NOBODY = "nobody"  # in place of an owner's key

STATUSES = {"": "Open", **dict(ActionStatus.choices), "all": "Open and completed"}
DUE = {
    "": "At any time",
    "overdue": "Overdue",
    "soon": "In the next four weeks",
    "undated": "No date",
    "ownerless": "No owner",
}
SORTS = {"": "Due date", "status": "Status", "benchmark": "Benchmark"}
GROUPS = {"": "None", "owner": "Owner", "benchmark": "Benchmark"}


@dataclass(frozen=True)
class OwnerChoice:
    """One owner among the council's actions: a colleague, a name without an account, or nobody.
    `condition` is for actions annotated with `has_owner`."""

    key: str
    name: str
    user_id: int | None

    @property
    def condition(self) -> Q:
        if self.key == NOBODY:
            return Q(has_owner=False)
        who = {"user": self.user_id} if self.user_id else {"user": None, "name": self.name}
        return Q(Exists(ActionOwner.objects.filter(**who, action=OuterRef("pk"))))


@dataclass(frozen=True)
class RegisterQuery:
    """Each field is a key of its table above, or empty. `owner`: the key of an OwnerChoice;
    `benchmark` and `cycle`: a primary key, as text."""

    owner: str = ""
    benchmark: str = ""
    cycle: str = ""
    status: str = ""
    due: str = ""
    sort: str = ""
    group: str = ""

    @classmethod
    def of(
        cls,
        get: Mapping[str, str],
        owners: Iterable[OwnerChoice],
        benchmarks: Iterable[int],
        cycles: Iterable[int],
    ) -> "RegisterQuery":
        """Whatever isn't on offer counts as not asked for."""
        offered = {
            "owner": {each.key for each in owners},
            "benchmark": {str(pk) for pk in benchmarks},
            "cycle": {str(pk) for pk in cycles},
            "status": STATUSES.keys(),
            "due": DUE.keys(),
            "sort": SORTS.keys(),
            "group": GROUPS.keys(),
        }
        return cls(**{name: get[name] for name in offered if get.get(name) in offered[name]})

    def but(self, **changes: str) -> str:
        """The same with changes, as the end of an address: “?due=overdue”; “?” for nothing."""
        return f"?{replace(self, **changes).encoded}"

    @property
    def encoded(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def status_label(self) -> str:
        return STATUSES[self.status]

    @property
    def of_status(self) -> Q:
        if self.status == "all":
            return Q()
        return Q(status=self.status) if self.status else OPEN

    def conditions(self, owners: Sequence[OwnerChoice], today: datetime.date) -> Q:
        found = self.of_status & due_condition(self.due, today)
        for owner in owners:
            if owner.key == self.owner:
                found &= owner.condition
        if self.benchmark:
            found &= linked(question__benchmark=int(self.benchmark))
        if self.cycle:
            found &= linked(cycle=int(self.cycle))
        return found

    @property
    def order(self) -> Order:
        by_due: Order = [
            Case(When(OPEN, then=0), default=1),
            F("due_date").asc(nulls_last=True),
            "pk",
        ]
        if self.sort == "status":
            return [Case(*STATUS_ORDER, default=0), *by_due]
        if self.sort == "benchmark":
            return [F("home_number").asc(nulls_last=True), *by_due]
        return by_due


STATUS_ORDER = [When(status=status, then=place) for place, status in enumerate(ActionStatus.values)]


def linked(**where: int) -> Q:
    """Standing beside any question there."""
    return Q(pk__in=ActionLink.objects.filter(**where).order_by().values("action"))


def due_condition(due: str, today: datetime.date) -> Q:
    if due == "overdue":
        return OPEN & Q(due_date__lt=today)
    if due == "soon":
        return OPEN & Q(due_date__range=(today, today + SOON))
    if due == "undated":
        return UNDATED
    return Q(has_owner=False) if due == "ownerless" else Q()


def owner_choices(council: Council) -> list[OwnerChoice]:
    """By name, after “nobody”. One query."""
    owners = ActionOwner.objects.filter(action__council=council).order_by()
    choices: dict[str, OwnerChoice] = {}
    for user_id, name in sorted(owners.values_list("user_id", "name").distinct(), key=by_name):
        key = owner_key(user_id, name)
        choices.setdefault(key, OwnerChoice(key, name, user_id))
    return [OwnerChoice(NOBODY, "Nobody", None), *choices.values()]


def by_name(owner: tuple[int | None, str]) -> str:
    return owner[1].casefold()


def owner_key(user_id: int | None, name: str) -> str:
    """A colleague is known by their account, whatever they are called on an action."""
    return f"u{user_id}" if user_id else f"n{key_of_name(name)}"
