"""A lead's last toolkit, from the Word file to the cycle, and the tray beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from assessments.models import Action, Council, Cycle, User
from assessments.record_builder import blank_record
from benchmarks.models import Toolkit
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page
from tests.imports.documents import Document, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]


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
            [each.prompt, f"Evidence of {ref}. And more.", "Board to meet by 1 May 2025", "Amber"]
            for each in question.answers
        ]
        if ref == "1.2":
            rows[0][0] = "In words of our own?"
        made.add_rows([["Expectation", "Evidence", "Action", "RAG"], *rows])
    made.add_paragraph("We also keep a log. It is new.")
    made.add_rows([["Prompt", "Evidence"], ["The canteen", "Open from nine to five."]])
    path = tmp_path / "last year.docx"
    path.write_bytes(saved(made))
    return path


def read_what_waits() -> None:
    """As the worker does."""
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


def split_a_row(page: Page, check: Check) -> None:
    """Its last word goes to a prompt of its own."""
    page.get_by_role("link", name="Split Table 2, row 2").click()
    check(page)
    page.get_by_label("Is a piece too long?").fill("more")
    page.get_by_role("button", name="Cut before these words").click()
    expect(page.get_by_label("Where piece 3 goes")).to_be_visible()
    check(page)
    page.get_by_label("Where piece 3 goes").select_option("New row 1")
    page.get_by_role("button", name="Split the row").click()
    expect(page.get_by_text("Table 2, row 2, split off", exact=True)).to_be_visible()
    expect(page.get_by_text("1 row to check")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Choose another place for Table 2, row 2, split off").click()
    expect(page.get_by_role("button", name="Join with the row before")).to_be_visible()
    check(page)
    page.get_by_label("Where does it go?").select_option("1.1 2")
    page.get_by_role("button", name="Save and go to the next").click()
    expect(page.get_by_text("No row is left to check")).to_be_visible()


def say_it_is_an_action(page: Page, check: Check) -> None:
    """What was read as evidence."""
    page.get_by_role("link", name="Change what it is for Table 2, row 2, split off").click()
    check(page)
    page.get_by_label("What text 1 is").select_option("Action")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Action: no owner; no date; not started")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_word_file_to_the_cycle(
    open_page: OpenPage, northmere: Council, lead: User, document: Path, javascript: bool
) -> None:
    page = open_page(lead, java_script_enabled=javascript)
    check = check_page if javascript else lambda _: None  # axe needs it
    page.get_by_role("button", name="Choose the document").click()
    check(page)
    page.get_by_label("Your completed toolkit").set_input_files(document)
    page.get_by_label("Red, Amber, Green").check()
    page.get_by_role("button", name="Read the document").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    check(page)
    read_what_waits()
    if not javascript:
        page.get_by_role("link", name="Check again").click()
        page.get_by_role("button", name="Review its rows").click()
    expect(page.get_by_text("2 rows to check")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Accept").first.click()
    expect(page.get_by_text("1 row to check")).to_be_visible()
    page.get_by_role("button", name="See the rows to check").click()
    check(page)
    page.get_by_role("link", name="Choose another place").click()
    check(page)
    page.get_by_label("Where does it go?").select_option("tray")
    page.get_by_role("button", name="Save and go to the next").click()
    expect(page.get_by_text("No row is left to check")).to_be_visible()
    split_a_row(page, check)
    say_it_is_an_action(page, check)
    page.get_by_role("button", name="Continue").first.click()
    check(page)
    page.get_by_label("Period").fill("2024/25")
    for part, value in (("Day", "1"), ("Month", "12"), ("Year", "2024")):
        page.get_by_role("group", name="Position as at").get_by_label(part).fill(value)
    page.get_by_role("button", name="Make the cycle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2024/25")
    check(page)
    statements = Cycle.objects.get().statements
    assert statements.get(text="Evidence of 1.1. And").covers == [1]
    assert not statements.filter(text="more.")
    action = Action.objects.get(text="more.")
    assert [link.prompt.position for link in action.links.all() if link.prompt] == [2]
    page.get_by_role("link", name="Tray").click()
    expect(page.get_by_text("Open from nine to five.")).to_be_visible()
    check(page)


def test_the_review_goes_by_keys_until_they_are_turned_off(
    open_page: OpenPage, northmere: Council, lead: User, document: Path
) -> None:
    page = open_page(lead)
    page.goto("/councils/northmere/import/")
    page.get_by_label("Your completed toolkit").set_input_files(document)
    page.get_by_label("Red, Amber, Green").check()
    page.get_by_role("button", name="Read the document").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    read_what_waits()
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    waiting = page.locator("[data-check]")
    expect(waiting).to_have_count(2)

    page.keyboard.press("n")
    expect(waiting.nth(0)).to_be_focused()
    page.keyboard.press("n")
    expect(waiting.nth(1)).to_be_focused()
    page.keyboard.press("n")
    expect(waiting.nth(0)).to_be_focused()
    page.keyboard.press("p")
    expect(waiting.nth(1)).to_be_focused()
    page.keyboard.press("m")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where does this row go?")
    page.get_by_label("Where does it go?").press("a")  # in a field a letter is a letter
    page.go_back()

    page.get_by_label("Use these keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("[data-row]:focus")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Use these keys")).not_to_be_checked()
    page.get_by_label("Use these keys").check()
    page.keyboard.press("n")  # the box has the focus
    expect(page.locator("[data-row]:focus")).to_have_count(0)
    page.locator("h1").click()
    page.keyboard.press("n")
    page.keyboard.press("a")
    expect(page.get_by_text("1 row to check")).to_be_visible()
    expect(page.locator("[data-check]")).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Split this row")
    page.go_back()
    page.locator("[data-check]").focus()
    page.keyboard.press("t")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is each text?")


def test_a_document_that_cannot_be_read_says_so_on_the_page_that_waits(
    open_page: OpenPage, northmere: Council, lead: User, home_office_2018: Toolkit, tmp_path: Path
) -> None:
    path = tmp_path / "cut short.docx"
    path.write_bytes(saved(Document())[:900])
    page = open_page(lead)
    page.goto("/councils/northmere/import/")
    page.get_by_label("Your completed toolkit").set_input_files(path)
    page.get_by_label("Red, Amber, Green").check()
    page.get_by_role("button", name="Read the document").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    read_what_waits()
    expect(page.get_by_text("damaged or cut short")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Upload another document").click()
    expect(page.get_by_text("could not be read")).to_be_visible()
    check_page(page)
