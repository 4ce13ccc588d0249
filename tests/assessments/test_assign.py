"""Giving questions to people."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from assessments.models import Cycle, Membership, Role, User
from assessments.services.assignments import assign_questions
from tests.cast import SignIn
from tests.volume import fill


def address(cycle: Cycle) -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/assign/"


def held_by(user: User | None, cycle: Cycle) -> list[str]:
    return list(cycle.questions.filter(assignee=user).values_list("question__ref", flat=True))


@pytest.fixture
def client_of_lead(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def test_ticked_questions_go_to_a_person_with_history(
    client_of_lead: Client, lead: User, contributor: User, cycle: Cycle
):
    data = {"refs": ["1.2", "2.1"], "assignee": str(contributor.pk)}
    response = client_of_lead.post(address(cycle), data, follow=True)
    assert held_by(contributor, cycle) == ["1.2", "2.1"]
    assert "2 questions given to Conor Contributor" in response.content.decode()
    row = cycle.questions.get(question__ref="1.2")
    assert row.history.get().history_user == lead


def test_a_whole_benchmark_is_given_with_one_tick(
    client_of_lead: Client, contributor: User, cycle: Cycle
):
    data = {"benchmarks": ["1"], "refs": ["1.1", "2.2"], "assignee": str(contributor.pk)}
    client_of_lead.post(address(cycle), data)
    assert held_by(contributor, cycle) == ["1.1", "1.2", "2.2"]


def test_questions_change_hands_and_are_taken_back(
    client_of_lead: Client, lead: User, contributor: User, cycle: Cycle
):
    client_of_lead.post(address(cycle), {"benchmarks": [1, 2], "assignee": str(contributor.pk)})
    client_of_lead.post(address(cycle), {"refs": ["1.1"], "assignee": str(lead.pk)})
    data = {"refs": ["1.2"], "assignee": "nobody"}
    page = client_of_lead.post(address(cycle), data, follow=True).content.decode()
    assert "1 question taken back" in page
    assert held_by(lead, cycle) == ["1.1"]
    assert held_by(None, cycle) == ["1.2"]
    assert cycle.questions.get(question__ref="1.1").history.count() == 2


def test_what_does_not_change_leaves_no_history(
    client_of_lead: Client, contributor: User, cycle: Cycle
):
    data = {"refs": ["1.1"], "assignee": str(contributor.pk)}
    client_of_lead.post(address(cycle), data)
    page = client_of_lead.post(address(cycle), data, follow=True).content.decode()
    assert "Nothing has changed" in page
    assert cycle.questions.get(question__ref="1.1").history.count() == 1


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"refs": ["1.1"]}, "id_assignee", "Choose who gets the ticked questions"),
        ({"assignee": "nobody"}, "question-1.1", "Tick at least one question"),
        ({"refs": ["9.9"], "assignee": "nobody"}, "question-1.1", "9.9 is not one"),
        ({"refs": ["1.1"], "assignee": "999999"}, "id_assignee", "choose another"),
        ({"refs": ["1.1"], "assignee": "x"}, "id_assignee", "choose another"),
        ({"benchmarks": ["x"], "assignee": "nobody"}, "question-1.1", "x is not one"),
    ],
)
def test_a_mistake_is_explained_and_keeps_the_ticks(
    client_of_lead: Client, contributor: User, cycle: Cycle, data, field, message
):
    page = client_of_lead.post(address(cycle), data).content.decode()
    assert "<title>Error: Assign questions" in page
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert message in page
    assert ('id="question-1.1" aria-describedby="who-1.1" checked' in page) == (
        data.get("refs") == ["1.1"]
    )
    assert held_by(None, cycle) == ["1.1", "1.2", "2.1", "2.2"]


@pytest.mark.parametrize("who", ["chair", "publisher", "viewer", "stranger"])
def test_only_members_who_may_answer_can_be_given_questions(
    client_of_lead: Client, request, cycle: Cycle, who: str
):
    person = request.getfixturevalue(who)
    assert person.name not in client_of_lead.get(address(cycle)).content.decode()
    data = {"refs": ["1.1"], "assignee": str(person.pk)}
    assert client_of_lead.post(address(cycle), data).status_code == 200
    assert held_by(person, cycle) == []


def test_somebody_demoted_meanwhile_gets_nothing(lead: User, contributor: User, cycle: Cycle):
    Membership.objects.filter(user=contributor).update(role=Role.VIEWER)
    with pytest.raises(ValidationError, match="can no longer answer"):
        assign_questions(cycle=cycle, refs=["1.1"], assignee=contributor, by=lead)
    assert held_by(contributor, cycle) == []


def test_other_cycles_stay_as_they_are(
    client_of_lead: Client, lead: User, contributor: User, cycle: Cycle
):
    fill(cycle, lead)
    client_of_lead.post(address(cycle), {"benchmarks": [1, 2], "assignee": str(contributor.pk)})
    others = cycle.council.cycles.exclude(pk=cycle.pk)
    assert not others.filter(questions__assignee=contributor).exists()


def test_assigning_many_costs_no_more_than_assigning_one(
    client_of_lead: Client, contributor: User, lead: User, cycle: Cycle, django_assert_num_queries
):
    with django_assert_num_queries(7):  # savepoint and release among them
        assign_questions(cycle=cycle, refs=["1.1"], assignee=contributor, by=lead)
    with django_assert_num_queries(7):
        assign_questions(cycle=cycle, refs=["1.2", "2.1", "2.2"], assignee=contributor, by=lead)
