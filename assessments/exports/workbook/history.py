"""Benchmark ratings year by year, each on the scale of its time."""

from itertools import chain

from openpyxl import Workbook

from assessments.exports.workbook.ratings import colour_ratings
from assessments.exports.workbook.sheet import Column, Sheet
from assessments.record import CycleRecord, PastCycle

FIRST_CYCLE = 4


def history_sheet(workbook: Workbook, record: CycleRecord, history: tuple[PastCycle, ...]) -> None:
    """A row for each benchmark of each edition, a column for each cycle; empty where a cycle
    was on another edition."""
    columns = [Column("Toolkit", 30), Column("No.", 6), Column("Benchmark", 34)]
    columns += [Column(heading(cycle), 20) for cycle in history]
    sheet = Sheet(workbook, "Ratings history", columns, freeze=3)
    rated = [
        {(cycle.toolkit_title, each.number): each.decision.mark for each in cycle.ratings}
        for cycle in history
    ]
    for title, number, short_title in benchmarks_of(history):
        sheet.add(title, number, short_title, *(marks.get((title, number)) for marks in rated))
    levels = {
        level
        for cycle in history
        for rating in cycle.ratings
        if (level := rating.decision.level) is not None
    }
    for number in range(FIRST_CYCLE, FIRST_CYCLE + len(history)):
        colour_ratings(sheet, sheet.reach(number), tuple(sorted(levels, key=lambda x: x.label)))
    sheet.finish(record)


def heading(cycle: PastCycle) -> str:
    return f"{cycle.period}\nas at {cycle.as_at:%-d %b %Y}\n{cycle.scale_name}"


def benchmarks_of(history: tuple[PastCycle, ...]) -> list[tuple[str, int, str]]:
    """The latest edition first."""
    rows = chain.from_iterable(
        [(cycle.toolkit_title, each.number, each.short_title) for each in cycle.ratings]
        for cycle in reversed(history)
    )
    return list(dict.fromkeys(rows))
