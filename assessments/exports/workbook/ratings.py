"""Ratings in cells: a drop-down of the scale, and colours that follow what is chosen."""

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.exports.colours import COLOURS
from assessments.exports.workbook.sheet import Sheet
from assessments.record import NOT_APPLICABLE, NOT_DECIDED, NOT_RATED, CycleRecord, Level

NAME = "Ratings"  # the list of choices, on the sheet of notes


def choices(record: CycleRecord) -> list[str]:
    """For prompts and for benchmarks."""
    return [*prompt_choices(record), NOT_DECIDED]


def prompt_choices(record: CycleRecord) -> list[str]:
    levels = (f"{level.shape} {level.label}" for level in record.levels)
    return [*levels, NOT_APPLICABLE, NOT_RATED]


def offer_ratings(sheet: Sheet, number: int, levels: tuple[Level, ...]) -> None:
    cells = sheet.reach(number)
    offer_choices(sheet, cells, NAME, "Choose one of the ratings on the sheet of notes.")
    colour_ratings(sheet, cells, levels)


def offer_choices(sheet: Sheet, cells: str, formula: str, says: str) -> None:
    validation = DataValidation(
        type="list", formula1=formula, allow_blank=True, error=says, errorTitle="Not in the list"
    )
    validation.showErrorMessage = True
    validation.add(cells)
    sheet.sheet.add_data_validation(validation)


def colour_ratings(sheet: Sheet, cells: str, levels: tuple[Level, ...]) -> None:
    for level in levels:
        background, text = COLOURS[level.colour]
        word = f"{level.shape} {level.label}".replace('"', '""')
        rule = CellIsRule(  # type: ignore[no-untyped-call]
            operator="equal",
            formula=[f'"{word}"'],
            fill=PatternFill("solid", bgColor=background),
            font=Font(color=text, bold=True),
        )
        sheet.sheet.conditional_formatting.add(cells, rule)


def name_choices(workbook: Workbook, cells: str) -> None:
    workbook.defined_names[NAME] = DefinedName(NAME, attr_text=cells)
