"""The record as an Excel workbook."""

import datetime

from openpyxl import Workbook

from assessments.exports.characters import printable
from assessments.exports.marking import Headed, marking
from assessments.exports.workbook.actions import actions_sheet
from assessments.exports.workbook.detail import detail_sheet
from assessments.exports.workbook.front_sheet import front_sheet
from assessments.exports.workbook.history import history_sheet
from assessments.exports.workbook.notes import notes_sheet
from assessments.exports.workbook.saving import saved
from assessments.record import CycleRecord, PastCycle

History = tuple[PastCycle, ...]


def render_workbook(
    record: CycleRecord, *, history: History = (), made_on: datetime.date, appendix: str = ""
) -> bytes:
    """The same bytes for the same arguments. `history`: oldest first, this cycle last;
    `appendix`: such as “Appendix 1”, where it is one."""
    return saved(build_workbook(printable(record), printable(history), made_on, appendix))


def build_workbook(
    record: CycleRecord, history: History, made_on: datetime.date, appendix: str = ""
) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    front_sheet(workbook, record, appendix)
    detail_sheet(workbook, record)
    actions_sheet(workbook, record)
    history_sheet(workbook, record, history)
    notes_sheet(workbook, record, made_on)
    describe(workbook, record, made_on)
    if appendix:
        workbook.properties.title = f"{appendix}: {workbook.properties.title}"
    return workbook


def describe(workbook: Workbook, record: Headed, made_on: datetime.date) -> None:
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = record.council_name
    properties.title = f"{record.council_name}: {record.toolkit_title}, {record.period}"
    properties.subject = marking(record)
    properties.language = "en-GB"
    made = datetime.datetime.combine(made_on, datetime.time())
    properties.created = properties.modified = made
