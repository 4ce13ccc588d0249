"""Which rows of a table are kept whole where a page ends."""

from assessments.report import Cell, Table

LETTERS = 95  # of a table's width, on a page of A4
SHORT = 16  # lines: a page has room for three times as many


def is_short(table: Table, row: tuple[Cell, ...]) -> bool:
    """Certain to fit on a page. A longer row has to be let break, or its end would be lost."""
    return all(
        lines(cell, column.width) <= SHORT for cell, column in zip(row, table.columns, strict=True)
    )


def lines(cell: Cell, width: int) -> int:
    fit = max(1, LETTERS * width // 100)
    text = cell if isinstance(cell, str) else cell.mark
    return sum(1 + len(line) // fit for line in text.split("\n"))
