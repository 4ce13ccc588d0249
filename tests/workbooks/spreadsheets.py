"""A spreadsheet of a partner's own making, uploaded, its columns named."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.imports.spreadsheet.grid import Grid
from assessments.imports.spreadsheet.plain import guess
from assessments.models import Cycle, ReturnedWorkbook, User
from assessments.services.workbook_rows import name_columns
from assessments.services.workbooks import take_back

HEADINGS = [
    "Question no",
    "Prompt",
    "Current position",
    "RAG",
    "Actions required",
    "By whom",
    "By when",
]
ROWS = [
    ["", "1.1 Question 1.1?", "", "", "", "", ""],
    ["1.1", "How are the risks found?", "By a meeting.", "Green", "None", "", ""],
    [
        "",
        "Who owns them?",
        "The directors.",
        "A",
        "Tell all",
        "Licensing; Police",
        "31/3/2026",
    ],
    ["2.1", "", "All staff are.", "G", "", "", ""],
    ["", "Who is trained?", "Managers.", "", "", "", ""],
    ["", "Something of our own", "A canteen.", "Red", "", "", ""],
    ["9.9", "Of another toolkit", "Nothing.", "", "", "", ""],
]
COLUMNS = {"ref": 1, "prompt": 2, "evidence": 3, "rating": 4, "action": 5, "owner": 6, "due": 7}


def workbook(rows: Sequence[Sequence[Any]] = (HEADINGS, *ROWS)) -> bytes:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.append(["Our return"])
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def uploaded(cycle: Cycle, lead: User, data: bytes, name: str = "own.xlsx") -> ReturnedWorkbook:
    return take_back(cycle=cycle, file_name=name, data=data, by=lead)


def named(returned: ReturnedWorkbook, readers: str = "public") -> ReturnedWorkbook:
    found = guess(Grid.read(returned.sheets[0]))
    return name_columns(
        returned=returned, sheet=0, heading=found.heading, columns=found.columns, readers=readers
    )


def send(client: Client, cycle: Cycle, data: bytes, name: str = "own.xlsx") -> Any:
    where = reverse("councils:workbooks", args=["northmere", cycle.pk])
    return client.post(where, {"workbook": SimpleUploadedFile(name, data)}, follow=True)


def typed(page: Any, **changes: Any) -> dict[str, Any]:
    form = page.context["form"]
    names = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {**names, **changes}
