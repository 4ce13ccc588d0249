import datetime

from openpyxl import Workbook

from assessments.exports.marking import marking
from assessments.exports.workbook.ratings import choices, colour_ratings, name_choices
from assessments.exports.workbook.sheet import Column, Sheet
from assessments.record import CycleRecord

COLUMNS = [Column("Rating", 26), Column("What it means", 100)]
OTHER_MEANINGS = [
    "It does not apply to this council; the reason stands beside it.",
    "No rating has been given to the prompt yet.",
    "No rating of the benchmark has been decided yet.",
]


def notes_sheet(workbook: Workbook, record: CycleRecord, made_on: datetime.date) -> None:
    sheet = Sheet(workbook, "Notes", COLUMNS, above=about(record, made_on))
    meanings = [*(level.meaning for level in record.levels), *OTHER_MEANINGS]
    first = sheet.row + 1
    for choice, meaning in zip(choices(record), meanings, strict=True):
        sheet.add(choice, meaning)
    name_choices(workbook, f"Notes!$A${first}:$A${sheet.row}")
    colour_ratings(sheet, sheet.reach(1), record.levels)
    sheet.finish(record)


def about(record: CycleRecord, made_on: datetime.date) -> list[str]:
    restricted = (
        "Text that is not for publication has been left out; a line says so in each place."
        if record.is_public
        else "Restricted text stands after its reason, in square brackets."
    )
    return [
        "Notes",
        f"{record.council_name}: {record.toolkit_title}, {record.period}, "
        f"position as at {record.as_at:%-d %B %Y}. Made on {made_on:%-d %B %Y}.",
        f"{record.standing}.",
        f"{marking(record)}. {restricted}",
        "Evidence that covers several prompts stands beside each of them on the sheet Detail.",
        "A row has a greatest height: read a text longer than that in its cell, or in the PDF.",
        "Changing this workbook does not change the self-assessment it was made from.",
        record.attribution,
        "",
    ]
