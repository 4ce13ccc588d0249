"""A lead says who the council is and how it publishes, and sees what that means for a meeting."""

import io

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from assessments.models import Council, User
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_lead_sets_up_publishing_and_sees_a_deadline(
    open_page: OpenPage, northmere: Council, lead: User, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = open_page(lead)
    say_who_the_council_is(page)
    set_the_lead_times(page)
    add_and_remove_a_christmas_closure(page, northmere)
    see_a_closure_move_a_deadline(page)
    bring_a_word_template(page)
    read_the_history(page)
    northmere.refresh_from_db()
    assert northmere.formats_contact == "Democratic Services, 01632 960142"
    assert northmere.clearance_days == 7
    assert northmere.word_template


def say_who_the_council_is(page: Page) -> None:
    page.get_by_role("link", name="Name, address, logo and colour").click()
    check_page(page)
    page.get_by_label("Postal address").fill("Mere House\n4 Lantern Street")
    page.get_by_label("Whom to ask").fill("Democratic Services, 01632 960142")
    page.get_by_label("Accent colour").fill("#ffd700")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("nearest darker shade that works")
    check_page(page)
    page.get_by_label("Accent colour").fill("#00594f")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("settings have been saved")).to_be_visible()


def set_the_lead_times(page: Page) -> None:
    settings_pages(page).get_by_role("link", name="Publishing").click()
    check_page(page)
    page.get_by_label("Clear working days").fill("4")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("the law asks for five clear days")
    check_page(page)
    page.get_by_label("Clear working days").fill("5")
    page.get_by_label("Working days for clearance").fill("7")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("settings have been saved")).to_be_visible()
    ask_for(page, 20, 2, 2027)
    expect(example(page)).to_contain_text(
        "For a meeting on Saturday 20 February 2027 papers must be out by Friday 12 February 2027, "
        "and cleared inside the council by Wednesday 3 February 2027."
    )
    check_page(page)


def add_and_remove_a_christmas_closure(page: Page, council: Council) -> None:
    page.get_by_role("link", name="Add or remove closure days").click()
    check_page(page)
    year = timezone.localdate().year + 1
    add_closure(page, "Christmas closure", (24, 12, year), (1, 1, year + 1))
    expect(page.get_by_text("9 days added")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name=f"Remove 24 December {year} to 1 January {year + 1}").click()
    expect(page.get_by_text("9 days removed")).to_be_visible()
    assert not council.closures.exists()


def see_a_closure_move_a_deadline(page: Page) -> None:
    add_closure(page, "Flood", (15, 2, 2027), (16, 2, 2027))
    ask_for(page, 20, 2, 2027)
    expect(example(page)).to_contain_text("papers must be out by Wednesday 10 February 2027")
    ask_for(page, 31, 2, 2027)
    expect(page.get_by_role("alert")).to_contain_text("must be a real date")
    check_page(page)


def bring_a_word_template(page: Page) -> None:
    settings_pages(page).get_by_role("link", name="Word template").click()
    check_page(page)
    choose(page, b"%PDF-1.7")
    expect(page.get_by_role("alert")).to_contain_text("This is a PDF")
    check_page(page)
    made = io.BytesIO()
    docx.Document().save(made)
    choose(page, made.getvalue())
    expect(page.get_by_text("The Word template has been saved")).to_be_visible()
    check_page(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="Download the template").click()
    assert file.value.path().read_bytes() == made.getvalue()
    page.get_by_role("link", name="Remove it").click()
    check_page(page)
    page.get_by_role("link", name="Keep it").click()


def read_the_history(page: Page) -> None:
    settings_pages(page).get_by_role("link", name="History").click()
    expect(page.get_by_text("Word template added")).to_be_visible()
    check_page(page)


def settings_pages(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Settings")


def example(page: Page) -> Locator:
    return page.get_by_role("region", name="What this means for a meeting")


def ask_for(page: Page, day: int, month: int, year: int) -> None:
    fill_date(page, "Day of the meeting", (day, month, year))
    page.get_by_role("button", name="Work it out").click()


def add_closure(
    page: Page, words: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    fill_date(page, "First day closed", first)
    fill_date(page, "Last day closed", last)
    page.get_by_label("What for").fill(words)
    page.get_by_role("button", name="Add to the closure days").click()


def fill_date(page: Page, name: str, values: tuple[int, int, int]) -> None:
    group = page.get_by_role("group", name=name)
    for part, value in zip(("Day", "Month", "Year"), values, strict=True):
        group.get_by_label(part, exact=True).fill(str(value))


def choose(page: Page, content: bytes) -> None:
    upload = {"name": "ours.docx", "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Word template").set_input_files(upload)
    page.get_by_role("button", name="Save the template").click()
