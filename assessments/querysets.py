"""Reads, each with the prefetching that its page needs."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, Q

from benchmarks.models import Toolkit, ToolkitQuerySet

if TYPE_CHECKING:
    from assessments.models import Action, ClosureDay, Council, Cycle, User  # noqa: F401 - in the bases


class CouncilQuerySet(models.QuerySet["Council"]):
    def for_user(self, user: "User") -> "CouncilQuerySet":
        """The councils a person may enter: their own, or all for a site administrator."""
        if user.is_site_administrator:
            return self
        return self.filter(memberships__user=user)


class ClosureDayQuerySet(models.QuerySet["ClosureDay"]):
    def days(self) -> frozenset[datetime.date]:
        """As `deadlines` takes them. One query."""
        return frozenset(self.order_by().values_list("day", flat=True))


class CycleQuerySet(models.QuerySet["Cycle"]):
    def last_of_each_toolkit(self) -> list["Cycle"]:
        """The latest first. One query."""
        found: dict[int, Cycle] = {}
        for cycle in self.order_by("-as_at", "-pk"):
            found.setdefault(cycle.toolkit_id, cycle)
        return list(found.values())

    def before(self, cycle: "Cycle") -> "CycleQuerySet":
        """Earlier cycles of the same council on the same edition, latest first."""
        return self._before(cycle.council_id, cycle.toolkit_id, cycle.as_at)

    def before_that_of(self, field: str) -> "CycleQuerySet":
        """The same in a subquery, of the cycle that a `field` of the outer query names."""
        return self._before(
            *(models.OuterRef(f"{field}__{name}") for name in ("council", "toolkit", "as_at"))
        )

    def _before(self, council: Any, toolkit: Any, as_at: Any) -> "CycleQuerySet":
        earlier = self.filter(council=council, toolkit=toolkit, as_at__lt=as_at)
        return earlier.order_by("-as_at", "-pk")

    def alongside(self, toolkit: int) -> "CycleQuerySet":
        """Those that a history of a cycle on this edition can show: on toolkits for everybody,
        whichever, or on the same instrument of the council's own."""
        shared = Exists(Toolkit.objects.filter(pk=toolkit, ownership=None))
        return self.filter(Q(toolkit=toolkit) | (Q(toolkit__ownership=None) & shared))

    def leading_to(self, cycle: "Cycle") -> "CycleQuerySet":
        """Earlier cycles of the same council on this edition, or on one that a mapping leads
        from, latest first."""
        return self._leading_to(cycle.council_id, cycle.toolkit_id, cycle.as_at)

    def leading_to_that_of(self, field: str) -> "CycleQuerySet":
        """The same in a subquery of a subquery, of the cycle that a `field` of the outermost
        query names."""
        names = (f"{field}__{name}" for name in ("council", "toolkit", "as_at"))
        return self._leading_to(*(models.OuterRef(models.OuterRef(name)) for name in names))

    def _leading_to(self, council: Any, toolkit: Any, as_at: Any) -> "CycleQuerySet":
        earlier = self.filter(council=council, as_at__lt=as_at)
        here, mapped = Q(toolkit=toolkit), Q(toolkit__mappings_from__target=toolkit)
        return earlier.filter(here | mapped).order_by("-as_at", "-pk")


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self) -> "ActionQuerySet":
        return self.exclude(status="completed")

    def overdue(self, today: datetime.date) -> "ActionQuerySet":
        return self.open().filter(due_date__lt=today)

    def owned_by(self, user: "User") -> "ActionQuerySet":
        return self.filter(owners__user=user).distinct()

    def in_cycle(self, cycle: "Cycle") -> "ActionQuerySet":
        return self.filter(pk__in=cycle.action_links.order_by().values("action"))


def owned_toolkits(council: "Council | None") -> ToolkitQuerySet:
    """The published toolkits that are a council's own; without one, those for everybody."""
    owner = Q(ownership=None) if council is None else Q(ownership__council=council)
    return Toolkit.objects.published().filter(owner)


def toolkits_of(council: "Council | None") -> ToolkitQuerySet:
    """The published toolkits that a council sees: those for everybody, and its own."""
    return owned_toolkits(None) | owned_toolkits(council)


def toolkits_open_to(user: "User") -> ToolkitQuerySet:
    """The published toolkits that a person may read; a site administrator reads them all."""
    if user.is_site_administrator:
        return Toolkit.objects.published()
    theirs = Q(ownership__council__memberships__user=user)
    return Toolkit.objects.published().filter(Q(ownership=None) | theirs).distinct()


def uncorrected(toolkits: ToolkitQuerySet) -> ToolkitQuerySet:
    """Less those that another of them corrects."""
    return toolkits.exclude(pk__in=toolkits.exclude(corrects=None).order_by().values("corrects"))
