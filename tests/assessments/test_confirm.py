"""Confirming what was carried forward: one by one, a question at a time, and never unseen."""

import pytest
from django.test import Client

from assessments.models import Cycle, User
from assessments.progress import QuestionStatus, progress_of
from assessments.services.actions import ActionInput, OwnerInput, Place, change_action
from assessments.services.review import submit
from tests.carrying import answer, question
from tests.cast import SignIn


@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def address(cycle: Cycle, *below: object) -> str:
    return "/".join(["/councils/northmere/cycles", str(cycle.pk), *map(str, below), ""])


def shown(cycle: Cycle, ref: str = "1.1") -> dict[str, object]:
    """What the page of a question posts when nothing on it is touched."""
    data: dict[str, object] = {}
    for row in cycle.answers.filter(question__ref=ref).select_related("rating"):
        rating = row.rating.slug if row.rating else ""
        data |= {
            f"answer-{row.pk}-rating": "not-applicable" if row.not_applicable else rating,
            f"answer-{row.pk}-reason": row.reason,
            f"answer-{row.pk}-reason_sensitivity": row.reason_sensitivity,
            f"answer-{row.pk}-version": row.version,
        }
    for row in cycle.statements.filter(question__ref=ref):
        data |= {
            f"evidence-{row.pk}-text": row.text,
            f"evidence-{row.pk}-covers": row.covers,
            f"evidence-{row.pk}-sensitivity": row.sensitivity,
            f"evidence-{row.pk}-version": row.version,
        }
    for item in cycle.evidence_items.filter(question__ref=ref):
        data[f"document-{item.pk}-version"] = item.version
    for link in cycle.action_links.filter(question__ref=ref).select_related("action"):
        data[f"action-{link.action_id}-version"] = link.action.version
    return data


def waiting(cycle: Cycle, ref: str = "1.1") -> int:
    return next(q for q in progress_of(cycle)[cycle.pk] if q.ref == ref).tally.to_confirm


def confirm_all(client: Client, cycle: Cycle, data: dict[str, object] | None = None):
    page = address(cycle, "questions", "1.1")
    return client.post(page, {**(data or shown(cycle)), "confirm": "everything"}, follow=True)


def test_one_button_confirms_what_the_question_shows(client: Client, carried: Cycle, lead: User):
    response = confirm_all(client, carried)
    assert "Question 1.1 confirmed at" in response.content.decode()
    first = next(q for q in progress_of(carried)[carried.pk] if q.ref == "1.1")
    assert (first.tally.answered, first.tally.to_confirm) == (3, 0)
    assert first.status == QuestionStatus.COMPLETED
    assert first.has_evidence
    assert response.redirect_chain[-1][0].endswith("/questions/1.2/")
    for row in [answer(carried, "1.1", 1), *carried.statements.all(), *carried.action_links.all()]:
        assert row.history.first().history_user == lead


def test_history_tells_who_confirmed(client: Client, carried: Cycle):
    confirm_all(client, carried)
    page = client.get(address(carried, "questions", "1.1", "history")).content.decode()
    assert "Rating of prompt 2 confirmed" in page
    assert "Evidence for prompts 1 and 3 confirmed" in page
    assert "Document “Local profile” confirmed" in page
    assert "Place at question 1.1 confirmed" in page


def test_saving_without_a_tick_confirms_nothing(client: Client, carried: Cycle):
    client.post(address(carried, "questions", "1.1"), shown(carried))
    assert waiting(carried) == 7


def test_a_tick_confirms_one_rating_or_one_statement(client: Client, carried: Cycle):
    row, statement = answer(carried, "1.1", 1), carried.statements.first()
    ticks = {f"answer-{row.pk}-confirm": "yes", f"evidence-{statement.pk}-confirm": "yes"}
    client.post(address(carried, "questions", "1.1"), {**shown(carried), **ticks})
    row.refresh_from_db()
    statement.refresh_from_db()
    assert (row.to_confirm, statement.to_confirm, waiting(carried)) == (False, False, 5)
    assert row.carried_from == "2025/26"


def test_saving_a_changed_answer_confirms_it_alone(client: Client, carried: Cycle):
    row, statement = answer(carried, "1.1", 2), carried.statements.first()
    data = {
        **shown(carried),
        f"answer-{row.pk}-rating": "green",
        f"evidence-{statement.pk}-text": "A new profile.",
    }
    client.post(address(carried, "questions", "1.1"), data)
    row.refresh_from_db()
    statement.refresh_from_db()
    assert (row.to_confirm, statement.to_confirm, waiting(carried)) == (False, False, 5)


def test_confirming_keeps_what_was_typed_on_the_same_page(client: Client, carried: Cycle):
    statement = carried.statements.first()
    data = {**shown(carried), f"evidence-{statement.pk}-text": "Typed meanwhile."}
    confirm_all(client, carried, data)
    statement.refresh_from_db()
    assert (statement.text, waiting(carried)) == ("Typed meanwhile.", 0)


def test_two_who_confirm_at_once_confirm_once(client: Client, carried: Cycle):
    seen = shown(carried)
    confirm_all(client, carried, seen)
    counts = [row.history.count() for row in carried.answers.all()]
    response = confirm_all(client, carried, seen)
    assert response.status_code == 200
    assert [row.history.count() for row in carried.answers.all()] == counts
    assert waiting(carried) == 0


def test_words_changed_since_the_page_was_opened_are_not_confirmed_with_it(
    client: Client, carried: Cycle
):
    """Somebody imports or restores other words, still to be confirmed, while the page is open."""
    seen = shown(carried)
    statement = carried.statements.first()
    statement.text, statement.version = "Never seen.", statement.version + 1
    statement.save()
    confirm_all(client, carried, seen)
    statement.refresh_from_db()
    assert (statement.text, statement.to_confirm, waiting(carried)) == ("Never seen.", True, 1)


def test_an_action_changed_elsewhere_is_not_confirmed_unseen(
    client: Client, last: Cycle, carried: Cycle, lead: User
):
    seen = shown(carried)
    action = carried.action_links.get().action
    change_action(
        cycle=last,
        action=action,
        version=action.version,
        change=ActionInput(
            text="Something else",
            status=action.status,
            due_date=None,
            due_words="",
            completed_on=None,
            sensitivity="public",
            owners=frozenset({OwnerInput(lead.name, lead.pk)}),
            places=frozenset({Place(question(last, "1.1").pk)}),
        ),
        by=lead,
    )
    response = confirm_all(client, carried, seen)
    assert "has changed since you opened the page" in response.content.decode()
    assert response.redirect_chain[-1][0] == address(carried, "questions", "1.1")
    assert waiting(carried) == 1
    confirm_all(client, carried)
    assert waiting(carried) == 0


def test_changing_an_action_in_the_cycle_confirms_that_it_belongs_there(
    client: Client, carried: Cycle, lead: User
):
    action = carried.action_links.get().action
    change_action(
        cycle=carried,
        action=action,
        version=action.version,
        change=ActionInput(
            text="Share it wider",
            status=action.status,
            due_date=None,
            due_words="",
            completed_on=None,
            sensitivity="public",
            owners=frozenset({OwnerInput(lead.name, lead.pk)}),
            places=frozenset({Place(question(carried, "1.1").pk)}),
        ),
        by=lead,
    )
    assert not carried.action_links.get().to_confirm


def test_a_document_and_an_action_are_confirmed_one_by_one(client: Client, carried: Cycle):
    item, link = carried.evidence_items.get(), carried.action_links.select_related("action").get()
    there = address(carried, "documents", item.pk, "confirm")
    response = client.post(there, {f"document-{item.pk}-version": item.version}, follow=True)
    assert "Confirmed." in response.content.decode()
    there = address(carried, "questions", "1.1", "actions", link.action_id, "confirm")
    client.post(there, {f"action-{link.action_id}-version": link.action.version})
    assert waiting(carried) == 5
    again = client.post(there, {f"action-{link.action_id}-version": 1}, follow=True)
    assert "had been confirmed already" in again.content.decode()


def test_confirmed_in_place_the_section_comes_back(client: Client, carried: Cycle):
    item = carried.evidence_items.get()
    there = address(carried, "documents", item.pk, "confirm")
    data = {f"document-{item.pk}-version": item.version}
    response = client.post(there, data, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert 'id="question-documents"' in page
    assert "To confirm" not in page


@pytest.mark.parametrize("version", ["", "0", "99", "=1", "٣"])
def test_a_document_at_another_version_is_not_confirmed(
    client: Client, carried: Cycle, version: str
):
    item = carried.evidence_items.get()
    there = address(carried, "documents", item.pk, "confirm")
    client.post(there, {f"document-{item.pk}-version": version})
    item.refresh_from_db()
    assert item.to_confirm


def test_a_draft_keeps_its_ticks(client: Client, carried: Cycle):
    row = answer(carried, "1.1", 1)
    there = address(carried, "questions", "1.1")
    client.post(f"{there}draft/", {**shown(carried), f"answer-{row.pk}-confirm": "yes"})
    page = client.get(there).content.decode()
    assert (
        f'name="answer-{row.pk}-confirm" id="answer-{row.pk}-confirm" value="yes" checked' in page
    )


def test_a_contributor_confirms_only_what_is_theirs(as_: SignIn, contributor: User, carried: Cycle):
    client = as_(contributor)
    assert confirm_all(client, carried).status_code == 403
    carried.questions.filter(question__ref="1.1").update(assignee=contributor)
    assert confirm_all(client, carried).status_code == 200
    assert waiting(carried) == 0


def test_nothing_can_be_confirmed_once_the_cycle_is_signed_off(client: Client, carried: Cycle):
    Cycle.objects.filter(pk=carried.pk).update(stage="signed-off")
    confirm_all(client, carried)
    assert waiting(carried) == 7


# The judgement ------------------------------------------------------------------------------
def judgement(cycle: Cycle, **changes: object) -> dict[str, object]:
    row = cycle.benchmarks.select_related("rating").get(benchmark__number=1)
    return {
        "version": row.version,
        "rating-value": row.rating.slug,
        "rating-reason": row.reason,
        "rating-reason_sensitivity": row.reason_sensitivity,
        "actions-text": row.actions,
        "actions-sensitivity": row.actions_sensitivity,
        "comments-text": row.comments,
        "comments-sensitivity": row.comments_sensitivity,
        **changes,
    }


def is_waiting(cycle: Cycle) -> bool:
    return cycle.benchmarks.get(benchmark__number=1).to_confirm


def test_a_judgement_is_confirmed_as_it_stands(client: Client, carried: Cycle, lead: User):
    page = address(carried, "benchmarks", 1)
    response = client.post(page, judgement(carried, confirm="everything"), follow=True)
    assert "Benchmark 1 confirmed." in response.content.decode()
    assert not is_waiting(carried)
    row = carried.benchmarks.get(benchmark__number=1)
    assert (row.rating.slug, row.is_decided) == ("green", True)
    assert row.history.first().history_user == lead


def test_saving_a_judgement_unchanged_leaves_it_to_confirm(client: Client, carried: Cycle):
    page = address(carried, "benchmarks", 1)
    response = client.post(page, judgement(carried), follow=True)
    assert "is still to confirm" in response.content.decode()
    assert is_waiting(carried)


def test_saving_a_changed_judgement_confirms_it(client: Client, carried: Cycle):
    page = address(carried, "benchmarks", 1)
    client.post(page, judgement(carried, **{"comments-text": "New words"}))
    assert not is_waiting(carried)


def test_a_judgement_changed_since_is_not_confirmed_unseen(client: Client, carried: Cycle):
    seen = judgement(carried, confirm="everything")
    row = carried.benchmarks.get(benchmark__number=1)
    row.comments, row.version = "Never seen", row.version + 1
    row.save()
    page = address(carried, "benchmarks", 1)
    response = client.post(page, seen, follow=True)
    assert "has changed since you opened the page" in response.content.decode()
    assert is_waiting(carried)


def test_what_waits_can_only_be_submitted_as_an_accepted_gap(
    client: Client, carried: Cycle, lead: User
):
    page = client.get(address(carried, "review")).content.decode()
    assert "Why are you submitting with gaps?" in page
    step = submit(cycle=carried, gaps=9, reason="We confirm them in May.", by=lead)
    assert step.gaps == 9
