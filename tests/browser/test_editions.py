"""From a published edition to a cycle on the next one, and the Channel panel assurance from its
areas to a sentence beside benchmark 5."""

import datetime
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Council, EditionDraft, User
from assessments.services.cycles import start_cycle
from benchmarks.models import Toolkit
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page, too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]


def fits(page: Page) -> None:
    """All that can be asked of a page where no script runs."""
    assert too_wide(page) == []


def test_an_edition_is_copied_changed_previewed_published_and_started_on(
    open_page: OpenPage, toolkit: Toolkit, northmere: Council, site_administrator: User, lead: User
) -> None:
    page = open_page(site_administrator)
    publish_a_correction(page, check_page)
    start_on_it(open_page(lead), check_page)
    assert northmere.cycles.get().toolkit.slug == "small-2"


def test_the_same_without_scripts(
    open_page: OpenPage, toolkit: Toolkit, northmere: Council, site_administrator: User, lead: User
) -> None:
    page = open_page(site_administrator, java_script_enabled=False)
    publish_a_correction(page, fits)
    start_on_it(open_page(lead, java_script_enabled=False), fits)
    assert northmere.cycles.get().toolkit.slug == "small-2"


def publish_a_correction(page: Page, check: Check) -> None:
    page.get_by_role("link", name="Toolkits and guidance").click()
    page.get_by_role("link", name="Draft a new edition").click()
    check(page)
    page.get_by_role("button", name="Start a draft").click()
    check(page)
    page.get_by_label("A copy of Small toolkit").check()
    page.get_by_label("It corrects the toolkit that is copied").check()
    page.get_by_role("button", name="Start the draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Small toolkit")
    check(page)
    change_its_facts(page, check)
    change_a_question(page, check)
    move_and_remove(page, check)
    preview(page, check)
    read_a_file(page, check)
    for link in ("What differs", "History"):
        page.get_by_role("link", name=link, exact=True).click()
        check(page)
        page.get_by_role("link", name="Small toolkit, corrected").click()
    page.get_by_role("button", name="Publish").click()
    check(page)
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Small toolkit, corrected has been published.")).to_be_visible()
    check(page)


def change_its_facts(page: Page, check: Check) -> None:
    page.get_by_role("link", name="About this toolkit").click()
    check(page)
    page.get_by_label("Title", exact=True).fill("Small toolkit, corrected")
    page.get_by_role("button", name="Save", exact=True).click()
    for link in ("Rating scale: rag", "Benchmark 1: Local risk"):
        page.get_by_role("link", name=link, exact=True).click()
        check(page)
        page.get_by_role("link", name="Back to the draft").click()


def change_a_question(page: Page, check: Check) -> None:
    page.get_by_role("link", name="Question 1.1", exact=True).click()
    check(page)
    page.get_by_label("Question", exact=True).fill("")
    page.get_by_label("Prompt 1", exact=True).fill("How do you find risks?")
    page.get_by_label("Place").nth(2).fill("1")
    page.get_by_role("button", name="Save", exact=True).click()
    problem = page.get_by_role("link", name="Question 1.1: “Question” is missing")
    expect(problem).to_be_visible()
    check(page)
    page.get_by_role("link", name="Question 1.1", exact=True).click()
    page.get_by_label("Question", exact=True).fill("What are your risks?")
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.get_by_text("Question 1.1 has been saved.")).to_be_visible()
    expect(page.get_by_label("Prompt 2", exact=True)).to_have_value("How do you find risks?")
    page.get_by_role("link", name="Back to the draft").click()
    expect(problem).to_have_count(0)


def move_and_remove(page: Page, check: Check) -> None:
    page.get_by_role("button", name="Move down : Question 2.1").click()
    page.get_by_role("link", name="Remove : Question 2.1").click()
    check(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Question 2.1 has been removed.")).to_be_visible()


def preview(page: Page, check: Check) -> None:
    page.get_by_role("link", name="Preview the form").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1.1 What are your risks?")
    expect(page.get_by_role("heading", name="Prompt 2 of 3 How do you find risks?")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Back to the draft").click()


def read_a_file(page: Page, check: Check) -> None:
    page.get_by_role("link", name="Read a file into the draft").click()
    check(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="as YAML").click()
    text = download.value.path().read_text("utf-8").replace("profile shared?", "profile read?")
    mended = {"name": "mended.yaml", "mimeType": "text/plain", "buffer": text.encode()}
    page.get_by_label("File", exact=True).set_input_files(mended)
    page.get_by_label("It goes").check()
    page.get_by_role("button", name="See what differs").click()
    expect(page.get_by_text("profile read?")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Write this change into the draft").click()
    expect(page.get_by_text("“mended.yaml” has been read into the draft.")).to_be_visible()


def start_on_it(page: Page, check: Check) -> None:
    page.goto("/councils/northmere/cycles/start/")
    expect(page.get_by_label("Small toolkit – rag")).to_have_count(0)
    page.get_by_label("Small toolkit, corrected – rag").check()
    page.get_by_label("Period").fill("2025/26")
    for part, value in (("Day", "1"), ("Month", "12"), ("Year", "2025")):
        page.get_by_role("group", name="Position as at").get_by_label(part).fill(value)
    page.get_by_role("button", name="Start the cycle").click()
    expect(page.get_by_text("0 of 5 answers given")).to_be_visible()
    check(page)


def test_a_lead_completes_the_channel_assurance_and_reads_it_beside_benchmark_5(
    open_page: OpenPage, home_office_2018: Toolkit, northmere: Council, lead: User
) -> None:
    page = open_page(lead)
    complete_the_instrument(page)
    toolkit = Toolkit.objects.get(slug="northmere-channel-panel-assurance")
    cycles = [
        start_cycle(
            council=northmere,
            toolkit=each,
            scale=each.scales.all()[0],
            period="2025/26",
            as_at=datetime.date(2025, 12, 1),
            by=lead,
        )
        for each in (toolkit, home_office_2018)
    ]
    rate_the_first_area(page, cycles[0].pk)
    page.goto(f"/councils/northmere/cycles/{cycles[1].pk}/benchmarks/5/")
    check_page(page)
    page.get_by_role("link", name="Add its sentence to your comments line").click()
    comments = page.get_by_label("Comments line")
    expect(comments).to_have_value(
        "Channel panel assurance, December 2025: 1 Green and 9 not rated yet of 10."
    )
    check_page(page)
    page.get_by_role("button", name="Save judgement").click()
    expect(page.get_by_text("Benchmark 5 saved")).to_be_visible()
    assert "1 Green" in cycles[1].benchmarks.get(benchmark__number=5).comments


def complete_the_instrument(page: Page) -> None:
    page.goto("/councils/northmere/editions/start/")
    check_page(page)
    page.get_by_label("Channel panel assurance").check()
    page.get_by_role("button", name="Start the draft").click()
    check_page(page)
    page.get_by_role("link", name="About this toolkit", exact=True).click()
    page.get_by_label("Published by").fill("Home Office")
    for part, value in (("Day", "1"), ("Month", "4"), ("Year", "2025")):
        page.get_by_role("group", name="Date of issue").get_by_label(part).fill(value)
    page.get_by_label("Licence of the wording").fill("None")
    page.get_by_label("Attribution").fill("From our own form.")
    page.get_by_role("button", name="Save", exact=True).click()
    for number in range(1, 6):
        page.get_by_role("link", name=f"Question {number}.1", exact=True).click()
        page.get_by_label("Add several prompts at once").fill("One statement\nAnother statement")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text(f"Question {number}.1 has been saved.")).to_be_visible()
    expect(page.get_by_text("There is a problem")).to_have_count(0)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Channel panel assurance has been published.")).to_be_visible()
    assert EditionDraft.objects.get().published_as


def rate_the_first_area(page: Page, cycle_id: int) -> None:
    page.goto(f"/councils/northmere/cycles/{cycle_id}/questions/1.1/")
    page.get_by_role("group", name="Rating").first.get_by_label("Green").check()
    page.get_by_role("button", name="Save and continue").click()
    page.goto(f"/councils/northmere/cycles/{cycle_id}/summary/")
    row = page.get_by_role("row", name="Legal requirements")
    expect(row.get_by_role("cell").first).to_have_text("1")
    check_page(page)
