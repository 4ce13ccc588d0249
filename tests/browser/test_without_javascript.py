"""Everything a lead does works where scripts don't run.

axe can't run there either: it sees the same pages in the other journeys.
"""

import pytest
from playwright.sync_api import expect

from assessments.models import Cycle, User
from tests.browser.conftest import OpenPage
from tests.browser.watching import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_lead_completes_a_question_adds_to_it_and_judges_the_benchmark(
    open_page: OpenPage, lead: User, cycle: Cycle
) -> None:
    page = open_page(lead, java_script_enabled=False)
    page.goto(f"/councils/northmere/cycles/{cycle.pk}/")
    page.get_by_role("link", name="Question 1.2?").click()
    assert too_wide(page) == []
    page.get_by_role("group", name="Rating").get_by_label("Amber").check()
    page.get_by_label("Evidence for prompt 1").fill("Shared with partners in May")
    page.get_by_role("button", name="Save and stay here").click()
    expect(page.get_by_text("Question 1.2 saved at")).to_be_visible()

    page.get_by_role("button", name="Add an action").click()
    assert too_wide(page) == []
    page.get_by_label("What will be done").fill("Share it with schools too")
    page.get_by_label("In words").fill("Q4 2025/26")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("article", name="Share it with schools too")).to_be_visible()

    page.get_by_role("button", name="Add an evidence document").click()
    assert too_wide(page) == []
    page.get_by_label("Title").fill("Counter-terrorism local profile")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("article", name="Counter-terrorism local profile")).to_be_visible()

    page.goto(f"/councils/northmere/cycles/{cycle.pk}/benchmarks/1/")
    assert too_wide(page) == []
    page.get_by_role("group", name="Rating").get_by_label("Amber").check()
    page.get_by_role("textbox", name="Reason").fill("Shared, but not with everybody")
    page.get_by_label("Comments line").fill("Schools follow in March.")
    page.get_by_role("button", name="Save judgement").click()
    expect(page.get_by_text("Benchmark 1 saved")).to_be_visible()
    judgement = cycle.benchmarks.get(benchmark__number=1)
    assert judgement.rating is not None
    assert (judgement.rating.slug, judgement.comments) == ("amber", "Schools follow in March.")
