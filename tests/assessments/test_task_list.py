"""A cycle's task list."""

import re

from django.test import Client

from assessments.models import Challenge, Cycle, EvidenceStatement, User
from tests.assessments.boards import act, challenge
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.volume import fill


def address(cycle: Cycle, query: str = "") -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/{query}"


def text(client: Client, cycle: Cycle, query: str = "") -> str:
    response = client.get(address(cycle, query))
    assert response.status_code == 200
    return response.content.decode()


def tasks(page: str) -> list[tuple[str, str, str]]:
    """Ref, who has it, and status of each row."""
    rows = re.findall(r'<li class="govuk-task-list__item.*?</li>', page, re.DOTALL)
    words = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "|", row)) for row in rows]
    parts = [[p for p in map(str.strip, each.split("|")) if p] for each in words]
    return [(p[0], p[2] if len(p) > 3 else "", p[-1]) for p in parts]


def headings(page: str) -> list[str]:
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in found]


def test_each_question_says_who_has_it_and_how_far_it_is(
    as_: SignIn, lead: User, contributor: User, cycle: Cycle
):
    cycle.questions.filter(question__ref="1.2").update(assignee=contributor)
    cycle.answers.filter(question__ref="1.2").update(not_applicable=True)
    question = cycle.questions.get(question__ref="2.1").question
    EvidenceStatement.objects.create(cycle=cycle, question=question, text="Said.")
    page = text(as_(lead), cycle)
    assert tasks(page) == [
        ("1.1", "Not assigned", "Not started"),
        ("1.2", "Conor Contributor", "Completed"),
        ("2.1", "Not assigned", "In progress"),
        ("2.2", "Not assigned", "Not started"),
    ]
    assert headings(page)[-2:] == ["1. Local risk", "2. Training"]
    assert "1 of 7 answers given" in page
    assert '<progress class="app-progress__bar" id="progress" value="1" max="7">' in page
    assert "submitted" not in page.lower()


def test_a_benchmark_is_not_decided_until_a_person_has(as_: SignIn, lead: User, cycle: Cycle):
    cycle.answers.filter(question__benchmark__number=1).update(
        rating=cycle.scale.levels.get(slug="green")
    )
    assert text(as_(lead), cycle).count("Not decided") == 2
    first = cycle.benchmarks.first()
    first.rating = cycle.scale.levels.get(slug="amber")
    first.save()
    page = text(as_(lead), cycle)
    assert page.count("Not decided") == 1
    assert "Amber" in page


def test_the_filters_are_links_with_their_counts(
    as_: SignIn, lead: User, contributor: User, cycle: Cycle
):
    cycle.questions.filter(question__ref__in=["1.2", "2.1"]).update(assignee=lead)
    cycle.answers.filter(question__ref="1.2").update(not_applicable=True)
    client = as_(lead)
    page = text(client, cycle)
    for label in ("All (4)", "Yours (2)", "Unanswered (3)"):
        assert label in page
    assert [ref for ref, *_ in tasks(text(client, cycle, "?show=mine"))] == ["1.2", "2.1"]
    unanswered = text(client, cycle, "?show=unanswered")
    assert [ref for ref, *_ in tasks(unanswered)] == ["1.1", "2.1", "2.2"]
    assert "1 of 7 answers given" in unanswered  # of the whole cycle still
    assert len(tasks(text(client, cycle, "?show=%3Cscript%3E"))) == 4


def test_a_contributor_sees_first_what_is_theirs(
    as_: SignIn, contributor: User, lead: User, cycle: Cycle
):
    cycle.questions.filter(question__ref="2.2").update(assignee=contributor)
    page = text(as_(contributor), cycle)
    assert headings(page)[-3:] == ["Yours", "1. Local risk", "2. Training"]
    assert [ref for ref, *_ in tasks(page)] == ["2.2", "1.1", "1.2", "2.1", "2.2"]
    assert "Start with question 2.2" in page
    assert "Assign questions" not in page
    assert "Yours" not in headings(text(as_(lead), cycle))


def test_what_is_asked_about_is_found_at_its_question(
    as_: SignIn, lead: User, chair: User, cycle: Cycle
):
    client = as_(lead)
    assert "Challenged" not in text(client, cycle)
    challenge(cycle, chair)  # on benchmark 2 as a whole
    on_action = {"benchmark": None, "action": act(cycle, "1.2", "Share it.")}
    Challenge.objects.filter(pk=challenge(cycle, chair).pk).update(**on_action)
    challenge(cycle, chair, "resolved")
    page = text(client, cycle, "?show=challenged")
    assert "Challenged (2)" in page
    assert [ref for ref, *_ in tasks(page)] == ["1.2"]
    assert headings(page)[-2:] == ["1. Local risk", "2. Training"]


def test_empty_filters_say_why(as_: SignIn, contributor: User, cycle: Cycle):
    client = as_(contributor)
    assert "No question is assigned to you" in text(client, cycle, "?show=mine")
    cycle.answers.update(not_applicable=True)
    assert "Every question is answered" in text(client, cycle, "?show=unanswered")


def test_a_reviewer_has_no_questions_of_their_own(as_: SignIn, chair: User, cycle: Cycle):
    page = text(as_(chair), cycle)
    assert "Yours (" not in page
    assert "Read the front sheet" in page


def test_a_cycle_of_another_council_is_not_found_here(as_: SignIn, stranger: User, cycle: Cycle):
    client = as_(stranger)
    assert client.get(address(cycle)).status_code == 404
    assert client.get(f"/councils/southbeck/cycles/{cycle.pk}/").status_code == 404


def test_budget_of_a_contributor(as_: SignIn, contributor: User, cycle: Cycle):
    client = as_(contributor)
    assert_budget("councils:cycle, contributor", lambda: client.get(address(cycle)))
    fill(cycle, contributor)
    assert_budget("councils:cycle, contributor", lambda: client.get(address(cycle)))
