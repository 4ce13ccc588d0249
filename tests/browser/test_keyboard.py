"""The main job without a mouse."""

import pytest
from playwright.sync_api import expect

from assessments.models import Cycle, User
from tests.browser.conftest import OpenPage
from tests.browser.keyboard import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_rate_and_save_by_keyboard_alone(open_page: OpenPage, lead: User, cycle: Cycle) -> None:
    page = open_page(lead)
    page.goto(f"/councils/northmere/cycles/{cycle.pk}/questions/1.2/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()

    tab_to(page, "input[type=radio]")  # the chosen one: not decided
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Green")).to_be_checked()
    tab_to(page, "textarea[name^=evidence]")
    page.keyboard.type("Shared with all partners in May")
    tab_to(page, "form#answers button")
    expect(page.get_by_role("button", name="Save and continue")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Question 1.2 saved at")).to_be_visible()
    answer = cycle.answers.get(question__ref="1.2")
    assert answer.rating is not None
    assert answer.rating.slug == "green"
    assert cycle.statements.get().text == "Shared with all partners in May"
