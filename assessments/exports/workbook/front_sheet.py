from openpyxl import Workbook

from assessments.exports.marking import marked, marking
from assessments.exports.workbook.ratings import offer_ratings
from assessments.exports.workbook.sheet import Column, Sheet
from assessments.record import CycleRecord

COLUMNS = [
    Column("No.", 6),
    Column("Benchmark", 30),
    Column("Rating", 18),
    Column("Actions", 50),
    Column("Comments", 60),
    Column("Reason for the rating", 30),
]


def front_sheet(workbook: Workbook, record: CycleRecord, appendix: str = "") -> None:
    above = [
        f"{appendix}: {record.council_name}" if appendix else record.council_name,
        f"{record.toolkit_title}: self-assessment {record.period}",
        f"Position as at {record.as_at:%-d %B %Y}",
        marking(record),
        "",
    ]
    sheet = Sheet(workbook, "Front sheet", COLUMNS, above=above)
    for each in record.benchmarks:
        sheet.add(
            each.number,
            each.short_title,
            each.decision.mark,
            marked(each.actions),
            marked(each.comments),
            marked(each.decision.shown.reason),
        )
    offer_ratings(sheet, 3, record.levels)
    sheet.finish(record)
