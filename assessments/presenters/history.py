"""Changes in words: “Rating of prompt 2: Amber → Green”."""

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from assessments.changes import ADDED, REMOVED, Change
from assessments.models import ActionStatus, Sensitivity
from assessments.presenters.answer_clashes import covers_words
from assessments.record import NOT_APPLICABLE, NOT_DECIDED, NOT_RATED
from assessments.words import Piece, shortened, word_diff

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """`pieces`: a text with its differences; else `old` became `new`, where there is one."""

    words: str
    old: str = ""
    new: str = ""
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class Subject:
    """What a person changed at one go: a question, a benchmark, an action or the cycle."""

    ref: str
    number: int
    action: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Entry:
    """What one person did within one minute. `taken_from`: a file that it came from."""

    who: str
    at: datetime.datetime
    subjects: Sequence[Subject]
    taken_from: str = ""


@dataclass(frozen=True)
class Day:
    date: datetime.date
    entries: Sequence[Entry]


def days_of(changes: Iterable[Change]) -> list[Day]:
    return [
        Day(date, [entry_of(list(group)) for _, group in groupby(of_day, key=at_one_go)])
        for date, of_day in groupby(changes, key=lambda c: timezone.localtime(c.at).date())
    ]


def at_one_go(change: Change) -> tuple[str, datetime.datetime, str]:
    return change.who, change.at.replace(second=0, microsecond=0), change.taken_from


def entry_of(changes: Sequence[Change]) -> Entry:
    """Subject by subject, in the order in which things happened."""
    subjects: dict[object, list[Change]] = defaultdict(list)
    oldest_first = changes[::-1]
    for change in sorted(oldest_first, key=lambda c: (c.at, list(WRITERS).index(c.kind))):
        subjects[subject_key(change)].append(change)
    at = timezone.localtime(changes[0].at)
    told = [subject_of(each) for each in subjects.values()]
    return Entry(changes[0].who, at, told, changes[0].taken_from)


def subject_key(change: Change) -> object:
    now = change.now
    return now.get("action") or now.get("ref") or now.get("number")


def subject_of(changes: Sequence[Change]) -> Subject:
    now = changes[0].now
    action = now.get("about") if now.get("action") else ""
    return Subject(
        ref="" if action else now.get("ref") or "",
        number=now.get("number") or 0,
        action=short(action),
        lines=[line for change in changes for line in WRITERS[change.kind](change)]
        or [Line("Saved again without a difference")],
    )


def answer(change: Change) -> Iterator[Line]:
    position = change.now["position"]
    of = f" of prompt {position}" if position else ""
    yield from decision(change, of)
    yield from carried(change, f"Rating{of}")


def benchmark(change: Change) -> Iterator[Line]:
    yield from decision(change, "")
    for name in ("actions", "comments"):
        yield from text(change, name, f"{name.capitalize()} line")
        yield from readers(change, f"{name}_sensitivity", f"the {name} line")
    yield from carried(change, "Judgement")


def decision(change: Change, of: str) -> Iterator[Line]:
    none = NOT_DECIDED if change.kind == "benchmark" else NOT_RATED
    yield from became(f"Rating{of}", rating(change.before, none), rating(change.now, none))
    yield from text(change, "reason", f"Reason{of}")
    yield from readers(change, "reason_sensitivity", f"the reason{of}")


def rating(fields: Fields, none: str) -> str:
    if fields.get("not_applicable"):
        return NOT_APPLICABLE
    return fields.get("rating") or none


def statement(change: Change) -> Iterator[Line]:
    of = f"Evidence for {covers_words(covers(change.now))}"
    if change.type == REMOVED:
        yield whole(of, change, change.now["text"])
        return
    yield from text(change, "text", of)
    if change.type != ADDED:
        before, now = covers_words(covers(change.before)), covers_words(covers(change.now))
        yield from became("What the evidence covers", before, now)
    yield from readers(change, "sensitivity", "the evidence")
    yield from carried(change, of)


def covers(fields: Fields) -> list[int]:
    """SQLite gives it as text."""
    value = fields.get("covers") or []
    found: list[int] = json.loads(value) if isinstance(value, str) else value
    return found


def document(change: Change) -> Iterator[Line]:
    title = short(change.now["title"])
    if change.type in (ADDED, REMOVED):
        yield whole("Document", change, change.now["title"])
    if change.type == REMOVED:
        return
    if change.type != ADDED:
        yield from became(f"Title of document “{title}”", *both(change, "title"))
    yield from became(f"Web address of document “{title}”", *both(change, "url"))
    yield from became(f"Reference of document “{title}”", *both(change, "reference"))
    yield from dates(change, "dated_on", f"Date of document “{title}”")
    yield from dates(change, "review_on", f"Next review of document “{title}”")
    yield from readers(change, "sensitivity", f"document “{title}”")
    yield from carried(change, f"Document “{title}”")


def assignment(change: Change) -> Iterator[Line]:
    before, now = (fields.get("who") or "nobody" for fields in (change.before, change.now))
    yield from became("Assigned to", before, now)


def link(change: Change) -> Iterator[Line]:
    position, ref = change.now["position"], change.now["ref"]
    where = f"question {ref}, prompt {position}" if position else f"question {ref}"
    if change.type in (ADDED, REMOVED):
        yield Line(f"{'Taken from' if change.type == REMOVED else 'Put beside'} {where}")
    if change.type != REMOVED:
        yield from carried(change, f"Place at {where}")


def action(change: Change) -> Iterator[Line]:
    if change.type in (ADDED, REMOVED):
        yield whole("Action", change, change.now["text"])
    else:
        yield from text(change, "text", "What will be done")
        yield from became("Status", status(change.before), status(change.now))
    if change.type != REMOVED:
        yield from became("Due", due(change.before), due(change.now))
        yield from dates(change, "completed_on", "Completed on")
        yield from readers(change, "sensitivity", "the action")


def status(fields: Fields) -> str:
    return str(ActionStatus(fields["status"]).label)


def due(fields: Fields) -> str:
    return date_words(fields.get("due_date")) or fields.get("due_words") or ""


def owner(change: Change) -> Iterator[Line]:
    yield Line("Owner removed" if change.type == REMOVED else "Owner", new=change.now["name"])


def update(change: Change) -> Iterator[Line]:
    of = f"Progress, {change.now['quarter']}" if change.now["quarter"] else "Progress"
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


# In the order in which things of the same instant are told.
WRITERS: Mapping[str, Callable[[Change], Iterator[Line]]] = {
    "cycle": cycle,
    "assignment": assignment,
    "answer": answer,
    "statement": statement,
    "document": document,
    "action": action,
    "owner": owner,
    "link": link,
    "update": update,
    "benchmark": benchmark,
}


def carried(change: Change, of: str) -> Iterator[Line]:
    """That it came along from an earlier cycle, and that somebody has confirmed it."""
    before, now = change.before.get("to_confirm"), change.now.get("to_confirm")
    if now and not before:
        origin = change.now["carried_from"]
        yield Line(f"{of} carried forward{f' from {origin}' if origin else ''}, to be confirmed")
    elif before and not now:
        yield Line(f"{of} confirmed")


def became(words: str, old: str, new: str) -> Iterator[Line]:
    if old != new:
        yield Line(words, old=old, new=new or "nothing")


def dates(change: Change, name: str, words: str) -> Iterator[Line]:
    old, new = both(change, name)
    yield from became(words, date_words(old), date_words(new))


def readers(change: Change, name: str, of: str) -> Iterator[Line]:
    """Who may read a text: public until somebody says otherwise."""
    old = change.before.get(name) or Sensitivity.PUBLIC
    new = change.now[name]
    if old != new:
        was = str(Sensitivity(old).label) if change.before else ""
        yield Line(f"Who may read {of}", old=was, new=str(Sensitivity(new).label))


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


def both(change: Change, name: str) -> tuple[str, str]:
    return change.before.get(name) or "", change.now.get(name) or ""


def date_words(value: str | None) -> str:
    return date_format(datetime.date.fromisoformat(value), "j F Y") if value else ""


def short(value: str | None) -> str:
    return Truncator(value or "").chars(60)
