"""When papers must be out before a meeting, counted in clear working days. No database.

`closures` are the council's own: days on which its offices are shut besides weekends and
England's bank holidays. See `docs/publication-deadline.md` for what the law asks.
"""

import datetime
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import islice

import holidays

CLEAR_DAYS = 5
SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)

Days = AbstractSet[datetime.date]


@lru_cache
def bank_holidays(year: int) -> frozenset[datetime.date]:
    """England's, with substitute and one-off days. A calendar of its own for each year: one that
    grows while two threads ask it may answer from half a year."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: datetime.date, *, closures: Days) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year) and day not in closures


def publish_by(
    meeting_on: datetime.date, *, closures: Days, clear_days: int = CLEAR_DAYS
) -> datetime.date:
    """The last working day with that many working days between it and the meeting: neither the
    day of publication nor that of the meeting counts."""
    return working_days_before(meeting_on, clear_days + 1, closures)


def clear_by(publish_on: datetime.date, *, closures: Days, lead_days: int) -> datetime.date:
    """The day of internal clearance: that many working days before publication, itself one."""
    return working_days_before(publish_on, lead_days, closures) if lead_days else publish_on


def working_days_before(day: datetime.date, count: int, closures: Days) -> datetime.date:
    return next(islice(earlier_working_days(day, closures), count - 1, None))


def earlier_working_days(day: datetime.date, closures: Days) -> Iterator[datetime.date]:
    """The latest first."""
    while True:
        day -= ONE_DAY
        if is_working_day(day, closures=closures):
            yield day


def clear_days_between(
    publish_on: datetime.date, meeting_on: datetime.date, *, closures: Days
) -> list[datetime.date]:
    """The working days that count, in order."""
    inner = (publish_on + number * ONE_DAY for number in range(1, (meeting_on - publish_on).days))
    return [day for day in inner if is_working_day(day, closures=closures)]


def days_left(today: datetime.date, day: datetime.date) -> str:
    """“9 days left”, “1 day left”, “today”, “overdue by 2 days”."""
    days = (day - today).days
    if days == 0:
        return "today"
    words = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{words} left" if days > 0 else f"overdue by {words}"
