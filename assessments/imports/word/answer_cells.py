"""The cells of one row below their columns: what each says, and how the row is rated."""

from collections.abc import Sequence

from assessments.imports.word.actions import is_a_date
from assessments.imports.word.blocks import Cell
from assessments.imports.word.columns import Column
from assessments.imports.word.entries import Part, Role
from assessments.imports.word.marks import (
    STRONG,
    Mark,
    is_empty_box,
    is_tick,
    mark_in,
    mark_of_shade,
    says_nothing,
)
from assessments.record import Level

NamedCells = Sequence[tuple[Column | None, Cell]]
Levels = Sequence[Level]


def parts_of(cells: NamedCells, levels: Levels) -> tuple[tuple[Part, ...], Mark]:
    """What no column explains, and what is no rating in a column of ratings, isn't understood."""
    parts, mark = [], Mark()
    for column, cell in cells:
        role = column.role if column else Role.UNKNOWN
        if column and role == Role.RATING:
            own = rating(cell, column, levels)
            mark = mark or own
            if cell.text and not own:
                role = otherwise(cell, cells)
        if cell.text:
            parts.append(Part(role, cell.text))
    return tuple(parts), mark or mark_of_row(cells, levels)


def otherwise(cell: Cell, cells: NamedCells) -> Role:
    """What a text is that stands where a rating should."""
    if is_empty_box(cell.text):
        return Role.LABEL
    return Role.DUE if has_action(cells) and is_a_date(cell.text) else Role.UNKNOWN


def rating(cell: Cell, column: Column, levels: Levels) -> Mark:
    said = mark_in(cell.text, levels)
    by_colour = mark_of_shade(cell.shade, levels) or mark_of_shade(cell.ink, levels)
    if not column.level:
        return said or (Mark() if is_empty_box(cell.text) else by_colour)
    if is_tick(cell.text) or said.rating or (not cell.text and by_colour):
        return Mark(column.level)
    return Mark(not_applicable=said.not_applicable)


def mark_of_row(cells: NamedCells, levels: Levels) -> Mark:
    """Where the row itself is shaded: all its shades must agree."""
    found = {mark_of_shade(cell.shade, levels, STRONG).rating for _, cell in cells} - {""}
    return Mark(found.pop()) if len(found) == 1 else Mark()


def has_action(cells: NamedCells) -> bool:
    return any(
        column and column.role == Role.ACTION and not says_nothing(cell.text)
        for column, cell in cells
    )
