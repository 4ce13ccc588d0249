"""A lead's whole job on the real toolkit, from the empty council to the PDF in hand."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from assessments.models import Council, Cycle, User
from benchmarks.models import Toolkit
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_lead_starts_a_cycle_answers_judges_and_downloads(
    open_page: OpenPage,
    northmere: Council,
    home_office_2018: Toolkit,
    lead: User,
    contributor: User,
) -> None:
    page = open_page(lead)
    check_page(page)
    start_a_cycle(page)
    cycle = northmere.cycles.get()
    answer_the_first_question(page, cycle)
    add_an_action_in_place(page, cycle)
    assign_a_question(page, cycle, contributor)
    judge_the_first_benchmark(page, cycle)
    read_the_front_sheet_and_check(page)
    download_the_pdf(page)


def start_a_cycle(page: Page) -> None:
    page.get_by_role("button", name="Start a cycle").click()
    check_page(page)
    page.get_by_label("Red, Amber, Green").check()
    page.get_by_label("Period").fill("2025/26")
    as_at = page.get_by_role("group", name="Position as at")
    for part, value in (("Day", "1"), ("Month", "12"), ("Year", "2025")):
        as_at.get_by_label(part).fill(value)
    page.get_by_role("button", name="Start the cycle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2025/26")
    expect(page.get_by_text("0 of 107 answers given")).to_be_visible()
    check_page(page)


def answer_the_first_question(page: Page, cycle: Cycle) -> None:
    page.get_by_role("button", name="Start with question 1.1").click()
    check_page(page)
    for number, level in enumerate(("Green", "Green", "Amber", "Not applicable")):
        page.get_by_role("group", name="Rating").nth(number).get_by_label(level).check()
    page.get_by_label("Why is it not applicable?").locator("visible=true").fill("Done regionally")
    page.get_by_label("Evidence for prompt 1").fill("The board agrees the profile each June")
    first = page.locator("#prompt-1")
    first.get_by_text("Also covers other prompts").click()
    first.get_by_label("Prompt 2").check()
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_text("Question 1.1 saved at")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.2")
    ratings = cycle.answers.filter(question__ref="1.1").order_by("prompt__position")
    given = list(ratings.values_list("rating__slug", "reason"))
    assert given == [("green", ""), ("green", ""), ("amber", ""), (None, "Done regionally")]
    assert cycle.statements.get().covers == [1, 2]
    assert not cycle.drafts.exists()


def add_an_action_in_place(page: Page, cycle: Cycle) -> None:
    address = page.url
    page.get_by_role("button", name="Add an action").click()
    form = page.get_by_role("form", name="Add an action")
    expect(form).to_be_visible()
    check_page(page)
    form.get_by_label("What will be done").fill("Brief the three new head teachers")
    form.get_by_label("Name 1").fill("Conor Contributor")
    expect(form.get_by_label("What was done")).to_be_hidden()
    form.get_by_label("Completed", exact=True).check()
    expect(form.get_by_label("What was done")).to_be_visible()
    form.get_by_label("In progress").check()
    expect(form.get_by_label("What was done")).to_be_hidden()
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("article", name="Brief the three new head teachers")).to_be_visible()
    assert page.url == address
    check_page(page)
    action = cycle.council.actions.get()
    assert [owner.user and owner.user.name for owner in action.owners.all()] == [
        "Conor Contributor"
    ]


def assign_a_question(page: Page, cycle: Cycle, contributor: User) -> None:
    """To somebody whose entry in the list is wider than a phone."""
    contributor.memberships.update(organisation="Police and Crime Commissioner’s office")
    page.get_by_role("link", name="Back to task list").click()
    page.get_by_role("link", name="Assign questions").click()
    check_page(page)
    page.get_by_label("7.1").check()
    entry = f"{contributor.name} (Police and Crime Commissioner’s office)"
    page.get_by_label("Give the ticked questions to").select_option(label=entry)
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("alert")).to_contain_text(contributor.name)
    assert cycle.questions.get(question__ref="7.1").assignee == contributor


def judge_the_first_benchmark(page: Page, cycle: Cycle) -> None:
    page.goto(f"/councils/northmere/cycles/{cycle.pk}/benchmarks/1/")
    check_page(page)
    page.get_by_role("group", name="Rating").get_by_label("Amber").check()
    page.get_by_label("Actions line").fill("Head teachers are briefed by Easter.")
    page.get_by_role("button", name="Save judgement").click()
    expect(page.get_by_text("Benchmark 1 saved")).to_be_visible()
    check_page(page)


def read_the_front_sheet_and_check(page: Page) -> None:
    page.get_by_role("link", name="See the whole front sheet").click()
    expect(page.get_by_text("Head teachers are briefed by Easter.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Check for gaps").click()
    expect(page.get_by_text("gaps in 10 benchmarks")).to_be_visible()
    check_page(page)


def download_the_pdf(page: Page) -> None:
    page.get_by_role("link", name="Front sheet").click()
    page.get_by_role("button", name="Download as PDF or workbook").click()
    check_page(page)
    page.get_by_label("PDF").check()
    page.get_by_role("button", name="Make").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    check_page(page)
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    download = page.get_by_role("button", name="Download")
    expect(download).to_be_visible()
    check_page(page)
    with page.expect_download() as file:
        download.click()
    assert "The board agrees the profile each June" in pdf_text(file.value.path())


def pdf_text(path: Path) -> str:
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
