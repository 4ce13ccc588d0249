"""The people of a council, the organisations they answer for, and what changed about them."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from assessments.access import Access
from assessments.changes import ADDED, NOBODY, REMOVED
from assessments.models import Membership, Role

MOST_CHANGES = 20


@dataclass(frozen=True)
class PeopleChange:
    at: datetime.datetime
    who: str
    words: str


class People:
    """Two queries."""

    def __init__(self, access: Access) -> None:
        self.council = access.council
        self.memberships = list(access.council.memberships.select_related("user"))

    @property
    def without_organisation(self) -> int:
        return sum(not each.organisation for each in self.memberships)

    @cached_property
    def changes(self) -> list[PeopleChange]:
        """The latest, newest first; a save that changed nothing is left out."""
        earlier = Membership.history.filter(
            id=OuterRef("id"), history_id__lt=OuterRef("history_id")
        )
        before = earlier.order_by("-history_id").values(
            then=JSONObject(role="role", organisation="organisation")
        )[:1]
        rows = Membership.history.filter(council_id=self.council.pk)
        rows = rows.select_related("history_user", "user").annotate(before=Subquery(before))
        newest = rows.order_by("-history_date", "-history_id")[:MOST_CHANGES]
        return [
            PeopleChange(row.history_date, str(row.history_user or NOBODY), words)
            for row in newest
            for words in words_of(row)
        ]


def words_of(row: Membership) -> Iterator[str]:
    """`row`: of the history, with the row `before` it."""
    person, before = row.user or NOBODY, row.before or {}  # type: ignore[attr-defined]
    kind = row.history_type  # type: ignore[attr-defined]
    if kind == REMOVED:
        yield f"{person} was removed"
        return
    if kind == ADDED:
        yield f"{person} was added: {row.get_role_display()}"
    elif before.get("role") != row.role:
        yield f"{person} is now: {Role(row.role).label}"
    if row.organisation != before.get("organisation", ""):
        yield f"{person} answers for {row.organisation or 'no organisation'}"


def organisations_in_use(memberships: Iterable[Membership]) -> list[str]:
    return sorted({each.organisation for each in memberships} - {""}, key=str.casefold)
