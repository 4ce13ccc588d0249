"""A partner's workbook: downloaded, filled in offline, uploaded, reviewed, confirmed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Cycle, User
from assessments.services.answers import StatementInput, save_question
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page
from tests.workbooks.sheets import Partner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_download_to_the_answers(
    open_page: OpenPage,
    cycle: Cycle,
    lead: User,
    contributor: User,
    tmp_path: Path,
    javascript: bool,
) -> None:
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    save(cycle, lead, None, 0, "Six risks are known.")
    page = open_page(lead, java_script_enabled=javascript)
    check = check_page if javascript else lambda _: None  # axe needs it
    page.goto(f"/councils/northmere/cycles/{cycle.pk}/")
    page.get_by_role("link", name="Workbooks").click()
    check(page)
    file = filled_in(page, contributor, tmp_path)
    save(cycle, lead, cycle.statements.get().pk, 1, "Eight risks are known.")

    page.get_by_label("The workbook that came back").set_input_files(file)
    page.get_by_role("button", name="Read the workbook").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the workbook changes")
    check(page)
    page.get_by_role("link", name="Decide on the first of them").click()
    expect(page.get_by_text("has saved this since the workbook was made")).to_be_visible()
    check(page)
    page.get_by_label("Write both together").check()
    page.get_by_label("Both texts, for you to edit into one").fill("Seven or eight are known.")
    page.get_by_role("button", name="Save and go to the next").click()
    page.get_by_role("link", name="Left out").click()
    check(page)
    page.get_by_role("button", name="Continue").click()
    check(page)
    page.get_by_role("button", name="Write 3 changes").click()
    expect(page.get_by_text("3 changes written from “back.xlsx”.")).to_be_visible()
    check(page)
    texts = cycle.statements.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Seven or eight are known.", "We meet monthly."]
    page.goto(f"/councils/northmere/cycles/{cycle.pk}/history/")
    expect(page.get_by_text("From the workbook of Conor Contributor")).to_be_visible()
    check(page)


def filled_in(page: Page, whose: User, folder: Path) -> Path:
    page.get_by_label("Whose questions?").select_option(label=whose.name)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the workbook").click()
    partner = Partner(download.value.path().read_bytes())
    partner.write("1.1/1", "evidence", "Seven risks are known.").write("1.1/1", "rating", "Green")
    partner.write("1.1/3", "evidence", "We meet monthly.")
    path = folder / "back.xlsx"
    path.write_bytes(partner.file)
    return path


def save(cycle: Cycle, by: User, number: int | None, version: int, text: str) -> None:
    save_question(
        assessment=cycle.questions.get(question__ref="1.1"),
        answers=[],
        statements=[StatementInput(number, version, text, (1, 2), "public")],
        by=by,
    )


def test_a_spreadsheet_of_their_own(
    open_page: OpenPage, cycle: Cycle, lead: User, tmp_path: Path
) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "Question no,Current position,RAG,Actions\n"
        "2.1,Everybody is trained.,Green,None\n"
        "9.9,Of another toolkit.,Red,Ask\n"
        "9.8,Nowhere.,,\n"
    )
    page = open_page(lead)
    page.goto(f"/councils/northmere/cycles/{cycle.pk}/workbooks/")
    page.get_by_label("The workbook that came back").set_input_files(file)
    page.get_by_role("button", name="Read the workbook").click()
    expect(page.get_by_label("Column B")).to_have_value("evidence")
    check_page(page)
    page.get_by_label("Column D").select_option("")
    page.get_by_role("button", name="Read the rows").click()
    page.get_by_role("link", name="Place the rows without a place").click()
    check_page(page)
    page.get_by_label("Where does it go?").select_option(label="1.1, prompt 2: Who owns them?")
    page.get_by_role("button", name="Save and go to the next").click()
    page.get_by_role("button", name="Save and go to the next").click()  # it stays in the tray
    expect(page.get_by_text("Every row without a place has been looked at.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Write 4 changes").click()
    expect(page.get_by_text("4 changes written from “own.csv”.")).to_be_visible()
    texts = cycle.statements.order_by("question__ref").values_list("text", flat=True)
    assert list(texts) == ["Of another toolkit.", "Everybody is trained."]
    page.goto(f"/councils/northmere/cycles/{cycle.pk}/tray/")
    expect(page.get_by_text("Current position: Nowhere.")).to_be_visible()
    check_page(page)
