"""Who changed what in a drafted edition."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from assessments.drafted import title_of
from assessments.models import DraftPart, DraftPartKind, EditionDraft

DONE = {"+": "added", "~": "changed", "-": "removed"}
MANY = 3  # of one kind at one go are counted, not named
PLURALS = {
    DraftPartKind.ABOUT: "facts about the toolkit",
    DraftPartKind.SCALE: "rating scales",
    DraftPartKind.BENCHMARK: "benchmarks",
    DraftPartKind.QUESTION: "questions",
}


@dataclass(frozen=True)
class Changed:
    who: str
    at: datetime.datetime
    done: str
    kind: str
    title: str
    source: str  # “From the file “toolkit.xlsx””, where it was read from one


@dataclass(frozen=True)
class Entry:
    """What one person did within one minute, in a file or on its pages."""

    who: str
    at: datetime.datetime
    source: str
    lines: tuple[str, ...]


def entries_of(draft: EditionDraft) -> list[Entry]:
    """Latest first. Two queries."""
    changes = sorted([*of_draft(draft), *of_parts(draft)], key=lambda each: each.at, reverse=True)
    grouped = groupby(changes, key=together)
    return [Entry(*same, tuple(lines_of(group))) for same, group in grouped]


def together(change: Changed) -> tuple[str, datetime.datetime, str]:
    return change.who, change.at.replace(second=0, microsecond=0), change.source


def of_draft(draft: EditionDraft) -> Iterator[Changed]:
    for row in draft.history.select_related("history_user"):
        done = "published" if row.published_as_id else "started"
        yield Changed(named(row), row.history_date, done, "", "The draft", "")


def of_parts(draft: EditionDraft) -> Iterator[Changed]:
    rows = DraftPart.history.filter(draft_id=draft.pk).select_related("history_user")
    for row in rows:
        title = title_of(row.instance)
        done, source = DONE[row.history_type], row.history_change_reason or ""
        yield Changed(named(row), row.history_date, done, row.kind, title, source)


def named(row: object) -> str:
    return str(getattr(row, "history_user", None) or "Somebody who has left")


def lines_of(changes: Iterable[Changed]) -> Iterator[str]:
    changes = list(changes)
    counts = Counter((each.kind, each.done) for each in changes)
    for (kind, done), count in counts.items():
        if kind and count > MANY:
            yield f"{count} {PLURALS[DraftPartKind(kind)]} {done}"
        else:
            titles = [e.title for e in reversed(changes) if (e.kind, e.done) == (kind, done)]
            yield from (f"{title} {done}" for title in dict.fromkeys(titles))
