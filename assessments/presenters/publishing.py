"""What the pages on publishing show: closures as people speak of them, and a worked example."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assessments.deadlines import ONE_DAY, clear_by, clear_days_between, days_left, publish_by
from assessments.models import ClosureDay, Council

EXAMPLE_IN = datetime.timedelta(weeks=6)
TUESDAY = 1


@dataclass(frozen=True)
class Closure:
    """Days in a row that are closed for the same reason."""

    first: datetime.date
    last: datetime.date
    words: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def takes_in(self, row: ClosureDay) -> bool:
        return row.day == self.last + ONE_DAY and row.words == self.words


def in_spans(rows: Iterable[ClosureDay]) -> list[Closure]:
    """`rows` in the order of their days."""
    spans: list[Closure] = []
    for row in rows:
        if spans and spans[-1].takes_in(row):
            spans[-1] = Closure(spans[-1].first, row.day, row.words)
        else:
            spans.append(Closure(row.day, row.day, row.words))
    return spans


@dataclass(frozen=True)
class Deadline:
    """The dates before one meeting, and the working days that count."""

    meeting_on: datetime.date
    publish_on: datetime.date
    clear_on: datetime.date
    counted: list[datetime.date]
    today: datetime.date

    @property
    def left(self) -> str:
        return days_left(self.today, self.publish_on)

    @property
    def is_past(self) -> bool:
        return self.today > self.publish_on


class Publishing:
    """One query."""

    def __init__(self, council: Council, *, today: datetime.date) -> None:
        self.council, self.today = council, today

    @cached_property
    def closures(self) -> list[Closure]:
        return in_spans(self.council.closures.all())

    @property
    def coming(self) -> list[Closure]:
        return [each for each in self.closures if each.last >= self.today]

    @property
    def over(self) -> list[Closure]:
        """The latest first."""
        return [each for each in reversed(self.closures) if each.last < self.today]

    @property
    def example_day(self) -> datetime.date:
        """A Tuesday some weeks away, on which many committees meet."""
        day = self.today + EXAMPLE_IN
        return day + ONE_DAY * ((TUESDAY - day.weekday()) % 7)

    def deadline(self, meeting_on: datetime.date) -> Deadline:
        council = self.council
        closed = {
            each.first + ONE_DAY * number for each in self.closures for number in range(each.days)
        }
        publish_on = publish_by(meeting_on, closures=closed, clear_days=council.clear_days)
        return Deadline(
            meeting_on,
            publish_on,
            clear_by(publish_on, closures=closed, lead_days=council.clearance_days),
            clear_days_between(publish_on, meeting_on, closures=closed),
            self.today,
        )
