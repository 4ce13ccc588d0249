"""The days on which a council's offices are shut."""

import datetime

from django.db import transaction

from assessments.models import ClosureDay, Council, User
from assessments.services.history import create_rows, written_by
from assessments.services.locks import lock_council

ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def add_closures(
    *, council: Council, first: datetime.date, last: datetime.date, words: str, by: User
) -> int:
    """Answers how many days were added: one that is there already stays as it is."""
    lock_council(council.pk)
    days = {first + number * ONE_DAY for number in range((last - first).days + 1)}
    new = sorted(days - council.closures.days())
    create_rows([ClosureDay(council=council, day=day, words=words) for day in new], by)
    return len(new)


@transaction.atomic
def remove_closures(
    *, council: Council, first: datetime.date, last: datetime.date, by: User
) -> int:
    """Answers how many days were removed; their history stays."""
    lock_council(council.pk)
    rows = list(council.closures.filter(day__range=(first, last)))
    for row in rows:
        written_by(row, by).delete()
    return len(rows)
