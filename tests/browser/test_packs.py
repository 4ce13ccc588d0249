"""The committee pack's journey: started, written by two, verified, checked, released."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from assessments.models import Pack, PackFile, PackRelease, Snapshot, User
from assessments.services.pack_files import make_pack_file
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page
from tests.packs import finish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("snapshots_can_go"),
]
PACKS = "/councils/northmere/packs/"


@pytest.fixture(autouse=True)
def files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def open_section(page: Page, heading: str) -> None:
    page.goto(PACKS)
    page.get_by_role("link", name="Prevent duty self-assessment").click()
    page.get_by_role("link", name=heading).first.click()
    page.get_by_role("heading", level=1, name=heading).wait_for()


def save_section(page: Page) -> None:
    page.get_by_role("button", name="Save section").click()
    page.get_by_text("has been saved").wait_for()


def write_section(page: Page, heading: str, words: str) -> None:
    open_section(page, heading)
    page.get_by_text("Add a part").click()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_label("Part 1: text").fill(words)
    save_section(page)


def start(page: Page) -> None:
    page.goto(PACKS)
    check_page(page)
    page.get_by_role("button", name="Start a pack").click()
    check_page(page)
    page.get_by_label("Committee").fill("Safer Communities Committee")
    for part, value in {"Day": "20", "Month": "2", "Year": "2024"}.items():
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Start the pack").click()
    page.get_by_text("Publish by Monday 12 February 2024").wait_for()
    check_page(page)


def give_item_number(page: Page) -> None:
    page.get_by_role("link", name="Meeting and report details").click()
    check_page(page)
    page.get_by_label("Item number").fill("6")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("details have been saved").wait_for()


def verify_legal(page: Page) -> None:
    write_section(page, "Legal", "Nothing beyond this report.")
    page.get_by_label("Verified by", exact=True).fill("Lou Lawyer, Principal Lawyer")
    for part, value in {"Day": "1", "Month": "2", "Year": "2024"}.items():
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Save verification").click()
    page.get_by_text("verification has been saved").wait_for()
    check_page(page)


def test_from_a_signed_snapshot_to_released_files(
    open_page: OpenPage, snapshot: Snapshot, lead: User, publisher: User
) -> None:
    officer, democratic = open_page(lead), open_page(publisher)
    start(officer)
    give_item_number(officer)
    open_section(officer, "Issues, options")
    check_page(officer)
    save_section(officer)
    write_section(officer, "Consultation", "As the board agreed.")
    verify_legal(officer)
    finish(Pack.objects.get(), lead, but=["issues", "consultation", "legal"])

    democratic.goto(PACKS)
    democratic.get_by_role("link", name="Prevent duty self-assessment").click()
    democratic.get_by_text("Every section is written").wait_for()
    open_section(democratic, "Consultation")
    democratic.get_by_label("Your comment").fill("Could the desk’s address stand here?")
    democratic.get_by_role("button", name="Add comment").click()
    open_section(officer, "Consultation")
    officer.get_by_text("Could the desk’s address stand here?").wait_for()
    officer.get_by_label("Part 1: text").fill("Ask desk@northmere.example.")
    save_section(officer)
    officer.get_by_role("button", name="Settled").click()
    officer.get_by_text(f"settled by {lead.name}").wait_for()

    democratic.get_by_role("link", name="Back to all sections").click()
    democratic.get_by_role("link", name="Release check", exact=True).click()
    check_page(democratic)
    democratic.get_by_label("Why these words may be public").fill("It is the public desk.")
    democratic.get_by_role("button", name="Accept").click()
    democratic.get_by_text("Make the files and release them").wait_for()
    democratic.get_by_role("link", name="Public version").click()
    democratic.frame_locator("iframe").get_by_text("5.1").wait_for()
    check_page(democratic)

    democratic.get_by_role("link", name="Files and release").click()
    check_page(democratic)
    democratic.get_by_role("button", name="Make the files for the committee").click()
    democratic.get_by_text("The files are being made").wait_for()
    for file in PackFile.objects.all():
        make_pack_file(file.pk)
    democratic.get_by_label("I confirm that I have read").check()
    check_page(democratic)
    democratic.get_by_role("button", name="Release").click()
    democratic.get_by_text(f"Released by {publisher.name}").wait_for()
    check_page(democratic)
    (released,) = PackRelease.objects.all()
    with democratic.expect_download() as download:
        name = "Item 6 Appendix 1 Prevent self-assessment 2025-26.pdf"
        democratic.get_by_role("link", name=name).click()
    assert download.value.suggested_filename == name
    assert {each["name"] for each in released.files} >= {name}


def test_what_two_write_at_once_is_shown_to_the_second_one_above_the_other(
    open_page: OpenPage, pack: Pack, lead: User, publisher: User
) -> None:
    first, second = open_page(lead), open_page(publisher)
    for page in (first, second):
        open_section(page, "Executive summary")
    first.get_by_label("Part 1: text").fill("The lead’s words.")
    save_section(first)
    second.get_by_label("Part 1: text").fill("The publisher’s words.")
    second.get_by_role("button", name="Save section").click()
    second.get_by_text("Somebody else saved first").first.wait_for()
    check_page(second)
    second.get_by_label("Edit together").check()
    second.get_by_role("button", name="Save my choices").click()
    second.get_by_text("has been saved").wait_for()
    text = second.get_by_label("Part 1: text").input_value()
    assert "The lead’s words." in text
    assert "The publisher’s words." in text
    second.goto(f"{PACKS}{pack.pk}/history/")
    second.get_by_text("Text changed").first.wait_for()
    check_page(second)
