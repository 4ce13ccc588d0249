"""Reads, each with the prefetching that its page needs."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

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


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self) -> "ActionQuerySet":
        return self.exclude(status="completed")

    def overdue(self, today: datetime.date) -> "ActionQuerySet":
        return self.open().filter(due_date__lt=today)

    def owned_by(self, user: "User") -> "ActionQuerySet":
        return self.filter(owners__user=user).distinct()

    def in_cycle(self, cycle: "Cycle") -> "ActionQuerySet":
        return self.filter(pk__in=cycle.action_links.order_by().values("action"))
