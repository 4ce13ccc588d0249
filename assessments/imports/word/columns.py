"""What each column of a table holds, by its heading or, without one, by what stands in it."""

from collections.abc import Sequence
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
        *("evidence comments", "supporting evidence", "summary"),
    },
    Role.ACTION: {
        *("action", "actions", "action required", "actions required", "action rag"),
        *("action needed", "actions needed", "next steps", "further action", "further actions"),
        *("action to be taken", "actions to be taken", "gaps and actions", "action plan"),
        *("outstanding actions", "improvement actions"),
    },
    Role.OWNER: {"by whom", "who", "owner", "action owner", "lead", "lead officer", "responsible"},
    Role.DUE: {
        *("by when", "when", "due", "due date", "date", "deadline", "timescale", "target date"),
        *("date due", "timeframe", "completion date"),
    },
    Role.STATUS: {"status", "action status", "progress status", "state"},
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

    def holds(self, cell: Cell) -> bool:
        return self.start <= cell.column < self.start + self.span


@dataclass(frozen=True)
class Columns:
    all: tuple[Column, ...]

    def of(self, cell: Cell) -> Column | None:
        return next((each for each in self.all if each.holds(cell)), None)

    @property
    def width(self) -> int:
        return max((each.start + each.span for each in self.all), default=0)


def heading_columns(row: Row, levels: Sequence[Level]) -> Columns | None:
    """None where the row is no row of headings: at least two must be known, and all but one."""
    found = [column_called(cell, levels) for cell in row.cells]
    known = [column for column in found if column.role != Role.UNKNOWN]
    filled = len(row.filled)
    if len(known) < 2 or len(known) < filled - 1:
        return None
    return Columns(tuple(as_prompts(found)))


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
    role = next((role for role, names in HEADINGS.items() if words in names), Role.UNKNOWN)
    return Column(cell.column, cell.span, role)


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
