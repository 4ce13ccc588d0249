"""The next cycle from the last one: start, confirm a question and a judgement, see the progress."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Cycle, User
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_lead_starts_from_the_last_cycle_and_confirms(
    open_page: OpenPage, last: Cycle, lead: User
) -> None:
    page = open_page(lead)
    start_from_the_last_cycle(page)
    confirm_one_thing(page)
    confirm_the_rest_of_the_question(page)
    confirm_the_judgement(page)
    cycle = last.council.cycles.get(period="2026/27")
    assert cycle.answers.filter(to_confirm=True).count() == 1
    assert not cycle.action_links.filter(to_confirm=True).exists()


def start_from_the_last_cycle(page: Page) -> None:
    page.goto("/councils/northmere/cycles/start/")
    expect(page.get_by_label("Start from 2025/26")).to_be_checked()
    check_page(page)
    page.get_by_label("Period").fill("2026/27")
    as_at = page.get_by_role("group", name="Position as at")
    for part, value in (("Day", "1"), ("Month", "12"), ("Year", "2026")):
        as_at.get_by_label(part).fill(value)
    page.get_by_role("button", name="Start the cycle").click()
    expect(page.get_by_text("0 of 7 answers given · 9 to confirm")).to_be_visible()
    page.get_by_role("link", name="To confirm (2)").click()
    check_page(page)


def confirm_one_thing(page: Page) -> None:
    page.get_by_role("link", name="1.1").click()
    check_page(page)
    page.get_by_role("button", name="This document is still right").click()
    expect(page.get_by_text("Confirmed.")).to_be_visible()
    check_page(page)


def confirm_the_rest_of_the_question(page: Page) -> None:
    page.get_by_role("button", name="Everything here is still right").click()
    expect(page.get_by_text("Question 1.1 confirmed at")).to_be_visible()
    page.get_by_role("link", name="Back to task list").click()
    expect(page.get_by_text("3 of 7 answers given · 2 to confirm")).to_be_visible()


def confirm_the_judgement(page: Page) -> None:
    page.get_by_role("link", name="1. Local risk").click()
    check_page(page)
    page.get_by_role("button", name="Everything here is still right").click()
    expect(page.get_by_text("Benchmark 1 confirmed.")).to_be_visible()
    check_page(page)


def test_without_javascript_it_works_as_well(
    open_page: OpenPage, carried: Cycle, lead: User
) -> None:
    page = open_page(lead, java_script_enabled=False)
    page.goto(f"/councils/northmere/cycles/{carried.pk}/questions/1.1/")
    page.get_by_role("button", name="This action still belongs here").click()
    expect(page.get_by_text("Confirmed.")).to_be_visible()
    page.get_by_role("button", name="Everything here is still right").click()
    expect(page.get_by_text("Question 1.1 confirmed at")).to_be_visible()
    assert not carried.statements.filter(to_confirm=True).exists()
