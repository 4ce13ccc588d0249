"""Due dates as an iCalendar file (RFC 5545)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

from assessments.exports.characters import printable_text

LONGEST_SUMMARY = 100


@dataclass(frozen=True)
class DueDate:
    """`text` and `owners` as anybody may read them. `uid` stays the action's own."""

    uid: str
    due_date: datetime.date
    text: str
    owners: tuple[str, ...]
    status: str
    link: str
    changed_at: datetime.datetime
    version: int


def render_calendar(council: str, due_dates: Iterable[DueDate]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Prevent self-assessment//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{printable_text(council)}: Prevent actions due")
    for each in due_dates:
        calendar.add_component(event_of(each))
    return bytes(calendar.to_ical())


def event_of(due: DueDate) -> Event:
    text = printable_text(due.text)
    about = [text, ", ".join(map(printable_text, due.owners)), due.status, due.link]
    event = Event()
    event.add("uid", due.uid)
    event.add("dtstamp", due.changed_at.astimezone(datetime.UTC))
    event.add("sequence", due.version)
    event.add("dtstart", due.due_date)
    event.add("summary", f"Due: {shortened(text)}")
    event.add("description", "\n".join(filter(None, about)))
    event.add("url", due.link)
    event.add("transp", "TRANSPARENT")  # a due date makes nobody busy
    return event


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUMMARY else f"{line[: LONGEST_SUMMARY - 1].rstrip()}…"
