"""The board's journey: submitted, challenged, answered, signed off, reopened."""

import pytest

from assessments.models import Cycle, Snapshot, User
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("snapshots_can_go"),
]


def test_from_submission_to_a_new_version(
    open_page: OpenPage, cycle: Cycle, lead: User, chair: User
) -> None:
    officer, board = open_page(lead), open_page(chair)
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
