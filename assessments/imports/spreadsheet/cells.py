"""The cells of a workbook that hold anything, sheet by sheet."""

import datetime
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessments.exports.characters import STAND_IN
from assessments.imports.problems import ImportProblems
from assessments.imports.spreadsheet.package import (
    MACROS,
    NOT_A_WORKBOOK,
    attribute,
    opened,
    relations,
    walk,
)
from assessments.workbooks.values import Raw

MAX_CELLS, MAX_SHEETS, MAX_STRINGS = 100_000, 60, 400_000
MAX_CHARACTERS = 20_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
BEYOND = LAST_ROW + 1
LONGEST = 32_767  # of a cell, in Excel
MAX_MERGED = 20_000
TOO_MANY = (
    "This workbook has more than 100,000 filled cells or 60 sheets, more than any "
    "self-assessment. Take out what doesn’t belong to it."
)
FORMULA = "It holds a formula, which isn’t worked out here. Write the text itself"
ERROR = "It holds an error of the spreadsheet program"

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
DATE_CODE = re.compile(r"[ymdh]", re.IGNORECASE)
EPOCH, EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)  # noqa: DTZ001


@dataclass
class RawSheet:
    """`cells`: row → column → what stands there, from 1. `covered`: cells that are merged with
    one above or to the left, which holds what they say."""

    title: str
    cells: dict[int, dict[int, Raw]] = field(default_factory=dict)
    covered: set[tuple[int, int]] = field(default_factory=set)

    def at(self, row: int, column: int) -> Raw:
        return self.cells.get(row, {}).get(column, Raw())


@dataclass
class RawWorkbook:
    sheets: list[RawSheet]
    keywords: str = ""


def read_workbook(data: bytes) -> RawWorkbook:
    """Raises ImportProblems."""
    with opened(data) as archive:
        refuse_macros(archive)
        return WorkbookReader(archive).read()


def refuse_macros(archive: zipfile.ZipFile) -> None:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if "macro" in attributes.get("ContentType", "").lower():
            raise ImportProblems(MACROS)

    walk(archive, "[Content_Types].xml", start=start)


class WorkbookReader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.filled = 0
        parts = dict(relations(archive, "").values())
        self.part = parts.get("officeDocument", "xl/workbook.xml")
        self.core = parts.get("core-properties", "docProps/core.xml")
        self.related = relations(archive, self.part)
        self.epoch = EPOCH

    def read(self) -> RawWorkbook:
        named = self.names()
        if not named:
            raise ImportProblems(NOT_A_WORKBOOK)
        if len(named) > MAX_SHEETS:
            raise ImportProblems(TOO_MANY)
        parts = dict(self.related.values())
        strings = Strings(self.archive, parts.get("sharedStrings", "")).found
        dates = Styles(self.archive, parts.get("styles", "")).dates
        sheets = [
            SheetReader(self, RawSheet(title), strings, dates).read(self.related[number][1])
            for number, title in named.items()
            if self.related.get(number, ("", ""))[0] == "worksheet"
        ]
        return RawWorkbook(sheets, self.keywords())

    def names(self) -> dict[str, str]:
        """Relation → title, in order."""
        found: dict[str, str] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                found[attribute(attributes, "id")] = attribute(attributes, "name")[:100]
            elif tag == "workbookPr" and attributes.get("date1904", "0") not in ("0", "false"):
                self.epoch = EPOCH_1904

        walk(self.archive, self.part, start=start)
        return found

    def keywords(self) -> str:
        texts = Texts("keywords")
        walk(self.archive, self.core, start=texts.start, end=texts.end, text=texts.text)
        return next(iter(texts.found), "")[:1000]

    def count(self) -> None:
        self.filled += 1
        if self.filled > MAX_CELLS:
            raise ImportProblems(TOO_MANY)


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
        elif tag == "xf" and self.in_cells and len(self.dates) < LAST_ROW:
            number = attributes.get("numFmtId", "0")
            built_in = number.isascii() and number.isdigit() and int(number) in BUILT_IN_DATES
            self.dates.append(self.own.get(number, built_in))

    def end(self, tag: str) -> None:
        self.in_cells = self.in_cells and tag != "cellXfs"


class SheetReader:
    """Keeps only cells that hold anything, so that a million empty rows cost nothing."""

    def __init__(
        self, workbook: WorkbookReader, sheet: RawSheet, strings: list[str], dates: list[bool]
    ) -> None:
        self.workbook, self.sheet, self.strings, self.dates = workbook, sheet, strings, dates
        self.row = self.column = 0
        self.kind = self.style = ""
        self.is_formula = False
        self.value: list[str] = []
        self.length = 0
        self.inside = self.left_out = False

    def read(self, part: str) -> RawSheet:
        walk(self.workbook.archive, part, start=self.start, end=self.end, text=self.text)
        return self.sheet

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            number = attributes.get("r", str(self.row + 1))
            self.row = int(number) if is_number(number) else BEYOND
            self.column = 0
        elif tag == "c":
            self.start_cell(attributes)
        elif tag in ("v", "t"):
            self.inside = True
        elif tag == "f":
            self.is_formula = True
        elif tag == "rPh":
            self.left_out = True
        elif tag == "mergeCell":
            self.merge(attributes.get("ref", ""))

    def start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        elif match := REFERENCE.match(reference):
            self.column, self.row = column_number(match[1]), int(match[2])
        else:
            self.column = BEYOND
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.is_formula, self.value, self.length = False, [], 0

    def text(self, text: str) -> None:
        if self.inside and not self.left_out and self.length < LONGEST:
            self.value.append(text[: LONGEST - self.length])
            self.length += len(text)

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self.inside = False
        elif tag == "rPh":
            self.left_out = False
        elif tag == "c":
            self.end_cell()

    def end_cell(self) -> None:
        raw = self.raw("".join(self.value))
        within = 0 < self.row <= LAST_ROW and 0 < self.column <= LAST_COLUMN
        if within and (raw.text.strip() or raw.refused):
            self.workbook.count()
            self.sheet.cells.setdefault(self.row, {})[self.column] = raw

    def raw(self, value: str) -> Raw:
        if self.is_formula:
            return Raw(refused=FORMULA)
        if self.kind == "s":
            known = is_number(value) and int(value) < len(self.strings)
            return Raw(self.strings[int(value)] if known else "")
        if self.kind in ("inlineStr", "str"):
            return Raw(unescaped(value))
        if self.kind == "e":
            return Raw(value, refused=ERROR)
        if self.kind == "b":
            return Raw("TRUE" if value == "1" else "FALSE")
        if self.kind == "d":
            return dated(value)
        return self.number(value)

    def number(self, value: str) -> Raw:
        try:
            number = float(value)
        except ValueError:
            return Raw(value)
        place = int(self.style) if is_number(self.style) else 0
        if place < len(self.dates) and self.dates[place]:
            return as_date(number, self.workbook.epoch) or Raw(number_text(number))
        return Raw(number_text(number))

    def merge(self, reference: str) -> None:
        corners = [REFERENCE.match(each) for each in reference.split(":")]
        if len(corners) != 2 or not (corners[0] and corners[1]):
            return
        (top, left), (bottom, right) = (
            (int(each[2]), column_number(each[1])) for each in corners if each
        )
        if (bottom - top + 1) * (right - left + 1) + len(self.sheet.covered) > MAX_MERGED:
            return
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        self.sheet.covered |= cells - {(top, left)}


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def is_date(code: str) -> bool:
    return bool(DATE_CODE.search(IN_QUOTES.sub("", code)))


def as_date(number: float, epoch: datetime.datetime) -> Raw | None:
    try:
        return with_time(epoch + datetime.timedelta(days=number))
    except (OverflowError, ValueError):
        return None


def dated(value: str) -> Raw:
    try:
        return with_time(datetime.datetime.fromisoformat(value))
    except (OverflowError, ValueError):
        return Raw(value)


def with_time(moment: datetime.datetime) -> Raw:
    """As people write it: a part of a day, which is how it is kept, is seldom a whole second."""
    moment = (moment + datetime.timedelta(seconds=0.5)).replace(microsecond=0)
    date = moment.date()
    time = f", {moment:%H:%M}" if (moment.hour or moment.minute) else ""
    return Raw(f"{date.day} {date:%B} {date.year}{time}", date)


def number_text(number: float) -> str:
    whole = abs(number) < 1e15 and number == int(number)
    return str(int(number)) if whole else repr(number)


def unescaped(text: str) -> str:
    """Spreadsheets write a character that XML can’t hold as its code. NUL, and halves of
    characters, which no database holds, are left out or replaced."""
    return ESCAPED.sub(lambda match: character(int(match[1], 16)), text).replace("\x00", "")


def character(code: int) -> str:
    is_half = 0xD800 <= code <= 0xDFFF
    return STAND_IN if is_half else chr(code)


def filled_rows(sheet: RawSheet) -> Iterator[tuple[int, dict[int, Raw]]]:
    """In order, though a file may hold them in any."""
    yield from sorted(sheet.cells.items())
