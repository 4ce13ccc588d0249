"""A working workbook in a partner's hands: opened, filled in, saved, sent back."""

import io
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from assessments.models import Cycle, ReturnedWorkbook, User
from assessments.services.workbooks import make_workbook, take_back
from assessments.workbooks.rows import notes_from, said_from
from assessments.workbooks.values import KEY, TITLES


class Partner:
    """`with` nothing: `partner.write("7.1/2", "rating", "Green")`, then `partner.file`."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))

    def sheet(self, key: str = "") -> Worksheet:
        found = self.book["Actions" if key.startswith("action") else "Answers"]
        assert isinstance(found, Worksheet)
        return found

    def write(self, key: str, name: str, value: Any) -> "Partner":
        sheet = self.sheet(key)
        sheet.cell(self.row(key), column(sheet, name)).value = value
        return self

    def read(self, key: str, name: str) -> Any:
        sheet = self.sheet(key)
        return sheet.cell(self.row(key), column(sheet, name)).value

    def row(self, key: str) -> int:
        return next(cell.row for cell in self.sheet(key)["A"] if cell.value == key)

    def add_action(self, **cells: Any) -> "Partner":
        """In the first of the empty rows."""
        sheet = self.sheet("action")
        titles, keys = column(sheet, "action"), sheet["A"]
        last = max(cell.row for cell in keys if cell.value)
        row = next(r for r in range(last + 1, last + 20) if not sheet.cell(r, titles).value)
        for name, value in cells.items():
            sheet.cell(row, column(sheet, name)).value = value
        return self

    @property
    def file(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


def column(sheet: Worksheet, name: str) -> int:
    title = KEY if name == "key" else TITLES[name]
    return next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == title)


def partner_of(cycle: Cycle, by: User, whose: User | None = None) -> Partner:
    return Partner(made(cycle, by, whose))


def made(cycle: Cycle, by: User, whose: User | None = None) -> bytes:
    return make_workbook(cycle=cycle, whose=whose, by=by).content


def sent_back(cycle: Cycle, data: bytes, by: User) -> ReturnedWorkbook:
    return take_back(cycle=cycle, file_name="back.xlsx", data=data, by=by)


def said(returned: ReturnedWorkbook) -> list[tuple[str, str, str]]:
    return [(each.key, each.cell, each.value) for each in said_from(returned.said)]


def notes(returned: ReturnedWorkbook) -> list[str]:
    return [each.says for each in notes_from(returned.notes)]


def lose_the_about_sheet(partner: Partner, sheet: Worksheet) -> None:
    del partner.book["About this workbook"]


def lose_the_properties(partner: Partner, sheet: Worksheet) -> None:
    partner.book.properties.keywords = None


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    """Opened and saved again by LibreOffice as an Excel workbook."""
    before, after = folder / "before.xlsx", folder / "after"
    before.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    options = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(after)]
    command = ["soffice", profile, *options, str(before)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert (after / "before.xlsx").exists(), "LibreOffice Calc is missing: run .ci/setup tests"
    return (after / "before.xlsx").read_bytes()
