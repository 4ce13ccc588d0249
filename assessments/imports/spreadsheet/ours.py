"""A working workbook of ours, read back: what it says that differs from what was sent."""

import re
from collections.abc import Mapping, Sequence

from assessments.imports.problems import ImportProblems
from assessments.imports.spreadsheet.cells import RawWorkbook
from assessments.imports.spreadsheet.findings import Findings, Reading
from assessments.imports.spreadsheet.layout import KEYS, layout_of
from assessments.imports.spreadsheet.ours_rows import SheetReading
from assessments.workbooks.rows import Row
from assessments.workbooks.values import Vocabulary

NO_ROWS = (
    "None of the sheets in this file is a sheet of the workbook any more. The answers need their "
    "column “Key”, or “Ref” and “No.”, beside them."
)
TOKEN = re.compile(r"prevent-workbook:[\w:\-]+")


def token_of(workbook: RawWorkbook) -> str:
    """What names the workbook, wherever it has been kept."""
    if found := TOKEN.search(workbook.keywords):
        return found[0]
    rows = (cells for sheet in workbook.sheets for cells in sheet.cells.values())
    texts = (raw.text for cells in rows for raw in cells.values())
    return next((found[0] for text in texts if (found := TOKEN.search(text))), "")


def read_ours(
    workbook: RawWorkbook,
    rows: Sequence[Row],
    vocabulary: Vocabulary,
    positions: Mapping[str, set[int]],
) -> Reading:
    """`rows`: as they were sent. `positions`: of the prompts of each question. A sheet without
    keys counts only where none of its kind has them. Raises ImportProblems."""
    whole = Findings(rows, vocabulary, positions)
    layouts = [(each, layout_of(each, whole.base, vocabulary.says)) for each in workbook.sheets]
    ours = [(sheet, layout) for sheet, layout in layouts if layout.is_ours]
    if not ours:
        raise ImportProblems(NO_ROWS)
    keyed = {layout.is_actions for _, layout in layouts if KEYS in layout.columns}
    for sheet, layout in ours:
        if KEYS in layout.columns or layout.is_actions not in keyed:
            SheetReading(whole, sheet, layout).read()
    whole.note_missing()
    return whole.reading
