"""A spreadsheet that isn't ours: what its columns hold, and where a row of it goes."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from assessments.imports.spreadsheet.grid import Grid
from assessments.imports.spreadsheet.plain import (
    NUMBERS_A_ROW,
    PARTS,
    Columns,
    Where,
    blank,
    read_plain,
    read_row,
    row_of,
)
from assessments.models import ReturnedWorkbook, User
from assessments.record_builder import blank_record_on
from assessments.services.conflicts import StaleSave
from assessments.services.workbooks import lock, vocabulary_of
from assessments.workbooks.merging import Decided
from assessments.workbooks.reading import CycleRows, State, read_state
from assessments.workbooks.rows import as_json, notes_from, said_from

FIELDS = ["columns", "placed", "rows", "said", "notes", "decisions"]


@dataclass(frozen=True)
class Placed:
    """Where a person sent a row; None: to the tray. `version` counts the choices."""

    where: Where | None = None
    by: str = ""
    version: int = 0


def placed_of(returned: ReturnedWorkbook, row: int) -> Placed:
    """Version 0 where nobody has chosen: it stands where the file, or nothing, says so."""
    stored: dict[str, Any] | None = returned.placed.get(str(row))
    if stored:
        where = stored["where"]
        return Placed(tuple(where) if where else None, stored["by"], stored["version"])
    found = (each for each in said_from(returned.said) if row_of(each) == row)
    return Placed(next(((each.ref, each.position) for each in found), None))


@transaction.atomic
def name_columns(
    *, returned: ReturnedWorkbook, sheet: int, heading: int, columns: Columns, readers: str
) -> ReturnedWorkbook:
    """Choices made before are about something else, and go. Raises ReturnFinished."""
    locked = lock(returned)
    cycle = locked.cycle
    rows = CycleRows(cycle, read_state(cycle))
    grid = Grid.read(locked.sheets[sheet])
    reading = read_plain(grid, heading, columns, **as_named(rows, readers))
    every = rows.rows(rows.asked.questions, [])
    locked.columns = {"sheet": sheet, "heading": heading, "of": dict(columns), "readers": readers}
    locked.rows = as_json(blank(row) for row in every if "+" not in row.key)
    locked.said, locked.notes = as_json(reading.said), [*grid.notes, *as_json(reading.notes)]
    locked.placed, locked.decisions = {}, {}
    locked.save(update_fields=FIELDS)
    return locked


def as_named(rows: CycleRows, readers: str) -> dict[str, Any]:
    cycle = rows.cycle
    return {
        "edition": blank_record_on(cycle.toolkit, cycle.scale),
        "vocabulary": vocabulary_of(rows),
        "readers": readers,
    }


@transaction.atomic
def place_row(
    *, returned: ReturnedWorkbook, row: int, version: int, where: Where | None, by: User
) -> ReturnedWorkbook:
    """None: to the tray. What was decided on the row before is about another place, and goes.

    Raises StaleSave where somebody has sent it elsewhere meanwhile, and ReturnFinished.
    """
    locked = lock(returned)
    before = placed_of(locked, row)
    if before.version != version:
        raise StaleSave(before)
    placed = Placed(where, by.name, version + 1)
    locked.placed[str(row)] = asdict(placed)
    read_again(locked, row, where)
    for number in (row * NUMBERS_A_ROW + part for part, _ in enumerate(PARTS)):
        decided = Decided(**locked.decisions.get(str(number), {}))
        open_again = Decided(by=by.name, version=decided.version + 1)
        locked.decisions[str(number)] = asdict(open_again)
    locked.save(update_fields=FIELDS)
    return locked


def read_again(returned: ReturnedWorkbook, row: int, where: Where | None) -> None:
    named = returned.columns
    rows = CycleRows(returned.cycle, State({}, {}, {}))
    reading = read_row(
        Grid.read(returned.sheets[named["sheet"]]),
        row,
        named["heading"],
        named["of"],
        where,
        **as_named(rows, named["readers"]),
    )
    said = [each for each in said_from(returned.said) if row_of(each) != row]
    notes = [each for each in notes_from(returned.notes) if each.row != row]
    order = sorted([*said, *reading.said], key=lambda each: each.number)
    returned.said = as_json(order)
    returned.notes = as_json([*notes, *reading.notes])
