"""A workbook's bytes, without the clock: the same workbook is the same file."""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from assessments.exports.undated_zip import UndatedZip


class DirectWriter(ExcelWriter):
    """Sheets go straight into the workbook: openpyxl would put each into a temporary file first,
    which takes longer, and a council's words have no business there."""

    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        writer: Any = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


def saved(workbook: Workbook) -> bytes:
    """Not `workbook.save()`, which stamps the file with the present time."""
    stream = io.BytesIO()
    with UndatedZip(stream, "w", ZIP_DEFLATED) as archive:
        DirectWriter(workbook, archive).save()
    return stream.getvalue()
