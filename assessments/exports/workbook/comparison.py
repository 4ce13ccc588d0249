"""Two cycles side by side as a workbook: benchmarks, every part of every question, actions."""

import datetime
from collections.abc import Iterator

from openpyxl import Workbook

from assessments.comparison import compare
from assessments.comparison.parts import (
    ActionChange,
    BenchmarkChange,
    Comparison,
    QuestionChange,
    RatingChange,
    TextChange,
)
from assessments.exports.characters import printable
from assessments.exports.files import in_name
from assessments.exports.marking import marked
from assessments.exports.workbook import describe
from assessments.exports.workbook.ratings import colour_ratings
from assessments.exports.workbook.saving import saved
from assessments.exports.workbook.sheet import DATE, Column, Sheet, Value
from assessments.record import CycleRecord

BOARD = "board"


def comparison_file_name(before: CycleRecord, after: CycleRecord) -> str:
    periods = f"{in_name(before.period, '-')} and {in_name(after.period, '-')}"
    return f"{in_name(after.council_name)} Prevent {periods} compared ({BOARD}).xlsx"


def render_comparison(comparison: Comparison, *, made_on: datetime.date) -> bytes:
    """The same bytes for the same arguments."""
    sides = printable(comparison.before), printable(comparison.after)
    found = compare(*sides, comparison.links)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    benchmarks_sheet(workbook, found)
    if found.same_edition:
        questions_sheet(workbook, found)
    actions_sheet(workbook, found)
    describe(workbook, found.after, made_on)
    workbook.properties.title = f"{found.after.council_name}: {found.title}"
    return saved(workbook)


def about(comparison: Comparison) -> list[str]:
    before, after = comparison.before, comparison.after
    lines = [after.council_name, comparison.title]
    lines += [f"{each.period}: {each.toolkit_title}, {each.scale_name}" for each in (before, after)]
    if not comparison.same_edition:
        lines.append("The editions ask different things: nothing of one is turned into the other.")
        if comparison.mapped:
            lines.append("Below each benchmark stand those of the other edition that belong to it.")
    elif not comparison.same_scale:
        lines.append("The scales differ: no rating of one is turned into one of the other.")
    return [*lines, ""]


def benchmarks_sheet(workbook: Workbook, comparison: Comparison) -> None:
    columns = [Column("Toolkit", 34), Column("No.", 6), Column("Benchmark", 34)]
    columns += [Column(comparison.before.period, 20), Column(comparison.after.period, 20)]
    sheet = Sheet(workbook, "Benchmarks", [*columns, Column("Change", 16)], above=about(comparison))
    for row in benchmark_rows(comparison):
        sheet.add(*row)
    finish(sheet, comparison, 4)


def benchmark_rows(comparison: Comparison) -> Iterator[list[Value]]:
    before, after = comparison.before, comparison.after
    for each in comparison.benchmarks:
        marks = each.rating.before.mark, each.rating.after.mark
        yield [after.toolkit_title, each.number, each.short_title, *marks, each.rating.words]
    if comparison.same_edition:
        return
    if comparison.mapped:
        yield from mapped_rows(comparison)
        return
    for old in before.benchmarks:
        yield [before.toolkit_title, old.number, old.short_title, old.decision.mark, None, None]
    for new in after.benchmarks:
        yield [after.toolkit_title, new.number, new.short_title, None, new.decision.mark, None]


def mapped_rows(comparison: Comparison) -> Iterator[list[Value]]:
    """Below each benchmark those that it came from, so that every rating has a cell."""
    before, after = comparison.before, comparison.after
    for pair in comparison.mapped:
        now = f"now {pair.after.number}" if pair.after else pair.says
        if new := pair.after:
            mark = new.decision.mark
            yield [after.toolkit_title, new.number, new.short_title, None, mark, pair.says]
        for old in pair.before:
            mark = old.decision.mark
            yield [before.toolkit_title, old.number, old.short_title, mark, None, now]


def questions_sheet(workbook: Workbook, comparison: Comparison) -> None:
    columns = [Column("No.", 6), Column("Question", 9), Column("Prompt", 8), Column("What", 30)]
    columns += [Column(comparison.before.period, 52), Column(comparison.after.period, 52)]
    sheet = Sheet(workbook, "Questions", [*columns, Column("Change", 14)], freeze=4)
    for benchmark in comparison.benchmarks:
        for row in parts_of(benchmark):
            sheet.add(*row)
    finish(sheet, comparison, 5)


def parts_of(benchmark: BenchmarkChange) -> Iterator[list[Value]]:
    number = benchmark.number
    yield [number, None, None, "Rating of the benchmark", *rating_cells(benchmark.rating)]
    for text in benchmark.texts:
        yield from text_row([number, None, None], text)
    for question in benchmark.questions:
        yield from question_rows(number, question)


def question_rows(number: int, question: QuestionChange) -> Iterator[list[Value]]:
    for answer in question.answers:
        place: list[Value] = [number, question.ref, answer.position or None]
        yield [*place, "Rating", *rating_cells(answer.rating)]
        yield from text_row(place, answer.reason)
    for text in question.texts:
        yield from text_row([number, question.ref, None], text)


def rating_cells(rating: RatingChange) -> list[Value]:
    return [rating.before.mark, rating.after.mark, rating.words]


def text_row(place: list[Value], text: TextChange) -> Iterator[list[Value]]:
    """None where nothing was written in either cycle."""
    if text.before or text.after:
        yield [*place, text.label, marked(text.before), marked(text.after), text.kind.lower()]


ACTION_COLUMNS = [
    Column("Change", 16),
    Column("Action", 60),
    Column("Worded before", 60),
    Column("Owners", 26),
    Column("Due date", 13, DATE),
    Column("Due, in words", 16),
    Column("Status", 14),
    Column("Completed on", 13, DATE),
    Column("Beside", 14),
]


def actions_sheet(workbook: Workbook, comparison: Comparison) -> None:
    sheet = Sheet(workbook, "Actions", ACTION_COLUMNS, freeze=1)
    for words, changes in comparison.actions.in_words:
        for change in changes:
            sheet.add(words, *action_cells(change))
    sheet.finish(comparison.after)


def action_cells(change: ActionChange) -> list[Value]:
    action = change.action
    return [
        marked(action.text),
        marked(change.text.before) if change.text.kind == "Changed" else None,
        ", ".join(owner.name.value for owner in action.owners),
        action.due_date,
        action.due_words.value,
        action.status_label,
        action.completed_on,
        ", ".join(dict.fromkeys(link.ref for link in action.links)),
    ]


def finish(sheet: Sheet, comparison: Comparison, column: int) -> None:
    """Colours of the ratings before and after, each by its own scale."""
    for number, record in enumerate((comparison.before, comparison.after), start=column):
        colour_ratings(sheet, sheet.reach(number), record.levels)
    sheet.finish(comparison.after)
