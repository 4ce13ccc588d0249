"""The register taken away: as CSV and as a workbook."""

import csv
import io

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Action, ActionOwner, Cycle, ProgressUpdate, User
from assessments.permissions import PERMISSIONS, Permission
from tests.assessments.registered import (
    REGISTER,
    TODAY,
    days,
    make,
    words,
)

DANGEROUS = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1"]


def lines(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_filtered_list_as_csv(page: Client, several: dict[str, Action]) -> None:
    response = page.get(f"{REGISTER}register.csv?sort=benchmark&due=overdue")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "Northmere Borough Council Prevent actions" in response["Content-Disposition"]
    heading, *rows = lines(response)
    assert heading[:3] == ["No.", "Action", "Owners"]
    assert [row[1:4] for row in rows] == [["Late.", "Lena Lead", str(days(-12))]]
    assert rows[0][7:10] == ["2. Training", "2.1", "2025/26"]


def test_grouped_by_owner_each_action_is_once_in_the_file(
    page: Client, several: dict[str, Action], lead: User
) -> None:
    ActionOwner.objects.create(action=several["far"], name=lead.name, user=lead)
    rows = lines(page.get(f"{REGISTER}register.csv?group=owner"))
    assert len(rows) == 1 + 5


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_is_a_formula(page: Client, cycle: Cycle, text: str) -> None:
    action = make(cycle, text, owner=text.strip(), due_words=text.strip())
    ProgressUpdate.objects.create(
        action=action, dated_on=TODAY, quarter="=1", text=text, author_name="Jo"
    )
    row = lines(page.get(f"{REGISTER}register.csv"))[1]
    assert row[1] == f"'{text}"
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_as_a_workbook(page: Client, cycle: Cycle) -> None:
    for text in DANGEROUS:
        make(cycle, text, owner=text.strip())
    response = page.get(f"{REGISTER}register.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet
    rows = [row for row in sheet.iter_rows(min_row=6) if row[0].value]
    assert [row[1].value for row in rows] == DANGEROUS
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert sheet.freeze_panes == "C6"


def test_the_file_holds_restricted_text_only_for_those_who_may_take_it(
    page: Client, cycle: Cycle, monkeypatch: pytest.MonkeyPatch, lead: User
) -> None:
    action = make(cycle, "SECRET plan", owner="SECRET owner", sensitivity="exempt-7")
    open_one = make(cycle, "Open plan")
    for each, sensitivity in ((action, "public"), (open_one, "not-for-publication")):
        ProgressUpdate.objects.create(
            action=each, dated_on=TODAY, text="SECRET step", next_steps="SECRET next",
            author_name="SECRET author", sensitivity=sensitivity,
        )  # fmt: skip
    whole = page.get(f"{REGISTER}register.csv")
    assert "[Exempt, paragraph 7" in words(whole)
    assert "SECRET plan" in words(whole)
    without = PERMISSIONS["lead"] - {Permission.EXPORT_RESTRICTED}
    monkeypatch.setitem(PERMISSIONS, "lead", without)
    for kind in ("csv", "xlsx"):
        response = page.get(f"{REGISTER}register.{kind}")
        assert "(public)" in response["Content-Disposition"]
        said = response.content.decode("utf-8-sig") if kind == "csv" else in_cells(response)
        assert "SECRET" not in said
        assert "Not for publication: paragraph 7" in said
        assert "Open plan" in said


def in_cells(response: HttpResponse) -> str:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
