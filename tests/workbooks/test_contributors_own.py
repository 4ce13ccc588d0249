"""A contributor sends back a workbook themselves, and changes no more than on screen."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Cycle,
    EvidenceStatement,
    ReturnedWorkbook,
    User,
)
from assessments.services.workbooks import confirm_return, merge_of
from assessments.workbooks.merging import NOT_YOUR_ACTION, NOT_YOURS
from tests.cast import SignIn
from tests.workbooks.sheets import Partner, partner_of, sent_back
from tests.workbooks.spreadsheets import send, typed, workbook


@pytest.fixture
def given(cycle: Cycle, contributor: User) -> Cycle:
    """Question 1.1 is the contributor's."""
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    return cycle


@pytest.fixture
def client(as_: SignIn, contributor: User) -> Client:
    return as_(contributor)


def address(cycle: Cycle, name: str = "workbooks", *more: int) -> str:
    return reverse(f"councils:{name}", args=["northmere", cycle.pk, *more])


def upload(client: Client, cycle: Cycle, partner: Partner) -> Any:
    file = SimpleUploadedFile("back.xlsx", partner.file)
    return client.post(address(cycle), {"workbook": file}, follow=True)


def action_beside(cycle: Cycle, ref: str, text: str, owner: User | None = None) -> Action:
    action = Action.objects.create(council=cycle.council, text=text)
    question = cycle.questions.get(question__ref=ref).question
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    if owner:
        ActionOwner.objects.create(action=action, name=owner.name, user=owner)
    return action


def test_their_own_workbook_is_written_and_the_history_says_so(
    client: Client, given: Cycle, contributor: User
) -> None:
    partner = partner_of(given, contributor, contributor)
    partner.write("1.1/1", "evidence", "Seven risks are known.").write("1.1/2", "rating", "Green")
    page = upload(client, given, partner).content.decode()
    assert "<strong>2</strong> changes: <strong>2</strong> will be written" in page
    returned = ReturnedWorkbook.objects.get()
    done = client.post(address(given, "confirm_workbook", returned.pk), follow=True)
    assert "2 changes written from “back.xlsx”." in done.content.decode()
    entry = given.statements.get().history.get()
    assert (entry.history_user, entry.history_change_reason) == (
        contributor,
        "From the workbook of Conor Contributor",
    )


def test_what_is_not_theirs_is_refused_in_a_sentence_and_stays_in_the_tray(
    client: Client, given: Cycle, lead: User
) -> None:
    theirs = action_beside(given, "2.1", "Ask the board.")
    partner = partner_of(given, lead)  # everybody's
    partner.write("1.1/1", "evidence", "Seven risks are known.")
    partner.write("2.1/0", "evidence", "All are trained.").write("2.1/0", "rating", "Green")
    partner.write(f"action/{theirs.pk}", "status", "Completed")
    partner.add_action(action="Tell them", beside="1.1; 2.1")
    page = upload(client, given, partner).content.decode()
    assert "<strong>1</strong> will be written, <strong>4</strong> not yours to change" in page
    assert page.count(f"{NOT_YOURS}.") == 3
    assert page.count(f"{NOT_YOUR_ACTION}.") == 1

    returned = ReturnedWorkbook.objects.get()
    numbers = [each.said.number for each in merge_of(returned).changes]
    answered = [client.get(address(given, "workbook_change", returned.pk, n)) for n in numbers]
    assert sorted(each.status_code for each in answered) == [200, 404, 404, 404, 404]
    client.post(address(given, "confirm_workbook", returned.pk))
    assert [each.text for each in given.statements.all()] == ["Seven risks are known."]
    assert not given.answers.exclude(rating=None).exists()
    assert Action.objects.get().status == "not-started"
    tray = client.get(address(given, "tray")).content.decode()
    for words in ("All are trained.", "Rating: ● Green", "Status: Completed", "Tell them"):
        assert words in tray


def test_their_action_and_one_beside_their_question_are_theirs(
    client: Client, given: Cycle, lead: User, contributor: User
) -> None:
    own = action_beside(given, "2.1", "Ask the board.", contributor)
    beside = action_beside(given, "1.1", "Ask the police.")
    partner = partner_of(given, lead)
    for each in (own, beside):
        partner.write(f"action/{each.pk}", "progress", "We asked.")
    partner.add_action(action="Tell them", beside="1.1, prompt 2")
    upload(client, given, partner)
    client.post(address(given, "confirm_workbook", ReturnedWorkbook.objects.get().pk))
    assert own.updates.get().text == beside.updates.get().text == "We asked."
    assert Action.objects.filter(text="Tell them").exists()


def test_a_question_taken_away_meanwhile_is_no_longer_written(
    given: Cycle, contributor: User
) -> None:
    partner = partner_of(given, contributor, contributor).write("1.1/1", "evidence", "Seven.")
    returned = sent_back(given, partner.file, contributor)
    assert len(merge_of(returned, limited_to=contributor).taken) == 1
    given.questions.update(assignee=None)
    done = confirm_return(returned=returned, by=contributor, limited_to=contributor)
    assert (done.written, EvidenceStatement.objects.count()) == (0, 0)
    assert done.notes[-1]["text"].startswith("Evidence: Seven.")


def test_a_lead_takes_over_what_a_contributor_uploaded(
    as_: SignIn, client: Client, given: Cycle, lead: User
) -> None:
    upload(client, given, partner_of(given, lead).write("2.1/0", "evidence", "All are trained."))
    returned = ReturnedWorkbook.objects.get()
    as_(lead).post(address(given, "confirm_workbook", returned.pk))
    assert given.statements.get().text == "All are trained."


def test_a_contributor_sees_the_files_that_they_uploaded(
    client: Client, given: Cycle, lead: User
) -> None:
    other = sent_back(given, partner_of(given, lead).file, lead)
    upload(client, given, partner_of(given, lead))
    own = ReturnedWorkbook.objects.exclude(pk=other.pk).get()
    content = client.get(address(given)).content.decode()
    assert address(given, "returned_workbook", own.pk) in content
    assert address(given, "returned_workbook", other.pk) not in content


def test_a_spreadsheet_of_their_own_is_placed_among_their_questions(
    client: Client, given: Cycle
) -> None:
    page = send(client, given, workbook())
    review = client.post(page.redirect_chain[-1][0], typed(page), follow=True).content.decode()
    assert "<strong>5</strong> will be written, <strong>3</strong> not yours to change" in review
    returned = ReturnedWorkbook.objects.get()
    row = client.get(address(given, "workbook_row", returned.pk, 8)).content.decode()
    assert "1.1, prompt 2" in row
    assert "2.1" not in row
