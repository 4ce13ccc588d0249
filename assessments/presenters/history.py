"""Changes in words: “Rating of prompt 2: Amber → Green”."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from assessments.changes import ADDED, REMOVED, Change
from assessments.conflicts import Piece, word_diff
from assessments.models import ActionStatus, Sensitivity
from assessments.presenters.answers import covers_words

Fields = Mapping[str, Any]
CONTEXT = 12  # words that stay on either side of a change in a long text


@dataclass(frozen=True)
class Line:
    """`pieces`: a text with its differences; else `old` became `new`, where either is there.

    `ref` is the question's, `number` the benchmark's, where it belongs to one.
    """

    words: str
    old: str = ""
    new: str = ""
    pieces: Sequence[Piece] = ()
    ref: str = ""
    number: int = 0

    @property
    def is_change(self) -> bool:
        return bool(self.old or self.new)


@dataclass(frozen=True)
class Entry:
    """What one person did within one minute."""

    who: str
    at: datetime.datetime
    lines: Sequence[Line]


@dataclass(frozen=True)
class Day:
    date: datetime.date
    entries: Sequence[Entry]


def days_of(changes: Iterable[Change]) -> list[Day]:
    return [
        Day(date, [entry_of(list(group)) for _, group in groupby(of_day, key=who_and_minute)])
        for date, of_day in groupby(changes, key=lambda c: timezone.localtime(c.at).date())
    ]


def who_and_minute(change: Change) -> tuple[str, datetime.datetime]:
    return change.who, change.at.replace(second=0, microsecond=0)


def entry_of(changes: Sequence[Change]) -> Entry:
    """In the order in which things happened."""
    lines = [line for change in reversed(changes) for line in lines_of(change)]
    return Entry(changes[0].who, timezone.localtime(changes[0].at), lines)


def lines_of(change: Change) -> list[Line]:
    lines = WRITERS[change.kind](change)
    ref, number = change.now.get("ref") or "", change.now.get("number") or 0
    found = [replace(line, ref=ref, number=number) for line in lines]
    return found or [Line("Saved again without a difference", ref=ref, number=number)]


def answer(change: Change) -> Iterator[Line]:
    position = change.now["position"]
    of = f"prompt {position}" if position else "the question"
    yield from decision(change, of)


def benchmark(change: Change) -> Iterator[Line]:
    of = f"benchmark {change.now['number']}"
    yield from decision(change, of)
    for name in ("actions", "comments"):
        yield from text(change, name, f"{name.capitalize()} line of {of}")
        yield from readers(change, f"{name}_sensitivity", f"the {name} line of {of}")


def decision(change: Change, of: str) -> Iterator[Line]:
    yield from became(f"Rating of {of}", rating(change.before), rating(change.now))
    yield from text(change, "reason", f"Reason for {of}")
    yield from readers(change, "reason_sensitivity", f"the reason for {of}")


def rating(fields: Fields) -> str:
    if fields.get("not_applicable"):
        return "Not applicable"
    return fields.get("rating") or "Not rated"


def statement(change: Change) -> Iterator[Line]:
    of = f"Evidence for {covers_words(covers(change.now))}"
    if change.type == REMOVED:
        yield Line(f"{of} removed", pieces=[("removed", change.now["text"])])
        return
    yield from text(change, "text", of)
    if change.type != ADDED:
        before, now = covers_words(covers(change.before)), covers_words(covers(change.now))
        yield from became("What the evidence covers", before, now)
    yield from readers(change, "sensitivity", "the evidence")


def covers(fields: Fields) -> list[int]:
    """SQLite gives it as text."""
    value = fields.get("covers") or []
    found: list[int] = json.loads(value) if isinstance(value, str) else value
    return found


def document(change: Change) -> Iterator[Line]:
    title = change.now["title"]
    if change.type in (ADDED, REMOVED):
        yield whole("Document", change, title)
        return
    for name, label in (("title", "Title"), ("url", "Web address"), ("reference", "Reference")):
        yield from became(f"{label} of document “{short(title)}”", *both(change, name))
    for name, label in (("dated_on", "Date"), ("review_on", "Next review")):
        yield from dates(change, name, f"{label} of document “{short(title)}”")
    yield from readers(change, "sensitivity", f"document “{short(title)}”")


def assignment(change: Change) -> Iterator[Line]:
    before, now = (fields.get("who") or "nobody" for fields in (change.before, change.now))
    yield from became("Assigned to", before, now)


def link(change: Change) -> Iterator[Line]:
    position = change.now["position"]
    where = f"prompt {position} of {change.now['ref']}" if position else change.now["ref"]
    verb = "taken from" if change.type == REMOVED else "put beside"
    yield Line(f"Action “{short(change.now['about'])}” {verb} {where}")


def action(change: Change) -> Iterator[Line]:
    about = f"action “{short(change.now['text'])}”"
    if change.type in (ADDED, REMOVED):
        yield whole("Action", change, change.now["text"])
    else:
        yield from text(change, "text", "Action")
        yield from became(f"Status of {about}", status(change.before), status(change.now))
    if change.type != REMOVED:
        yield from became(f"When {about} is due", due(change.before), due(change.now))
        yield from dates(change, "completed_on", f"Completion of {about}")
        yield from readers(change, "sensitivity", about)


def status(fields: Fields) -> str:
    return str(ActionStatus(fields["status"]).label) if fields else ""


def due(fields: Fields) -> str:
    return date_words(fields.get("due_date")) or fields.get("due_words") or ""


def owner(change: Change) -> Iterator[Line]:
    verb = "no longer owns" if change.type == REMOVED else "owns"
    yield Line(f"{change.now['name']} {verb} action “{short(change.now['about'])}”")


def update(change: Change) -> Iterator[Line]:
    of = f"Progress of action “{short(change.now['about'])}”, {change.now['quarter']}"
    if change.type == REMOVED:
        yield whole(of, change, change.now["text"])
        return
    yield from text(change, "text", of)
    yield from text(change, "next_steps", "Next steps")
    yield from readers(change, "sensitivity", "the progress")


def cycle(change: Change) -> Iterator[Line]:
    if change.type == ADDED:
        yield Line(f"Cycle {change.now['period']} started")
        return
    yield from became("Period", *both(change, "period"))
    yield from dates(change, "as_at", "Date of the position")
    yield from dates(change, "closes_on", "Closing date")


WRITERS: Mapping[str, Callable[[Change], Iterator[Line]]] = {
    "answer": answer,
    "statement": statement,
    "document": document,
    "assignment": assignment,
    "link": link,
    "action": action,
    "owner": owner,
    "update": update,
    "benchmark": benchmark,
    "cycle": cycle,
}


def became(words: str, old: str, new: str) -> Iterator[Line]:
    if old != new:
        yield Line(words, old=old or "nothing", new=new or "nothing")


def dates(change: Change, name: str, words: str) -> Iterator[Line]:
    old, new = both(change, name)
    yield from became(words, date_words(old), date_words(new))


def readers(change: Change, name: str, of: str) -> Iterator[Line]:
    """Who may read a text: public until somebody says otherwise."""
    old = Sensitivity(change.before.get(name) or Sensitivity.PUBLIC).label
    new = Sensitivity(change.now[name]).label
    yield from became(f"Who may read {of}", str(old), str(new))


def text(change: Change, name: str, words: str) -> Iterator[Line]:
    old, new = both(change, name)
    if old == new:
        return
    if not old:
        yield Line(f"{words} added", pieces=[("added", new)])
    elif not new:
        yield Line(f"{words} removed", pieces=[("removed", old)])
    else:
        pieces = shortened(word_diff(old, new))
        yield Line(f"{words} changed", pieces=pieces)


def whole(words: str, change: Change, value: str) -> Line:
    if change.type == REMOVED:
        return Line(f"{words} removed", pieces=[("removed", value)])
    return Line(f"{words} added", pieces=[("added", value)])


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """Long runs without a difference give way to dots."""
    last = len(pieces) - 1
    return [
        (kind, middle_left_out(words, place == 0, place == last) if kind == "same" else words)
        for place, (kind, words) in enumerate(pieces)
    ]


def middle_left_out(words: str, is_first: bool, is_last: bool) -> str:
    split = words.split()
    if len(split) <= 2 * CONTEXT + 4:
        return words
    head = "" if is_first else " ".join(split[:CONTEXT])
    tail = "" if is_last else " ".join(split[-CONTEXT:])
    return f"{head} … {tail}".strip()


def both(change: Change, name: str) -> tuple[str, str]:
    return change.before.get(name) or "", change.now.get(name) or ""


def date_words(value: str | None) -> str:
    return date_format(datetime.date.fromisoformat(value), "j F Y") if value else ""


def short(value: str | None) -> str:
    return Truncator(value or "").chars(60)
