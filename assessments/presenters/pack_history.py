"""Changes of a committee pack in words: “Verified by Ines Calder, 9 February 2026”."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from assessments.changes import ADDED, REMOVED, Change
from assessments.models import PartKind
from assessments.presenters.clashes import MEETING
from assessments.presenters.history import (
    Line,
    at_one_go,
    became,
    both,
    date_words,
    dates,
    readers,
    text,
    whole,
)


@dataclass(frozen=True)
class Subject:
    """The section with this key; none of it: the meeting's details."""

    key: str
    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Entry:
    """What one person did within one minute."""

    who: str
    at: datetime.datetime
    subjects: Sequence[Subject]


@dataclass(frozen=True)
class Day:
    date: datetime.date
    entries: Sequence[Entry]


def days_of(changes: Iterable[Change]) -> list[Day]:
    entries = [entry_of(list(group)) for _, group in groupby(changes, key=at_one_go)]
    told = (entry for entry in entries if entry.subjects)
    return [Day(date, list(group)) for date, group in groupby(told, key=lambda e: e.at.date())]


def entry_of(changes: Sequence[Change]) -> Entry:
    """Section by section, in the order in which things happened."""
    of_section: dict[str, list[Change]] = defaultdict(list)
    for change in changes[::-1]:
        of_section[change.now.get("section") or ""].append(change)
    subjects = (subject_of(key, each) for key, each in of_section.items())
    at = timezone.localtime(changes[0].at)
    return Entry(changes[0].who, at, [each for each in subjects if each.lines])


def subject_of(key: str, changes: Sequence[Change]) -> Subject:
    heading = changes[0].now.get("heading") or "The meeting"
    lines = [line for change in changes for line in WRITERS[change.kind](change)]
    return Subject(key, heading, lines)


def meeting(change: Change) -> Iterator[Line]:
    if change.type == ADDED:
        yield Line(f"Pack started on snapshot {change.now['snapshot']}")
        return
    yield from became("Snapshot", snapshot(change.before), snapshot(change.now))
    for name, words in MEETING.items():
        if name == "meeting_on":
            yield from dates(change, name, words)
        elif name == "public_interest":
            yield from text(change, name, words)
        else:
            yield from became(words, *(on_one_line(each) for each in both(change, name)))
    yield from readers(change, "sensitivity", "the report")


def on_one_line(value: object) -> str:
    return ", ".join(str(value).splitlines())


def snapshot(fields: Mapping[str, object]) -> str:
    return f"Number {number}" if (number := fields.get("snapshot")) else ""


def section(change: Change) -> Iterator[Line]:
    before, now = change.before, change.now
    if bool(before.get("left_out")) != bool(now["left_out"]):
        yield Line("Left out of the report" if now["left_out"] else "Taken into the report again")
    yield from became("To be verified by", *both(change, "verifier"))
    old, new = both(change, "verified_on")
    if new and (new, now["verified_by"]) != (old, before.get("verified_by")):
        yield Line("Verified", new=f"{now['verified_by']}, {date_words(new)}")
    elif old and not new:
        yield Line("To be verified again", old=f"{before['verified_by']}, {date_words(old)}")


def part(change: Change) -> Iterator[Line]:
    is_text = change.now["kind"] == PartKind.TEXT
    if change.type in (ADDED, REMOVED):
        yield words_of(change) if is_text else block(change)
    else:
        yield from text(change, "text", "Text")
        yield from became("Snapshot", snapshot(change.before), snapshot(change.now))
        if change.before["position"] != change.now["position"]:
            yield Line(f"Moved to place {change.now['position']}")
        if change.before["to_confirm"] and not change.now["to_confirm"]:
            yield Line("Confirmed")
        elif change.now["to_confirm"] and not change.before["to_confirm"] and is_text:
            yield Line("To be confirmed again")
    if change.type != REMOVED:
        yield from readers(change, "sensitivity", "the text")


def words_of(change: Change) -> Line:
    if words := change.now["text"]:
        return whole("Text", change, words)
    return Line(f"Empty text {'removed' if change.type == REMOVED else 'added'}")


def block(change: Change) -> Line:
    words = PartKind(change.now["kind"]).label
    done = "removed" if change.type == REMOVED else f"added from snapshot {change.now['snapshot']}"
    return Line(f"Block “{words}” {done}")


WRITERS: Mapping[str, Callable[[Change], Iterator[Line]]] = {
    "meeting": meeting,
    "section": section,
    "part": part,
}
