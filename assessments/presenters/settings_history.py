"""Who changed what in a council's settings: “Postal address: … → …”, “Closure days added: …”."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from assessments.changes import NOBODY
from assessments.deadlines import ONE_DAY
from assessments.models import ClosureDay, Council
from assessments.presenters.history import Line

LATEST = 100  # saves, and as many days of closures ten times over
NAMES = {
    "name": "Name of the council",
    "address": "Postal address",
    "formats_contact": "Whom to ask for another format",
    "accent_colour": "Accent colour",
    "clear_days": "Clear working days before a meeting",
    "clearance_days": "Working days for clearance",
    "protective_marking": "Protective marking",
}
FILES = {"logo": "Logo", "word_template": "Word template"}
DONE = {"+": "Closure days added", "-": "Closure days removed"}


@dataclass(frozen=True)
class Event:
    at: datetime.datetime
    who: str
    lines: list[Line]


@dataclass(frozen=True)
class DayOfEvents:
    date: datetime.date
    events: list[Event]


def settings_history(council: Council) -> list[DayOfEvents]:
    """The newest first. Two queries."""
    events = [*saves(council), *closures(council)]
    events.sort(key=lambda event: event.at, reverse=True)
    by_day = groupby(events, key=lambda event: timezone.localtime(event.at).date())
    return [DayOfEvents(date, list(group)) for date, group in by_day]


def saves(council: Council) -> Iterator[Event]:
    rows = list(council.history.select_related("history_user")[: LATEST + 1])
    for now, before in pairwise(rows):
        if lines := [*texts(now, before), *files(now, before)]:
            yield event_of(now, lines)


def texts(now: Any, before: Any) -> Iterator[Line]:
    for field, name in NAMES.items():
        old, new = getattr(before, field), getattr(now, field)
        if old != new:
            yield Line(name, on_one_line(old), on_one_line(new) or "(nothing)")


def on_one_line(value: object) -> str:
    return ", ".join(str(value).splitlines())


def files(now: Any, before: Any) -> Iterator[Line]:
    for field, name in FILES.items():
        old, new = getattr(before, field), getattr(now, field)
        if old != new:
            yield Line(f"{name} {'replaced' if old and new else 'added' if new else 'removed'}")


def closures(council: Council) -> Iterator[Event]:
    rows = ClosureDay.history.filter(council=council).select_related("history_user")
    for span in spans(rows.order_by("-history_id")[: LATEST * 10]):
        days = date_format(span[-1].day, "j F Y")
        if len(span) > 1:
            days = f"{days} to {date_format(span[0].day, 'j F Y')}"
        name = DONE[span[0].history_type]
        yield event_of(span[0], [Line(name, new=f"{days}, {span[0].words}")])


def spans(rows: Iterable[Any]) -> list[list[Any]]:
    """What was done with days in a row at one go; written in their order, read backwards."""
    found: list[list[Any]] = []
    for row in rows:
        if found and goes_on(found[-1][-1], row):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def goes_on(later: Any, earlier: Any) -> bool:
    same = all(
        getattr(later, name) == getattr(earlier, name)
        for name in ("history_type", "history_user_id", "words")
    )
    return same and later.day == earlier.day + ONE_DAY


def event_of(row: Any, lines: list[Line]) -> Event:
    return Event(timezone.localtime(row.history_date), str(row.history_user or NOBODY), lines)
