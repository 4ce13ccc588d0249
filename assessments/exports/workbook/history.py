"""Benchmark ratings year by year, each on the scale of its time."""

from itertools import chain

from openpyxl import Workbook

from assessments.exports.workbook.ratings import colour_ratings
from assessments.exports.workbook.sheet import Column, Sheet
from assessments.ratings import listed
from assessments.record import CycleRecord, PastCycle, PastRating

Line = tuple[str, PastRating]  # the toolkit's title, and one of its benchmarks


def history_sheet(workbook: Workbook, record: CycleRecord, history: tuple[PastCycle, ...]) -> None:
    """A row for each benchmark of each edition, a column for each cycle; empty where a cycle
    was on another edition. Where a mapping joins them, what a benchmark of an older edition
    became stands beside it."""
    lines = benchmarks_of(history)
    is_mapped = any(each.became or each.note for _, each in lines)
    columns = [Column("Toolkit", 30), Column("No.", 6), Column("Benchmark", 34)]
    columns += [Column("Now", 34)] if is_mapped else []
    first = len(columns) + 1
    columns += [Column(heading(cycle), 20) for cycle in history]
    sheet = Sheet(workbook, "Ratings history", columns, freeze=3)
    rated = [
        {(cycle.toolkit_title, each.number): each.decision.mark for each in cycle.ratings}
        for cycle in history
    ]
    now = {each.number: each.short_title for each in history[-1].ratings} if history else {}
    for title, each in lines:
        became = [became_in_words(each, now)] if is_mapped else []
        marks = (found.get((title, each.number)) for found in rated)
        sheet.add(title, each.number, each.short_title, *became, *marks)
    colour_by_scale(sheet, history, first)
    sheet.finish(record)


def colour_by_scale(sheet: Sheet, history: tuple[PastCycle, ...], first: int) -> None:
    levels = {
        level
        for cycle in history
        for rating in cycle.ratings
        if (level := rating.decision.level) is not None
    }
    for number in range(first, first + len(history)):
        colour_ratings(sheet, sheet.reach(number), tuple(sorted(levels, key=lambda x: x.label)))


def heading(cycle: PastCycle) -> str:
    return f"{cycle.period}\nas at {cycle.as_at:%-d %b %Y}\n{cycle.scale_name}"


def became_in_words(rating: PastRating, now: dict[int, str]) -> str | None:
    """“6. Reducing risk”; of what was dropped the note."""
    return listed([f"{number}. {now[number]}" for number in rating.became]) or rating.note or None


def benchmarks_of(history: tuple[PastCycle, ...]) -> list[Line]:
    """The latest edition first, below each of its benchmarks those that became it; then what
    belongs nowhere there."""
    every: dict[tuple[str, int], PastRating] = {}
    for cycle in reversed(history):
        for rating in cycle.ratings:
            every.setdefault((cycle.toolkit_title, rating.number), rating)
    latest = history[-1].toolkit_title if history else ""
    lines = [(title, rating) for (title, _), rating in every.items()]
    new = [line for line in lines if line[0] == latest]
    below = {each.number: [x for x in lines if each.number in x[1].became[:1]] for _, each in new}
    grouped = chain.from_iterable((line, *below[line[1].number]) for line in new)
    return [*grouped, *(x for x in lines if x[0] != latest and not x[1].became)]
