"""The action register as a file: a workbook, or lines of comma-separated values."""

import csv
import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from openpyxl import Workbook

from assessments.exports.characters import printable
from assessments.exports.files import in_name
from assessments.exports.marking import marked, marking
from assessments.exports.workbook import describe
from assessments.exports.workbook.actions import update_text
from assessments.exports.workbook.saving import saved
from assessments.exports.workbook.sheet import DATE, Column, Sheet, Value
from assessments.models import Audience
from assessments.record import Action
from assessments.texts import texts

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
COLUMNS = [
    Column("No.", 6),
    Column("Action", 60),
    Column("Owners", 26),
    Column("Due date", 13, DATE),
    Column("Due, in words", 16),
    Column("Status", 14),
    Column("Completed on", 13, DATE),
    Column("Benchmarks", 30),
    Column("Beside", 20),
    Column("Cycle", 12),
    Column("Latest progress", 60),
]
# What a spreadsheet takes for a formula, however it was typed.
FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class RegisterRow:
    """`beside`: references of the questions in the action's latest cycle, of that `period`."""

    action: Action
    benchmarks: str
    beside: str
    period: str


@dataclass(frozen=True)
class RegisterRecord:
    """Already for its audience."""

    council_name: str
    as_at: datetime.date
    audience: str
    rows: tuple[RegisterRow, ...]
    toolkit_title: str = "Action register"

    @property
    def period(self) -> str:
        return f"as at {self.as_at:%-d %B %Y}"

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @cached_property
    def has_restricted_text(self) -> bool:
        return any(text and not text.is_public for text in texts(self))


@dataclass(frozen=True)
class RegisterFile:
    name: str
    content: bytes
    content_type: str


def register_file(record: RegisterRecord, format: str) -> RegisterFile:
    record = printable(record)
    content = as_workbook(record) if format == "xlsx" else as_csv(record)
    name = f"{in_name(record.council_name)} Prevent actions {record.as_at} ({record.audience})"
    return RegisterFile(f"{name}.{format}", content, TYPES[format])


def as_workbook(record: RegisterRecord) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    above = [record.council_name, f"Action register {record.period}", marking(record), ""]
    sheet = Sheet(workbook, "Actions", COLUMNS, above=above, freeze=2)
    for row in record.rows:
        sheet.add(*cells(row))
    sheet.finish(record)
    describe(workbook, record, record.as_at)
    return saved(workbook)


def as_csv(record: RegisterRecord) -> bytes:
    """With a byte order mark, by which Excel knows the encoding."""
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
    writer.writerow([column.title for column in COLUMNS])
    writer.writerows(inert(cells(row)) for row in record.rows)
    return lines.getvalue().encode("utf-8-sig")


def inert(values: Sequence[Value]) -> list[Value]:
    """An apostrophe before what would be a formula; a CSV file has no other way to say text."""
    return [
        f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_LIKE) else value
        for value in values
    ]


def cells(row: RegisterRow) -> list[Value]:
    action = row.action
    return [
        action.number,
        marked(action.text),
        ", ".join(owner.name.value for owner in action.owners),
        action.due_date,
        action.due_words.value,
        action.status_label,
        action.completed_on,
        row.benchmarks,
        row.beside,
        row.period,
        "\n\n".join(map(update_text, action.updates)),
    ]
