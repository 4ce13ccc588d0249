"""The action register in a browser: progress in place, and many mended without JavaScript."""

import datetime

import pytest
from playwright.sync_api import expect

from assessments.models import Action, ActionLink, ActionOwner, Cycle, User
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REGISTER = "/councils/northmere/actions/"


@pytest.fixture
def actions(cycle: Cycle, lead: User) -> list[Action]:
    question = cycle.questions.get(question__ref="1.1").question
    made = []
    for text in ("Train the front desk.", "Brief the schools.", "Write to hotels."):
        action = Action.objects.create(council=cycle.council, text=text)
        ActionLink.objects.create(action=action, cycle=cycle, question=question)
        made.append(action)
    ActionOwner.objects.create(action=made[0], name=lead.name, user=lead)
    ActionOwner.objects.create(action=made[0], name="Head of Housing")
    return made


def test_progress_is_added_where_the_action_stands(
    open_page: OpenPage, lead: User, actions: list[Action]
) -> None:
    page = open_page(lead)
    page.goto(f"{REGISTER}?group=owner")
    check_page(page)
    row = page.locator(f"#action-{actions[1].pk}")
    row.get_by_role("link", name="Add progress").click()
    expect(row.get_by_role("heading", name="Add progress")).to_be_visible()
    check_page(page)
    row.get_by_role("link", name="Cancel").click()
    expect(row.get_by_role("link", name="Add progress")).to_be_visible()

    row.get_by_role("link", name="Add progress").click()
    row.get_by_label("Progress", exact=True).fill("Two schools briefed")
    row.get_by_label("Next steps").fill("The other four in January")
    row.get_by_label("This completes the action, on the date above").check()
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_text("The progress has been added.")).to_be_visible()
    expect(row.get_by_text("Two schools briefed")).to_be_visible()
    expect(row.get_by_text("Completed")).to_be_visible()
    assert page.url.endswith("?group=owner")
    check_page(page)
    actions[1].refresh_from_db()
    assert actions[1].status == "completed"


def test_several_get_a_date_and_an_owner_without_javascript(
    open_page: OpenPage, lead: User, actions: list[Action]
) -> None:
    page = open_page(lead, java_script_enabled=False)
    page.goto(REGISTER)
    page.get_by_role("link", name="3 have no date").click()
    page.get_by_role("link", name="Tick all on this page").click()
    for part, value in (("Day", "31"), ("Month", "3"), ("Year", "2027")):
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Give this date").click()
    expect(page.get_by_text("The date has been given to 3 actions.")).to_be_visible()
    assert {action.due_date for action in Action.objects.all()} == {datetime.date(2027, 3, 31)}

    page.goto(f"{REGISTER}?due=ownerless")
    page.get_by_label("Owner", exact=True).last.fill("Head of Culture")
    page.get_by_role("button", name="Give this owner").click()
    expect(
        page.get_by_role("link", name="Tick the actions that you want to change")
    ).to_be_visible()
    page.get_by_role("checkbox", name="Write to hotels.").check()
    page.get_by_role("button", name="Give this owner").click()
    expect(page.get_by_text("The owner has been given to 1 action.")).to_be_visible()
    assert [owner.name for owner in actions[2].owners.all()] == ["Head of Culture"]
