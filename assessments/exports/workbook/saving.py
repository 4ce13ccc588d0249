"""A workbook's bytes, without the clock: the same workbook is the same file."""

import io
from zipfile import ZIP_DEFLATED

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from assessments.exports.undated_zip import UndatedZip


def saved(workbook: Workbook) -> bytes:
    """Not `workbook.save()`, which stamps the file with the present time."""
    stream = io.BytesIO()
    with UndatedZip(stream, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()
    return stream.getvalue()
