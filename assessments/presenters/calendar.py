"""What a calendar feed tells of a council's open actions: nothing that isn't public."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import OuterRef, Subquery

from assessments.exports.calendar import DueDate
from assessments.links import absolute
from assessments.models import Action, ActionOwner, ActionStatus, Council, Sensitivity

RESTRICTED = "Restricted action"
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # for a row without a history


def due_dates_of(council: Council) -> list[DueDate]:
    """Two queries."""
    changes = Action.history.filter(id=OuterRef("pk")).order_by("-history_date")
    rows = council.actions.open().filter(due_date__isnull=False)
    rows = rows.annotate(changed_at=Subquery(changes.values("history_date")[:1]))
    owners = defaultdict(list)
    for action, name in ActionOwner.objects.filter(action__council=council).values_list(
        "action", "name"
    ):
        owners[action].append(name)
    return [due_date_of(row, council, owners[row.pk]) for row in rows.order_by("due_date", "pk")]


def due_date_of(row: Action, council: Council, owners: Iterable[str]) -> DueDate:
    is_public = row.sensitivity == Sensitivity.PUBLIC
    assert row.due_date
    return DueDate(
        uid=f"action-{row.pk}@{urlsplit(settings.SITE_URL).hostname}",
        due_date=row.due_date,
        text=row.text if is_public else RESTRICTED,
        owners=tuple(owners) if is_public else (),
        status=ActionStatus(row.status).label,
        link=f"{absolute('councils:register', council.slug)}#action-{row.pk}",
        changed_at=row.changed_at or LONG_AGO,  # type: ignore[attr-defined]
        version=row.version,
    )
