"""A lead's last toolkit, from the Word file to the cycle, and the tray beside it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from assessments.models import Council, User
from assessments.record_builder import blank_record
from benchmarks.models import Toolkit
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page
from tests.imports.documents import Document, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def document(home_office_2018: Toolkit, tmp_path: Path) -> Path:
    edition = blank_record(home_office_2018.slug, "rag")
    made = Document()
    titles = [f"{each.number}. {each.short_title}" for each in edition.benchmarks[:2]]
    made.add_rows(
        [[f"{each}\nRAG Rating: Green\nActions; None\nComment: All done" for each in titles]]
    )
    for ref in ("1.1", "1.2"):
        question = edition.questions[ref]
        made.add_paragraph(f"{ref} {question.text}")
        rows = [
            [each.prompt, f"Evidence of {ref}.", "Board to meet by 1 May 2025", "Amber"]
            for each in question.answers
        ]
        if ref == "1.2":
            rows[0][0] = "In words of our own?"
        made.add_rows([["Expectation", "Evidence", "Action", "RAG"], *rows])
    made.add_paragraph("We also keep a log.")
    made.add_rows([["Prompt", "Evidence"], ["The canteen", "Open from nine to five."]])
    path = tmp_path / "last year.docx"
    path.write_bytes(saved(made))
    return path


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_word_file_to_the_cycle(
    open_page: OpenPage, northmere: Council, lead: User, document: Path, javascript: bool
) -> None:
    page = open_page(lead, java_script_enabled=javascript)
    check = check_page if javascript else lambda _: None  # axe needs it
    page.get_by_role("link", name="Start from your last toolkit").click()
    check(page)
    page.get_by_label("Your completed toolkit").set_input_files(document)
    page.get_by_label("Red, Amber, Green").check()
    page.get_by_role("button", name="Read the document").click()
    expect(page.get_by_text("2 rows to check")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Accept").first.click()
    expect(page.get_by_text("1 row to check")).to_be_visible()
    page.get_by_role("link", name="See the rows to check").click()
    check(page)
    page.get_by_role("link", name="Choose another place").click()
    check(page)
    page.get_by_label("Where does it go?").select_option("tray")
    page.get_by_role("button", name="Save and go to the next").click()
    expect(page.get_by_text("Every row has been decided")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    check(page)
    page.get_by_label("Period").fill("2024/25")
    for part, value in (("Day", "1"), ("Month", "12"), ("Year", "2024")):
        page.get_by_role("group", name="Position as at").get_by_label(part).fill(value)
    page.get_by_role("button", name="Make the cycle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2024/25")
    check(page)
    page.get_by_role("link", name="Tray").click()
    expect(page.get_by_text("Open from nine to five.")).to_be_visible()
    check(page)
