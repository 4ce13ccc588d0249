"""A contributor answers what is theirs, also when the lead saves first."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Cycle, User
from assessments.services.answers import StatementInput, save_question
from assessments.services.assignments import assign_questions
from tests.browser.conftest import OpenPage
from tests.browser.watching import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def theirs(cycle: Cycle, lead: User, contributor: User) -> Cycle:
    """A cycle in which one question, not the first, is the contributor's."""
    assign_questions(cycle=cycle, refs=["2.2"], assignee=contributor, by=lead)
    return cycle


def address(cycle: Cycle, ref: str) -> str:
    return f"/councils/{cycle.council.slug}/cycles/{cycle.pk}/questions/{ref}/"


def test_contributor_sees_their_own_question_first_and_answers_it(
    open_page: OpenPage, theirs: Cycle, contributor: User
) -> None:
    page = open_page(contributor)
    check_page(page)
    page.get_by_role("region", name="Waiting for you").get_by_role("link").click()
    expect(page.get_by_role("link", name="Question 2.2?")).to_be_visible()
    expect(page.get_by_role("link", name="Question 1.1?")).to_be_hidden()
    check_page(page)

    page.get_by_role("link", name="Question 2.2?").click()
    check_page(page)
    rate(page, 1, "Green")
    rate(page, 2, "Amber")
    page.get_by_label("Evidence for prompt 1").fill("All staff, at induction and then yearly")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_text("Question 2.2 saved at")).to_be_visible()
    assert ratings(theirs) == ["green", "amber"]
    assert theirs.statements.get().history.get().history_user == contributor


def test_contributor_reads_other_questions_without_a_form(
    open_page: OpenPage, theirs: Cycle, contributor: User
) -> None:
    page = open_page(contributor)
    page.goto(address(theirs, "1.1"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.1")
    expect(page.get_by_role("button", name="Save and continue")).to_be_hidden()
    check_page(page)


def test_second_to_save_gets_both_texts_and_edits_them_together(
    open_page: OpenPage, theirs: Cycle, lead: User, contributor: User
) -> None:
    write_evidence(theirs, "Induction", by=lead)
    first, second = open_page(lead), open_page(contributor)
    for page in (first, second):
        page.goto(address(theirs, "2.2"))
    answer(first, "Green", "Induction, and a yearly refresher")
    expect(first.get_by_text("Question 2.2 saved at")).to_be_visible()
    answer(second, "Red", "Induction, but nobody checks who came")

    expect(second.get_by_role("heading", level=1)).to_have_text("Somebody else saved first")
    check_page(second)
    rating = second.get_by_role("region", name="Rating of prompt 1")
    expect(rating).to_contain_text("Green")
    expect(rating).to_contain_text("Red")
    rating.get_by_label("Keep theirs").check()
    evidence = second.get_by_role("region", name="Evidence for prompt 1")
    expect(evidence).to_contain_text(f"saved by {lead.name}")
    evidence.get_by_label("Edit together").check()
    both = evidence.get_by_label("Both texts")
    expect(both).to_have_value(
        "Induction, and a yearly refresher\n\nInduction, but nobody checks who came"
    )
    both.fill("Induction and a yearly refresher, but nobody checks who came")
    second.get_by_role("button", name="Save my choices").click()

    expect(second.get_by_text("Question 2.2 saved at")).to_be_visible()
    assert ratings(theirs) == ["green", None]
    statement = theirs.statements.get()
    assert statement.text == "Induction and a yearly refresher, but nobody checks who came"
    assert [entry.history_user for entry in statement.history.all()] == [contributor, lead, lead]


def write_evidence(cycle: Cycle, text: str, *, by: User) -> None:
    said = StatementInput(None, 0, text, covers=(1,), sensitivity="public")
    assessment = cycle.questions.get(question__ref="2.2")
    save_question(assessment=assessment, answers=[], statements=[said], by=by)


def rate(page: Page, prompt: int, level: str) -> None:
    page.get_by_role("group", name="Rating").nth(prompt - 1).get_by_label(level).check()


def answer(page: Page, level: str, text: str) -> None:
    rate(page, 1, level)
    page.get_by_label("Evidence for prompt 1").first.fill(text)
    page.get_by_role("button", name="Save and stay here").click()


def ratings(cycle: Cycle) -> list[str | None]:
    rows = cycle.answers.filter(question__ref="2.2").order_by("prompt__position")
    return list(rows.values_list("rating__slug", flat=True))
