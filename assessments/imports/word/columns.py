"""What each column of a table holds, by its heading or, without one, by what stands in it."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.imports.word.blocks import Cell, Row
from assessments.imports.word.entries import Role
from assessments.imports.word.marks import mark_in
from assessments.imports.word.wording import plain
from assessments.record import Level

HEADINGS: dict[Role, set[str]] = {
    Role.REF: {"ref", "reference", "no", "number", "question no", "question number"},
    Role.PROMPT: {
        *("expectation", "expectations", "expectation of compliance", "prompt", "prompts"),
        *("question", "questions", "benchmark", "requirement", "requirements", "area", "measure"),
        *("what good looks like", "criteria", "standard", "self assessment question"),
    },
    Role.EVIDENCE: {
        *("evidence", "work to date", "current position", "progress", "progress to date"),
        *("response", "narrative", "position", "comments", "comment", "commentary", "answer"),
        *("evidence of compliance", "how is this met", "current activity", "what is in place"),
        *("evidence comments", "supporting evidence", "summary", "update", "progress update"),
    },
    Role.ACTION: {
        *("action", "actions", "action required", "actions required", "action rag"),
        *("action needed", "actions needed", "next steps", "further action", "further actions"),
        *("action to be taken", "actions to be taken", "gaps and actions", "action plan"),
        *("outstanding actions", "improvement actions"),
    },
    Role.OWNER: {
        *("by whom", "who", "owner", "owners", "action owner", "lead", "lead officer"),
        *("responsible", "responsible officer", "responsible person", "lead agency", "whom"),
    },
    Role.DUE: {
        *("by when", "when", "due", "due date", "date", "deadline", "timescale", "target date"),
        *("date due", "timeframe", "completion date", "timescales", "target"),
    },
    Role.STATUS: {"status", "action status", "progress status", "state", "current status"},
    Role.RATING: {
        *("rag", "rating", "rag rating", "rag status", "score", "assessment", "grade", "level"),
        *("self assessment", "self assessment rating", "current rag"),
    },
}


@dataclass(frozen=True)
class Column:
    """`level`: ticked or shaded to say that rating."""

    start: int
    span: int
    role: Role
    level: str = ""

    def holds(self, start: int) -> bool:
        return self.start <= start < self.start + self.span


@dataclass(frozen=True)
class Columns:
    all: tuple[Column, ...]

    def of(self, cell: Cell) -> Column | None:
        return self.at(cell.column)

    def at(self, start: int) -> Column | None:
        return next((each for each in self.all if each.holds(start)), None)

    def asks_in(self, other: "Columns") -> bool:
        """Whether both have their prompts in the same column."""
        one, two = (
            {each.start for each in columns.all if each.role == Role.PROMPT}
            for columns in (self, other)
        )
        return not one.isdisjoint(two)

    @property
    def width(self) -> int:
        return max((each.start + each.span for each in self.all), default=0)


# Words beside the name: what else the column holds, or how to fill it in.
ASIDE = re.compile(r"\(.*?\)|\[.*?\]", re.DOTALL)
BETWEEN = re.compile(r"\s*(?:[/&,\n]|\sand\s)\s*", re.IGNORECASE)
LONGEST_NAME = 60


def heading_columns(
    row: Row, levels: Sequence[Level], above: Columns | None = None
) -> Columns | None:
    """None where the row is no row of headings: at least two must be known, and all but one.
    `above`: of a row of headings just before it, which holds for what this one leaves open."""
    found = [column_called(cell, levels) for cell in row.cells]
    known = [column for column in found if column.role != Role.UNKNOWN]
    filled = len(row.filled)
    if len(known) < 2 or len(known) < filled - 1 or not any(map(is_name, row.filled)):
        return None
    if above:
        found = [as_above(column, above) for column in found]
    return Columns(tuple(as_prompts(found)))


def is_name(cell: Cell) -> bool:
    """The name alone, as hardly any answer is."""
    return any(plain(cell.text) in names for names in HEADINGS.values())


def as_above(column: Column, above: Columns) -> Column:
    over = above.at(column.start) if column.role == Role.UNKNOWN else None
    return dataclasses.replace(column, role=over.role, level=over.level) if over else column


def named_columns(rows: Sequence[Row], levels: Sequence[Level]) -> Columns | None:
    """By the headings of a table, in one row or in two."""
    found: Columns | None = None
    for row in rows[:3]:
        columns = heading_columns(row, levels, found)
        if found and not columns:
            break
        found = columns
    return found


def settled(columns: Columns, rows: Sequence[Row], levels: Sequence[Level]) -> Columns:
    """A column called “Status” may hold ratings, or say where things stand."""
    roles = {each.role for each in columns.all}
    rows = [row for row in rows if not heading_columns(row, levels)]

    def role_of(column: Column) -> Role:
        if column.role != Role.STATUS:
            return column.role
        if Role.RATING not in roles and is_rating_column(rows, column.start, levels):
            return Role.RATING
        return column.role if roles & {Role.EVIDENCE, Role.ACTION} else Role.EVIDENCE

    return Columns(tuple(dataclasses.replace(each, role=role_of(each)) for each in columns.all))


def carried_on(columns: Columns, rows: Sequence[Row]) -> Columns | None:
    """For a table that goes on from the one before without headings of its own: of the same
    width, or of as many cells."""
    ends = (cell.column + cell.span for row in rows for cell in row.cells)
    if columns.width == max(ends, default=0):
        return columns
    row = next((each for each in rows if len(each.cells) == len(columns.all)), None)
    if row is None:
        return None
    pairs = zip(columns.all, row.cells, strict=True)
    return Columns(tuple(Column(c.column, c.span, n.role, n.level) for n, c in pairs))


def as_prompts(found: list[Column]) -> list[Column]:
    """With no column of prompts, the first that isn't known holds them."""
    if any(each.role == Role.PROMPT for each in found):
        return found
    first = next((each for each in found if each.role == Role.UNKNOWN), None)
    return [
        Column(each.start, each.span, Role.PROMPT, each.level) if each is first else each
        for each in found
    ]


def column_called(cell: Cell, levels: Sequence[Level]) -> Column:
    words = plain(cell.text)
    by_level = (level.slug for level in levels if words in (plain(level.label), level.slug))
    if slug := next(by_level, ""):
        return Column(cell.column, cell.span, Role.RATING, slug)
    names = names_in(cell.text)
    found = (role for name in names for role, known in HEADINGS.items() if name in known)
    return Column(cell.column, cell.span, next(found, Role.UNKNOWN))


def names_in(text: str) -> Iterator[str]:
    """“Evidence / work to date (see guidance)” is Evidence."""
    if len(text) > LONGEST_NAME:
        return
    yield plain(text)
    without = ASIDE.sub("", text).strip()
    yield plain(without)
    yield from map(plain, BETWEEN.split(without))


def guessed_columns(rows: Sequence[Row], prompts: int, levels: Sequence[Level]) -> Columns:
    """For a table without headings, `prompts` being the column that reads like prompts: then
    come evidence, action and rating, in that order."""
    starts = sorted({cell.column for row in rows for cell in row.cells})
    rest = [start for start in starts if start != prompts]
    roles = {prompts: Role.PROMPT}
    rated = [start for start in rest if is_rating_column(rows, start, levels)]
    if rated:
        roles[rated[-1]] = Role.RATING
        rest.remove(rated[-1])
    roles.update(zip(rest, [Role.EVIDENCE, Role.ACTION], strict=False))
    if not rated and len(rest) > 2:
        roles[rest[2]] = Role.RATING
    ends = [*starts[1:], starts[-1] + 1]
    return Columns(
        tuple(
            Column(start, end - start, roles.get(start, Role.UNKNOWN))
            for start, end in zip(starts, ends, strict=True)
        )
    )


def is_rating_column(rows: Sequence[Row], start: int, levels: Sequence[Level]) -> bool:
    """Every text in it a rating, and not all of them “N/A”, which an action cell may say, too."""
    texts = [cell.text for row in rows for cell in row.cells if cell.column == start and cell.text]
    marks = [mark_in(text, levels) for text in texts]
    return all(marks) and any(mark.rating for mark in marks)
