"""Reads, each with the prefetching that its page needs."""

import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from assessments.models import Action, Council, Cycle, User  # noqa: F401 - in the bases


class CouncilQuerySet(models.QuerySet["Council"]):
    def for_user(self, user: "User") -> "CouncilQuerySet":
        """The councils a person may enter: their own, or all for a site administrator."""
        if user.is_site_administrator:
            return self
        return self.filter(memberships__user=user)


class CycleQuerySet(models.QuerySet["Cycle"]):
    def before(self, cycle: "Cycle") -> "CycleQuerySet":
        """Earlier cycles of the same council on the same edition, latest first."""
        return self.filter(
            council_id=cycle.council_id, toolkit_id=cycle.toolkit_id, as_at__lt=cycle.as_at
        ).order_by("-as_at", "-pk")

    def leading_to(self, cycle: "Cycle") -> "CycleQuerySet":
        """Earlier cycles of the same council on this edition, or on one that a mapping leads
        from, latest first."""
        earlier = self.filter(council_id=cycle.council_id, as_at__lt=cycle.as_at)
        here = models.Q(toolkit=cycle.toolkit_id)
        mapped = models.Q(toolkit__mappings_from__target=cycle.toolkit_id)
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
