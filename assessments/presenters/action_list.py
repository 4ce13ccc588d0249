"""The actions of a cycle, filtered and paged, with a count for each filter."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils import timezone

from assessments.access import CycleAccess
from assessments.models import ActionOwner
from assessments.presenters.actions import ActionCard, Rights, cards_of

PAGE_SIZE = 25
OPEN = ~Q(status="completed")


@dataclass(frozen=True)
class Filter:
    key: str
    label: str
    condition: Q
    count: int = 0


class ActionList:
    """At most five queries, however many actions."""

    def __init__(self, access: CycleAccess, query: Mapping[str, str]) -> None:
        self.access = access
        self.cycle = access.cycle
        mine = ActionOwner.objects.filter(action=OuterRef("pk"), user=access.user)
        self.actions = access.council.actions.in_cycle(access.cycle).annotate(
            is_mine=Exists(mine),
            has_owner=Exists(ActionOwner.objects.filter(action=OuterRef("pk"))),
        )
        self.filters = self.counted(
            Filter("open", "Open", OPEN),
            Filter("mine", "Mine", OPEN & Q(is_mine=True)),
            Filter("overdue", "Overdue", OPEN & Q(due_date__lt=timezone.localdate())),
            Filter("no-owner", "Without owner", OPEN & Q(has_owner=False)),
            Filter("no-date", "Without date", OPEN & Q(due_date__isnull=True, due_words="")),
            Filter("completed", "Completed", Q(status="completed")),
            Filter("all", "All", Q(pk__isnull=False)),
        )
        self.chosen = next(
            (each for each in self.filters if each.key == query.get("show")), self.filters[0]
        )
        rows = self.actions.filter(self.chosen.condition).order_by(
            Case(When(OPEN, then=0), default=1), F("due_date").asc(nulls_last=True), "pk"
        )
        paginator = Paginator(rows.values_list("pk", flat=True), PAGE_SIZE)
        paginator.count = self.chosen.count  # known already: spares a query
        self.page = paginator.get_page(query.get("page"))

    def counted(self, *filters: Filter) -> list[Filter]:
        """One query."""
        counts = self.actions.aggregate(
            **{each.key.replace("-", "_"): Count("pk", filter=each.condition) for each in filters}
        )
        return [
            Filter(each.key, each.label, each.condition, counts[each.key.replace("-", "_")])
            for each in filters
        ]

    @cached_property
    def cards(self) -> list[ActionCard]:
        """Those of this page, in its order."""
        ids = list(self.page.object_list)
        cards = cards_of(self.cycle, ids)
        return [cards[pk] for pk in ids]

    @cached_property
    def rights(self) -> Rights:
        return Rights.of(self.access)

    @property
    def rows(self) -> list[tuple[ActionCard, bool]]:
        """Each action, and whether the person may change it."""
        return [(card, self.rights.may_change(card)) for card in self.cards]
