"""The next cycle from the last one: start, confirm a question and a judgement, see the progress;
also on another edition."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Action, ActionLink, Council, Cycle, EvidenceStatement, User
from assessments.services.cycles import start_cycle
from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from benchmarks.mappings.checking import read_mapping
from benchmarks.mappings.storing import load as load_mappings
from benchmarks.models import Toolkit
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page
from tests.carrying import question
from tests.serving import ROOT

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


@pytest.fixture
def of_2018(home_office_2018: Toolkit, northmere: Council, lead: User) -> Cycle:
    """2022/23: texts at two benchmarks that were merged and at Channel, an action, ratings."""
    fixtures = ROOT / "fixtures"
    load([read_edition(fixtures / "toolkits" / "home-office-2023.yaml")])
    load_mappings([read_mapping(fixtures / "mappings" / "home-office-2018-to-2023.yaml")])
    cycle = start_cycle(
        council=northmere,
        toolkit=home_office_2018,
        scale=home_office_2018.scales.get(slug="rag"),
        period="2022/23",
        as_at=datetime.date(2022, 12, 1),
        by=lead,
    )
    for ref, text in (("6.1", "Cases go to panel."), ("8.1", "Halls ask first."), ("5.1", "Met.")):
        EvidenceStatement.objects.create(cycle=cycle, question=question(cycle, ref), text=text)
    action = Action.objects.create(council=northmere, text="Brief the hall keepers")
    ActionLink.objects.create(action=action, cycle=cycle, question=question(cycle, "8.1"))
    for number, slug in ((6, "green"), (8, "red")):
        rating = cycle.scale.levels.get(slug=slug)
        cycle.benchmarks.filter(benchmark__number=number).update(rating=rating, version=1)
    return cycle


def test_lead_takes_the_cycle_over_to_another_edition(
    open_page: OpenPage, of_2018: Cycle, lead: User
) -> None:
    page = open_page(lead)
    see_what_goes_where(page)
    page.get_by_role("button", name="Start the cycle").click()
    expect(page.get_by_text("0 of 7 answers given · 3 to confirm")).to_be_visible()
    check_page(page)
    confirm_what_came_from_two(page)
    cycle = of_2018.council.cycles.get(period="2023/24")
    assert cycle.toolkit.slug == "home-office-2023"
    assert not cycle.statements.filter(to_confirm=True).exists()
    assert not cycle.action_links.filter(to_confirm=True).exists()


def see_what_goes_where(page: Page) -> None:
    page.goto("/councils/northmere/cycles/start/")
    page.get_by_label("Home Office Prevent toolkit 2023").check()
    page.get_by_label("Period").fill("2023/24")
    as_at = page.get_by_role("group", name="Position as at")
    for part, value in (("Day", "1"), ("Month", "12"), ("Year", "2023")):
        as_at.get_by_label(part).fill(value)
    page.get_by_role("button", name="Start the cycle").click()
    merged = page.get_by_role("table", name="What comes along").get_by_role("row").nth(6)
    expect(merged).to_contain_text("and venue hire and IT policies, became one benchmark")
    expect(merged).to_contain_text("2 evidence texts and 1 action")
    stays = page.get_by_role("table", name="What stays behind in 2022/23")
    expect(stays).to_contain_text("Channel is assessed in the separate Channel panel assurance")
    check_page(page)


def confirm_what_came_from_two(page: Page) -> None:
    page.get_by_role("link", name="6.1").click()
    expect(page.get_by_text("From benchmark 6, question 6.1 of 2022/23.")).to_be_visible()
    expect(page.get_by_text("From benchmark 8, question 8.1 of 2022/23.").first).to_be_visible()
    rated = page.get_by_role("group").filter(has_text="How it was rated in 2022/23")
    expect(rated).to_contain_text("Green")
    expect(rated).to_contain_text("8. Venue hire and IT policies")
    check_page(page)
    page.get_by_role("button", name="Everything here is still right").click()
    expect(page.get_by_text("Question 6.1 confirmed at")).to_be_visible()
    page.get_by_role("link", name="Back to task list").click()
    expect(page.get_by_text("0 of 7 answers given")).to_be_visible()
    expect(page.get_by_text("to confirm", exact=False).locator("visible=true")).to_have_count(0)
