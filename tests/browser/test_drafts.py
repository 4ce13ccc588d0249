"""What is typed outlives the page and the session."""

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from assessments.models import Cycle, User
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.watching import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, MORE = "Read by the board in June", "Read by the board in June and in December"


def open_question(page: Page, cycle: Cycle) -> Locator:
    """The evidence field of the question's first prompt."""
    page.goto(f"/councils/{cycle.council.slug}/cycles/{cycle.pk}/questions/1.1/")
    return page.get_by_label("Evidence for prompt 1").first


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.get_by_text("Question 1.1 saved at")).to_be_visible()


def test_a_draft_is_there_again_after_signing_in(
    open_page: OpenPage, lead: User, cycle: Cycle
) -> None:
    page = open_page(lead)
    open_question(page, cycle).fill(FIRST)
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    page.close()

    page = open_page(lead)
    page.get_by_role("region", name="Waiting for you").get_by_role("link").click()
    expect(page.get_by_text("haven’t saved it")).to_be_visible()
    expect(page.get_by_label("Evidence for prompt 1").first).to_have_value(FIRST)
    check_page(page)
    save(page)
    assert cycle.statements.get().text == FIRST
    expect(page.get_by_text("haven’t saved it")).to_be_hidden()


def test_a_session_that_ends_while_typing_is_said_and_nothing_is_lost(
    open_page: OpenPage, lead: User, cycle: Cycle
) -> None:
    page = open_page(lead)
    evidence = open_question(page, cycle)
    evidence.fill(FIRST)
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    end_session(page)
    evidence.fill(MORE)
    expect(page.get_by_text("Not saved yet: you are signed out")).to_be_visible()
    check_page(page)

    with page.expect_popup() as popup:
        page.get_by_role("link", name="Sign in again in a new tab").click()
    sign_in(popup.value, lead)
    save(page)
    assert cycle.statements.get().text == MORE


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_sent_after_the_session_ended_is_there_after_signing_in(
    open_page: OpenPage, lead: User, cycle: Cycle, scripts: bool
) -> None:
    page = open_page(lead, java_script_enabled=scripts)
    evidence = open_question(page, cycle)
    end_session(page)
    evidence.fill(MORE)
    page.get_by_role("button", name="Save and continue").click()
    sign_in(page, lead)

    expect(page.get_by_text("haven’t saved it")).to_be_visible()
    expect(evidence).to_have_value(MORE)
    save(page)
    assert cycle.statements.get().text == MORE


def test_leaving_with_unsaved_text_asks_first(
    open_page: OpenPage, lead: User, cycle: Cycle
) -> None:
    page = open_page(lead)
    evidence = open_question(page, cycle)
    evidence.fill(FIRST)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("location.assign('/')")
    expect(evidence).to_have_value(FIRST)
    assert asked == ["beforeunload"]
