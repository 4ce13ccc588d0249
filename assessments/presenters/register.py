"""The action register: every action of a council, whatever its cycle."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from assessments.access import Access
from assessments.forms.register import is_number
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Cycle,
    User,
)
from assessments.prepared import Prepared
from assessments.presenters.actions import (
    asked_of,
    latest_of,
    owners_of,
    places_in_order,
    read_with,
)
from assessments.presenters.asked import Asked
from assessments.presenters.register_query import (
    DUE,
    GROUPS,
    OPEN,
    OWNED,
    SORTS,
    STATUSES,
    OwnerChoice,
    RegisterQuery,
    due_condition,
    owner_choices,
)
from assessments.presenters.register_rows import RegisterCard, RegisterRights, Row, row_of
from benchmarks.contents import contents_of
from benchmarks.models import Benchmark

PAGE_SIZE = 20
Group = str | int | None
HOME = ActionLink.objects.filter(action=OuterRef("pk")).order_by(
    "-cycle__as_at", "-cycle_id", "question__benchmark__number", "question__position"
)


ACTIONS = Prepared(
    lambda council, actions: Action.objects.filter(council=council, pk__in=actions).annotate(
        **read_with("pk")
    )
)
LINKS = Prepared(
    lambda council, actions: ActionLink.objects.filter(
        cycle__council=council,
        action__in=actions,
        cycle=Subquery(
            ActionLink.objects.filter(action=OuterRef("action"))
            .order_by("-cycle__as_at", "-cycle_id")
            .values("cycle")[:1]
        ),
    )
)


@dataclass(frozen=True)
class RegisterGroup:
    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class Counts:
    total: int
    undated: int
    ownerless: int
    overdue: int
    completed: int
    all: int


class Register:
    """Eight queries at most, one more for a contributor, however many actions."""

    def __init__(self, access: Access, get: Mapping[str, str], today: datetime.date) -> None:
        self.access, self.council, self.today = access, access.council, today
        self.actions = access.council.actions.annotate(
            has_owner=OWNED,
            home=Subquery(HOME.values("question__benchmark")[:1]),
            home_number=Subquery(HOME.values("question__benchmark__number")[:1]),
        )
        self.query = RegisterQuery.of(get, self.owner_choices, self.benchmarks, self.cycles)
        self.page_number = get.get("page")
        self.left = [int(pk) for pk in get.get("left", "").split(",") if is_number(pk)][:PAGE_SIZE]
        self.all_ticked = get.get("tick") == "all"

    # What can be chosen

    @cached_property
    def owner_choices(self) -> list[OwnerChoice]:
        return owner_choices(self.council)

    @cached_property
    def cycles(self) -> dict[int, Cycle]:
        """By primary key, latest first."""
        return {cycle.pk: cycle for cycle in self.council.cycles.select_related("toolkit")}

    @cached_property
    def asked(self) -> dict[int, Asked]:
        return {pk: Asked(cycle) for pk, cycle in self.cycles.items()}

    @cached_property
    def benchmarks(self) -> dict[int, Benchmark]:
        """Of every edition that the council has used, the latest edition first."""
        toolkits = {cycle.toolkit_id: cycle.toolkit for cycle in self.cycles.values()}
        return {
            benchmark.pk: benchmark
            for toolkit in toolkits.values()
            for benchmark in contents_of(toolkit).benchmarks.all()
        }

    @property
    def filters(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Name, label and choices of each drop-down."""
        owners = [("", "Anybody"), *((each.key, each.name) for each in self.owner_choices)]
        benchmarks = [(str(pk), self.title(each)) for pk, each in self.benchmarks.items()]
        cycles = [(str(pk), self.period(each)) for pk, each in self.cycles.items()]
        return [
            ("owner", "Owner", owners),
            ("benchmark", "Benchmark", [("", "Any"), *benchmarks]),
            ("cycle", "Cycle", [("", "Any"), *cycles]),
            ("status", "Status", list(STATUSES.items())),
            ("due", "Due", list(DUE.items())),
            ("sort", "Sort by", list(SORTS.items())),
            ("group", "Group by", list(GROUPS.items())),
        ]

    @property
    def drop_downs(self) -> list[tuple[str, str, list[tuple[str, str]], str]]:
        """And the key that is chosen."""
        return [(name, *rest, getattr(self.query, name)) for name, *rest in self.filters]

    def title(self, benchmark: Benchmark) -> str:
        """With its edition where the council has used several."""
        name = f"{benchmark.number}. {benchmark.short_title}"
        editions = {each.toolkit_id for each in self.benchmarks.values()}
        return f"{name} ({benchmark.toolkit.title})" if len(editions) > 1 else name

    def period(self, cycle: Cycle) -> str:
        """With its edition where two cycles have the same."""
        periods = [each.period for each in self.cycles.values()]
        return str(cycle) if periods.count(cycle.period) > 1 else cycle.period

    # What is shown

    @cached_property
    def counts(self) -> Counts:
        """Among the actions of the chosen status, whatever else is filtered."""
        kinds = {"undated": "undated", "ownerless": "ownerless", "overdue": "overdue"}
        of_status = self.query.of_status
        conditions = {
            name: of_status & due_condition(due, self.today) for name, due in kinds.items()
        }
        conditions |= {"total": of_status, "completed": ~OPEN, "all": Q()}
        return Counts(
            **self.council.actions.annotate(has_owner=OWNED).aggregate(
                **{name: Count("pk", filter=each) for name, each in conditions.items()}
            )
        )

    @cached_property
    def found(self) -> list[tuple[int, Group]]:
        """Every action that the filters let through with its group, in order; with several
        owners it stands in several groups."""
        conditions = self.query.conditions(self.owner_choices, self.today)
        rows = self.actions.filter(conditions)
        if self.query.group == "owner":
            group = F("owners__name")
            return list(
                rows.order_by(group.asc(nulls_first=True), *self.query.order).values_list(
                    "pk", "owners__name"
                )
            )
        if self.query.group == "benchmark":
            number = F("home_number").asc(nulls_last=True)
            return list(rows.order_by(number, "home", *self.query.order).values_list("pk", "home"))
        return [(pk, None) for pk in rows.order_by(*self.query.order).values_list("pk", flat=True)]

    @cached_property
    def found_count(self) -> int:
        return len({pk for pk, _ in self.found})

    @cached_property
    def page(self) -> Page[tuple[int, Group]]:
        return Paginator(self.found, PAGE_SIZE).get_page(self.page_number)

    @cached_property
    def cards(self) -> dict[int, RegisterCard]:
        return self.cards_of([*(pk for pk, _ in self.page.object_list), *self.left])

    @cached_property
    def groups(self) -> list[RegisterGroup]:
        groups: dict[Group, list[Row]] = defaultdict(list)
        shown: set[int] = set()
        for place, (pk, group) in enumerate(self.page.object_list, start=1):
            if pk in self.cards:  # else deleted since a moment ago
                row = self.row(self.cards[pk], place, is_first=pk not in shown)
                groups[group].append(row)
                shown.add(pk)
        return [RegisterGroup(self.heading(key), rows) for key, rows in groups.items()]

    def row(self, card: RegisterCard, place: object, *, is_first: bool) -> Row:
        return row_of(card, place, is_first=is_first, slug=self.council.slug, back=self.back)

    def heading(self, group: Group) -> str:
        if isinstance(group, int):
            return self.title(self.benchmarks[group])
        if self.query.group:
            return group or ("No owner" if self.query.group == "owner" else "No benchmark")
        return ""

    @property
    def left_alone(self) -> list[RegisterCard]:
        """What a bulk change left as it was, because somebody had changed it meanwhile."""
        return [self.cards[pk] for pk in self.left if pk in self.cards]

    @property
    def may_change_any(self) -> bool:
        return any(card.may_change for card in self.cards.values())

    @cached_property
    def members(self) -> list[User]:
        return list(self.council.members.all())

    @property
    def address(self) -> str:
        return reverse("councils:register", args=[self.council.slug])

    @property
    def undated(self) -> str:
        return RegisterQuery(status=self.query.status, due="undated").but()

    @property
    def ownerless(self) -> str:
        return RegisterQuery(status=self.query.status, due="ownerless").but()

    @property
    def overdue(self) -> str:
        return RegisterQuery(status=self.query.status, due="overdue").but()

    @cached_property
    def back(self) -> str:
        """The end of the address of what is opened from this list."""
        return f"?{urlencode({'back': 'register', 'list': self.encoded})}"

    @cached_property
    def encoded(self) -> str:
        """This list and page, as the end of an address."""
        number = self.page.number
        return f"{self.query.encoded}&page={number}" if number > 1 else self.query.encoded

    # The actions themselves

    def cards_of(self, ids: Collection[int]) -> dict[int, RegisterCard]:
        """Three queries, and one more for a contributor."""
        owners = owners_of(ids)
        links: dict[int, list[ActionLink]] = defaultdict(list)
        for link in LINKS(self.council.pk, tuple(ids)):
            links[link.action_id].append(link)
        rows = ACTIONS(self.council.pk, tuple(ids))
        return {row.pk: self.card(row, owners[row.pk], links[row.pk]) for row in rows}

    def card(
        self, action: Action, owners: list[ActionOwner], links: list[ActionLink]
    ) -> RegisterCard:
        """`links`: those of the cycle that it stands in."""
        cycle = self.cycles[links[0].cycle_id] if links else None
        return RegisterCard(
            action=action,
            owners=owners,
            places=places_in_order(self.asked[cycle.pk], links) if cycle else [],
            latest=latest_of(action),
            asked=asked_of(action),
            today=self.today,
            cycle=cycle,
            may_change=self.rights.may_change(owners, links),
        )

    @cached_property
    def rights(self) -> "RegisterRights":
        return RegisterRights.of(self.access)


def register_listed(access: Access, data: Mapping[str, str]) -> Register:
    """The register as it was filtered when a form was sent from it: the form's `list`."""
    return Register(access, QueryDict(data.get("list", "")), timezone.localdate())
