"""The board's journey: submitted, challenged, answered, signed off, reopened."""

import pytest
from playwright.sync_api import ViewportSize

from assessments.models import Challenge, Cycle, Snapshot, Stage, User
from tests.assessments.boards import act, answer, challenge, rate
from tests.browser.conftest import DESK, OpenPage
from tests.browser.keyboard import follow, tab_to, write
from tests.browser.watching import PHONE, check_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("snapshots_can_go"),
]

COLOURS_OF_WORDS = """() => [
    getComputedStyle(document.querySelector("svg.app-drawing > text")).fill,
    getComputedStyle(document.querySelector("h1")).color]"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_from_submission_to_a_new_version(
    open_page: OpenPage, cycle: Cycle, lead: User, chair: User, size: ViewportSize
) -> None:
    officer, board = open_page(lead), open_page(chair)
    for page in (officer, board):
        page.set_viewport_size(size)
    review = f"/councils/northmere/cycles/{cycle.pk}/review/"

    officer.goto(review)
    check_page(officer)
    officer.get_by_label("Why are you submitting with gaps?").fill("The police answer in May")
    officer.get_by_role("button", name="Submit for review").click()
    officer.get_by_text("In review: waiting for the board").wait_for()

    board.goto("/councils/northmere/")
    board.get_by_role("link", name="cycle to sign off").click()
    check_page(board)
    board.goto(f"/councils/northmere/cycles/{cycle.pk}/questions/1.1/")
    board.get_by_role("link", name="Ask about this").click()
    check_page(board)
    board.get_by_label("Your question or challenge").fill("Who owns the risks now?")
    board.get_by_role("button", name="Ask").click()

    officer.goto("/councils/northmere/")
    officer.get_by_role("link", name="challenge waits for you").click()
    check_page(officer)
    officer.get_by_role("link", name="Who owns the risks now?").click()
    check_page(officer)
    officer.get_by_label("Your reply").fill("The directors, since March")
    officer.get_by_role("button", name="Reply").click()

    board.goto("/councils/northmere/")
    board.get_by_role("link", name="challenge waits for you").click()
    board.get_by_role("link", name="Who owns the risks now?").click()
    board.get_by_text("The directors, since March").wait_for()
    board.get_by_role("button", name="Mark as resolved").click()
    board.goto(review)
    board.get_by_role("button", name="Go to sign-off").click()
    check_page(board)
    board.get_by_label("I confirm").check()
    board.get_by_role("button", name="Sign off").click()
    board.get_by_role("heading", name="Snapshot 1").wait_for()
    check_page(board)
    assert Snapshot.objects.get().sha256 in board.content()

    board.goto(review)
    board.get_by_text("Reopen it").click()
    board.get_by_label("Why does it have to be reopened?").fill("A figure was wrong")
    board.get_by_role("button", name="Reopen as a new version").click()
    board.get_by_text("version 2").wait_for()
    check_page(board)


def test_the_same_by_keyboard_alone(
    open_page: OpenPage, cycle: Cycle, lead: User, chair: User
) -> None:
    officer, board = open_page(lead), open_page(chair)
    place = f"/councils/northmere/cycles/{cycle.pk}"

    officer.goto(f"{place}/review/")
    write(officer, "textarea[name=submit-text]", "The police answer in May")
    follow(officer, "button", "Submit for review")
    officer.get_by_text("In review: waiting for the board").wait_for()

    board.goto(f"{place}/questions/1.1/")
    follow(board, "link", "Ask about this")
    write(board, "textarea[name=text]", "Who owns the risks now?")
    follow(board, "button", "Ask")
    board.get_by_text("Asked.").wait_for()

    officer.goto(f"{place}/challenges/")
    follow(officer, "link", "Who owns the risks now?")
    write(officer, "textarea[name=text]", "The directors, since March")
    follow(officer, "button", "Reply")
    officer.get_by_text("Your reply has been added").wait_for()

    board.goto(f"{place}/challenges/")
    follow(board, "link", "Who owns the risks now?")
    follow(board, "button", "Mark as resolved")
    board.get_by_text("Resolved.").wait_for()
    board.goto(f"{place}/review/")
    follow(board, "button", "Go to sign-off")
    tab_to(board, "input[name=declared]")
    board.keyboard.press("Space")
    follow(board, "button", "Sign off")
    board.get_by_role("heading", name="Snapshot 1").wait_for()

    board.goto(f"{place}/review/")
    tab_to(board, "summary", named="Reopen it")
    board.keyboard.press("Enter")
    write(board, "textarea[name=reopen-text]", "A figure was wrong")
    follow(board, "button", "Reopen as a new version")
    board.get_by_text("version 2").wait_for()

    cycle.refresh_from_db()
    assert (cycle.revision, cycle.stage) == (2, Stage.DRAFT)
    signed, asked = Snapshot.objects.get(), cycle.challenges.get()
    assert (signed.number, signed.revision, signed.signed_by) == (1, 1, chair)
    assert asked.state == Challenge.State.RESOLVED
    assert asked.replies.get().text == "The directors, since March"


def test_from_the_dashboard_to_the_rows_and_back_to_a_question(
    open_page: OpenPage, cycle: Cycle, lead: User, chair: User
) -> None:
    """Every page on the way, with something on it."""
    rate(cycle, 1, "red")
    answer(cycle, "1.1", "red", "green", "green")
    late = act(cycle, "1.1", "Renew the profile", "Ann", days=-3)
    challenge(cycle, chair)
    cycle.challenges.create(
        action=late, text="Why so late?", raised_by=chair, raised_at=cycle.started_at
    )
    cycle.questions.filter(question__ref="1.1").update(assignee=lead)
    board = open_page(chair)
    dashboard = f"/councils/northmere/cycles/{cycle.pk}/dashboard/"

    board.goto(dashboard)
    for summary in board.locator("summary").all():
        summary.click()
    check_page(board)
    board.emulate_media(forced_colors="active", color_scheme="dark")
    label, words = board.evaluate(COLOURS_OF_WORDS)
    assert label == words
    board.emulate_media(forced_colors="none", color_scheme="light")
    board.get_by_role("link", name="1 Red").first.click()
    board.get_by_role("heading", name="Benchmarks rated Red").wait_for()
    check_page(board)
    board.get_by_role("link", name="Back to the dashboard").click()
    board.get_by_role("link", name="1 action overdue").first.click()
    board.get_by_text("1 action in this list").wait_for()
    check_page(board)
    board.get_by_role("link", name="Read").click()
    check_page(board)
    board.get_by_role("link", name="Why so late?").click()
    check_page(board)
    board.goto(f"{dashboard}rows/?of=answers&rating=red")
    check_page(board)
    board.get_by_role("link", name="1.1, prompt 1").click()
    board.get_by_role("link", name="Ask about this action").click()
    check_page(board)


def test_a_lead_says_whom_people_answer_for(open_page: OpenPage, cycle: Cycle, lead: User) -> None:
    page = open_page(lead)
    page.goto("/councils/northmere/people/")
    page.get_by_role("link", name="Give organisations").click()
    check_page(page)
    page.get_by_label("Lena Lead").fill("x" * 101)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="100 characters or fewer").click()
    check_page(page)
    page.keyboard.type("Northmere")
    page.get_by_label("Lena Lead").fill("Northmere")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("1 organisation has been saved").wait_for()
    page.get_by_text("What has changed").click()
    check_page(page)
