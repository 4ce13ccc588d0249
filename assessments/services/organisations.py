"""Which organisation each person of a council answers for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from assessments.models import Council, Membership, User
from assessments.services.history import update_rows
from assessments.services.locks import lock_council


@dataclass(frozen=True)
class Named:
    """What somebody wrote over the organisation that they saw."""

    was: str
    now: str

    def changes(self, stored: str) -> bool:
        return self.now not in (self.was, stored)


@transaction.atomic
def name_organisations(*, council: Council, named: Mapping[int, Named], by: User) -> int:
    """By membership; answers how many have changed. Somebody removed meanwhile is left out.

    Raises ValidationError by membership, with nothing saved, where the organisation is no
    longer the one that was seen.
    """
    lock_council(council.pk)
    rows = list(council.memberships.filter(pk__in=named).order_by("pk"))
    changed = [row for row in rows if named[row.pk].changes(row.organisation)]
    if stale := [row for row in changed if row.organisation != named[row.pk].was]:
        raise ValidationError({str(row.pk): overtaken(row) for row in stale})
    known = spellings(council.memberships.exclude(pk__in=[row.pk for row in changed]))
    for row in changed:
        now = named[row.pk].now
        row.organisation = known.setdefault(now.casefold(), now)
    update_rows(changed, ["organisation"], by)
    return len(changed)


def overtaken(membership: Membership) -> str:
    stored = f"“{membership.organisation}”" if membership.organisation else "nothing"
    return f"Somebody has changed this to {stored} meanwhile. Save again to put yours in its place"


def spelt_as_known(council: Council, organisation: str) -> str:
    """As others of the council are written already, so that “police” joins the Police."""
    return spellings(council.memberships.all()).get(organisation.casefold(), organisation)


def spellings(memberships: QuerySet[Membership]) -> dict[str, str]:
    names = memberships.exclude(organisation="").order_by("pk")
    found: dict[str, str] = {}
    for name in names.values_list("organisation", flat=True):
        found.setdefault(name.casefold(), name)
    return found
