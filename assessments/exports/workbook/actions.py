from openpyxl import Workbook

from assessments.exports.marking import marked
from assessments.exports.workbook.ratings import offer_choices
from assessments.exports.workbook.sheet import DATE, Column, Sheet
from assessments.models import ActionStatus
from assessments.record import Action, CycleRecord, Link, Update

COLUMNS = [
    Column("No.", 6),
    Column("Action", 60),
    Column("Owners", 26),
    Column("Due date", 13, DATE),
    Column("Due, in words", 16),
    Column("Status", 14),
    Column("Completed on", 13, DATE),
    Column("Beside", 20),
    Column("Progress, latest first", 60),
]
STATUS = 6


def actions_sheet(workbook: Workbook, record: CycleRecord) -> None:
    sheet = Sheet(workbook, "Actions", COLUMNS, freeze=2)
    for each in record.actions:
        sheet.add(
            each.number,
            marked(each.text),
            ", ".join(owner.name.value for owner in each.owners),
            each.due_date,
            each.due_words.value,
            each.status_label,
            each.completed_on,
            "\n".join(map(place, each.links)),
            progress(each),
        )
    statuses = ",".join(ActionStatus.labels)
    offer_choices(sheet, sheet.reach(STATUS), f'"{statuses}"', f"Choose one of: {statuses}")
    sheet.finish(record)


def place(link: Link) -> str:
    return f"{link.ref}, prompt {link.position}" if link.position else link.ref


def progress(action: Action) -> str:
    return "\n\n".join(map(update_text, action.updates))


def update_text(update: Update) -> str:
    heading = ", ".join(filter(None, [f"{update.dated_on:%-d %b %Y}", update.quarter]))
    author = f" ({update.author_name})" if update.author_name else ""
    steps = f"\nNext: {update.next_steps}" if update.next_steps else ""
    return f"{heading}: {marked(update.text)}{steps}{author}"
