"""The cells of a workbook that hold anything, sheet by sheet."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessments.imports.problems import ImportProblems
from assessments.imports.spreadsheet.numbers import (
    EPOCH,
    EPOCH_1904,
    as_date,
    dated,
    is_number,
    number_text,
)
from assessments.imports.spreadsheet.package import (
    MACROS,
    NOT_A_WORKBOOK,
    attribute,
    opened,
    relations,
    walk,
)
from assessments.imports.spreadsheet.parts import (
    LONGEST,
    TOO_MANY,
    Strings,
    Styles,
    Texts,
    unescaped,
)
from assessments.workbooks.values import Raw

MAX_CELLS, MAX_SHEETS = 100_000, 60
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
BEYOND = LAST_ROW + 1
MAX_MERGED = 20_000
FORMULA = "It holds a formula, which isn’t worked out here. Write the text itself"
ERROR = "It holds an error of the spreadsheet program"

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")


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
        if not (self.value or self.is_formula or self.kind == "e"):
            return
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


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def filled_rows(sheet: RawSheet) -> Iterator[tuple[int, dict[int, Raw]]]:
    """In order, though a file may hold them in any."""
    yield from sorted(sheet.cells.items())
