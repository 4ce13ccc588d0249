"""Whom people answer for: given together on one page, spelt alike, and never overwritten unseen."""

import re

import pytest
from django.test import Client

from assessments.models import Council, Cycle, Membership, Role, User
from tests.cast import SignIn, member

PEOPLE = "/councils/northmere/people/"
PAGE = f"{PEOPLE}organisations/"


@pytest.fixture
def client_of_lead(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def membership(user: User) -> Membership:
    return Membership.objects.get(user=user, council__slug="northmere")


def typed(user: User, now: str, was: str = "") -> dict[str, str]:
    key = membership(user).pk
    return {f"organisation-{key}": now, f"was-{key}": was}


def give(user: User, organisation: str) -> None:
    row = membership(user)
    row.organisation = organisation
    row.save()


def test_several_are_given_at_once_with_their_history(
    client_of_lead: Client, lead: User, contributor: User, viewer: User
):
    data = typed(contributor, "  Westmarch   Police ") | typed(viewer, "Harle ward")
    page = client_of_lead.post(PAGE, data, follow=True).content.decode()
    assert "2 organisations have been saved." in page
    assert membership(contributor).organisation == "Westmarch Police"
    assert membership(contributor).history.get(history_type="~").history_user == lead
    assert "Conor Contributor answers for Westmarch Police" in page
    assert membership(lead).history.count() == 1


def test_the_list_says_who_has_none_and_where_to_mend_it(client_of_lead: Client, contributor: User):
    page = client_of_lead.get(PEOPLE).content.decode()
    assert "2 people have no organisation" in page
    assert f'href="{PAGE}"' in page
    assert f"{PAGE}#id_organisation-{membership(contributor).pk}" in page
    assert f'id="id_organisation-{membership(contributor).pk}"' in (
        client_of_lead.get(PAGE).content.decode()
    )


def test_those_without_come_first_and_what_is_in_use_is_suggested(
    client_of_lead: Client, lead: User, contributor: User
):
    give(contributor, "Police & <b>Fire</b>")
    page = client_of_lead.get(PAGE).content.decode()
    assert page.index("No organisation given") < page.index("Lena Lead</label>")
    assert page.index("Lena Lead</label>") < page.index("Conor Contributor</label>")
    assert '<option value="Police &amp; &lt;b&gt;Fire&lt;/b&gt;"></option>' in page


def test_the_same_in_other_letters_is_the_same(
    client_of_lead: Client, contributor: User, viewer: User
):
    give(contributor, "Police")
    client_of_lead.post(PAGE, typed(viewer, "POLICE"))
    assert membership(viewer).organisation == "Police"
    client_of_lead.post(PAGE, typed(contributor, "police", was="Police"))
    assert membership(contributor).organisation == "Police"


def test_a_spelling_of_their_own_can_be_mended(client_of_lead: Client, contributor: User):
    give(contributor, "police")
    client_of_lead.post(PAGE, typed(contributor, "Police", was="police"))
    assert membership(contributor).organisation == "Police"


def test_it_can_be_taken_back(client_of_lead: Client, contributor: User):
    give(contributor, "Police")
    page = client_of_lead.post(PAGE, typed(contributor, "", was="Police"), follow=True)
    assert membership(contributor).organisation == ""
    assert "Conor Contributor answers for no organisation" in page.content.decode()


def test_what_somebody_else_saved_meanwhile_is_shown_and_both_are_kept(
    client_of_lead: Client, contributor: User, viewer: User
):
    give(contributor, "Education")
    data = typed(contributor, "Police") | typed(viewer, "Harle ward")
    page = client_of_lead.post(PAGE, data).content.decode()
    assert "Somebody has changed this to “Education” meanwhile" in page
    assert "<title>Error: Organisations" in page
    assert 'value="Police"' in page
    assert 'value="Harle ward"' in page
    assert membership(contributor).organisation == "Education"
    assert membership(viewer).organisation == ""

    key = membership(contributor).pk
    seen = re.search(rf'name="was-{key}" value="([^"]*)"', page)[1]
    client_of_lead.post(PAGE, typed(contributor, "Police", was=seen) | typed(viewer, "Harle ward"))
    assert membership(contributor).organisation == "Police"
    assert membership(viewer).organisation == "Harle ward"


def test_a_row_left_as_it_was_takes_nothing_from_somebody_else(
    client_of_lead: Client, contributor: User, viewer: User
):
    give(contributor, "Education")
    client_of_lead.post(PAGE, typed(contributor, "") | typed(viewer, "Harle ward"))
    assert membership(contributor).organisation == "Education"
    assert membership(viewer).organisation == "Harle ward"


@pytest.mark.parametrize(
    ("value", "message"),
    [("x" * 101, "100 characters or fewer"), ("a\x00b", "Null characters are not allowed")],
)
def test_a_mistake_is_explained_and_saves_nothing(
    client_of_lead: Client, contributor: User, value: str, message: str
):
    page = client_of_lead.post(PAGE, typed(contributor, value)).content.decode()
    assert message in page
    assert f'href="#id_organisation-{membership(contributor).pk}"' in page
    assert membership(contributor).organisation == ""


def test_another_councils_member_is_out_of_reach(
    client_of_lead: Client, stranger: User, southbeck: Council
):
    key = Membership.objects.get(user=stranger).pk
    client_of_lead.post(PAGE, {f"organisation-{key}": "Taken", f"was-{key}": ""})
    assert Membership.objects.get(pk=key).organisation == ""


def test_it_can_be_given_when_somebody_is_added(client_of_lead: Client, contributor: User):
    give(contributor, "Police")
    assert '<option value="Police">' in client_of_lead.get(f"{PEOPLE}add/").content.decode()
    new = {"name": "Nadia", "email": "nadia@police.example", "role": "contributor"}
    client_of_lead.post(f"{PEOPLE}add/", {**new, "organisation": "police"})
    added = Membership.objects.get(user__email="nadia@police.example")
    assert added.organisation == "Police"
    page = client_of_lead.get(PEOPLE).content.decode()
    assert "Nadia was added: Contributor" in page
    assert "Nadia answers for Police" in page


def test_the_list_of_changes_tells_of_roles_and_of_those_who_left(
    client_of_lead: Client, contributor: User, viewer: User
):
    key = membership(contributor).pk
    client_of_lead.post(f"{PEOPLE}{key}/role/", {"role": "publisher"})
    client_of_lead.post(f"{PEOPLE}{membership(viewer).pk}/remove/")
    page = client_of_lead.get(PEOPLE).content.decode()
    assert "Conor Contributor is now: Democratic services (publisher)" in page
    assert "Vic Viewer was removed" in page


def test_whoever_assigns_questions_sees_it(
    client_of_lead: Client, contributor: User, cycle: Cycle, northmere: Council
):
    give(contributor, "Police")
    member(northmere, Role.CONTRIBUTOR, "Ida Independent")
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    page = client_of_lead.get(f"/councils/northmere/cycles/{cycle.pk}/assign/").content.decode()
    assert page.count("Conor Contributor (Police)") == 2
    assert ">Ida Independent</option>" in page


def test_somebody_who_joined_while_the_page_was_open_keeps_theirs(
    client_of_lead: Client, contributor: User, viewer: User
):
    data = typed(viewer, "Harle ward")
    give(contributor, "Police")
    client_of_lead.post(PAGE, data)
    assert membership(contributor).organisation == "Police"
