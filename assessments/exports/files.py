"""A record as a file of any format, and what to call it."""

import datetime
import re

from assessments.exports.characters import printable_text
from assessments.exports.interchange import render_json
from assessments.exports.logo import Logo
from assessments.exports.pdf import render_pdf
from assessments.exports.workbook import History, render_workbook
from assessments.models import Audience, ExportFormat
from assessments.record import CycleRecord

# What Windows or a browser won't have in a file name, or would read backwards.
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s□\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
YEARS = re.compile(r"(?<=\d)/(?=\d)")  # the stroke of “2023/24”


def render(
    record: CycleRecord,
    format: ExportFormat,
    *,
    history: History,
    made_on: datetime.date,
    logo: Logo | None,
    appendix: str = "",
) -> bytes:
    """`record`: already for its audience. `appendix`: such as “Appendix 1”, where it is one."""
    if format == ExportFormat.PDF:
        return render_pdf(record, made_on=made_on, logo=logo, appendix=appendix)
    if format == ExportFormat.XLSX:
        return render_workbook(record, history=history, made_on=made_on, appendix=appendix)
    return render_json(record)


def file_name(
    council: str, period: str, audience: Audience, format: ExportFormat, snapshot: int | None = None
) -> str:
    """“Northmere Borough Council Prevent self-assessment 2025-26 (public).pdf”; of a snapshot
    “… 2025-26 snapshot 3 (public).pdf”."""
    name = f"{in_name(council)} Prevent self-assessment {in_name(period, '-')}".strip(" -.")
    which = f" snapshot {snapshot}" if snapshot else ""
    return f"{name}{which} ({audience.value}).{format.value}"


def pack_file_name(item: str, what: str, *which: str, ext: str) -> str:
    """“Item 6 Prevent duty report.pdf”; with a period “Item 6 Appendix 1 Prevent
    self-assessment 2023-24.pdf”. Before there is an item number the name starts with `what`.
    `which` of several it is stays whole, however long `what` is."""
    parts = [
        f"Item {in_name(item)}" if item else "",
        in_name(YEARS.sub("-", what)),
        *(in_name(each, "-") for each in which),
    ]
    return f"{' '.join(filter(None, parts)).strip(' -.')}.{ext}"


def in_name(text: str, joint: str = " ") -> str:
    """At most 100 bytes, so that the whole name is one that every file system takes."""
    joined = NOT_IN_NAMES.sub(
        lambda found: joint if found[0].strip() else " ", printable_text(text)
    )
    return joined.encode()[:100].decode(errors="ignore").strip()
