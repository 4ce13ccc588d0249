"""Texts and styles that the cells of a workbook refer to by number."""

import re
import zipfile

from assessments.exports.characters import STAND_IN
from assessments.imports.problems import ImportProblems
from assessments.imports.spreadsheet.package import walk

MAX_STRINGS, MAX_CHARACTERS, MAX_STYLES = 400_000, 20_000_000, 100_000
LONGEST = 32_767  # of a cell, in Excel
TOO_MANY = (
    "This workbook has more than 100,000 filled cells or 60 sheets, more than any "
    "self-assessment. Take out what doesn’t belong to it."
)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]')
DATE_CODE = re.compile(r"[ymdh]", re.IGNORECASE)
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


class Texts:
    """The texts of each element of one name, without what stands in elements to leave out."""

    leave_out = ("rPh", "phoneticPr")

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[str] = []
        self.parts: list[str] | None = None
        self.left_out = 0
        self.length = self.total = 0

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == self.name:
            self.parts, self.length = [], 0
        elif tag in self.leave_out:
            self.left_out += 1

    def end(self, tag: str) -> None:
        if tag in self.leave_out:
            self.left_out -= 1
        elif tag == self.name and self.parts is not None:
            self.found.append(unescaped("".join(self.parts)))
            self.parts = None
            self.total += min(self.length, LONGEST)
            if len(self.found) > MAX_STRINGS or self.total > MAX_CHARACTERS:
                raise ImportProblems(TOO_MANY)

    def text(self, text: str) -> None:
        if self.parts is not None and not self.left_out and self.length < LONGEST:
            self.parts.append(text[: LONGEST - self.length])
            self.length += len(text)


class Strings(Texts):
    """The texts that cells refer to by their number."""

    def __init__(self, archive: zipfile.ZipFile, part: str) -> None:
        super().__init__("si")
        self.inside = 0
        walk(archive, part, start=self.start, end=self.end, text=self.text)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        self.inside += tag == "t"

    def end(self, tag: str) -> None:
        super().end(tag)
        self.inside -= tag == "t"

    def text(self, text: str) -> None:
        if self.inside:
            super().text(text)


class Styles:
    """Which styles of cells show a number as a date."""

    def __init__(self, archive: zipfile.ZipFile, part: str) -> None:
        self.own: dict[str, bool] = {}
        self.dates: list[bool] = []
        self.in_cells = False
        walk(archive, part, start=self.start, end=self.end)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.own[attributes.get("numFmtId", "")] = is_date(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            self.in_cells = True
        elif tag == "xf" and self.in_cells and len(self.dates) < MAX_STYLES:
            number = attributes.get("numFmtId", "0")
            built_in = number.isascii() and number.isdigit() and int(number) in BUILT_IN_DATES
            self.dates.append(self.own.get(number, built_in))

    def end(self, tag: str) -> None:
        self.in_cells = self.in_cells and tag != "cellXfs"


def is_date(code: str) -> bool:
    return bool(DATE_CODE.search(IN_QUOTES.sub("", code)))


def unescaped(text: str) -> str:
    """Spreadsheets write a character that XML can’t hold as its code. NUL, and halves of
    characters, which no database holds, are left out or replaced."""
    return ESCAPED.sub(lambda match: character(int(match[1], 16)), text).replace("\x00", "")


def character(code: int) -> str:
    is_half = 0xD800 <= code <= 0xDFFF
    return STAND_IN if is_half else chr(code)
