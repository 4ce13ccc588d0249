"""Who belongs to a council: adding, roles, removing, and the e-mail that invites."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from assessments.invitations import send_invitation
from assessments.models import Council, Cycle, EvidenceStatement, Membership, Role, User
from assessments.services.people import change_role, remove_person
from tests.cast import PASSWORD, SignIn, member

PEOPLE = "/councils/northmere/people/"
NEW = {"name": "Nadia New", "email": "Nadia.New@Northmere.example", "role": "contributor"}


@pytest.fixture
def client_of_lead(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def membership(user: User) -> Membership:
    return Membership.objects.get(user=user, council__slug="northmere")


def run_jobs() -> None:
    """What the worker would do."""
    for job in DBTaskResult.objects.ready():
        send_invitation.func(*job.args_kwargs["args"])
        job.delete()


# Adding --------------------------------------------------------------------------------------


def test_the_list_names_everybody_with_their_role(client_of_lead: Client, viewer: User):
    page = client_of_lead.get(PEOPLE).content.decode()
    assert "Lena Lead (you)" in page
    assert viewer.email in page
    assert "Viewer" in page


def test_a_person_is_added_invited_and_chooses_a_password(
    client_of_lead: Client, lead: User, mailoutbox
):
    assert client_of_lead.post(PEOPLE + "add/", NEW).url == PEOPLE
    person = User.objects.get(email="nadia.new@northmere.example")
    assert not person.has_usable_password()
    assert membership(person).role == Role.CONTRIBUTOR
    assert membership(person).history.get().history_user == lead
    assert mailoutbox == []

    run_jobs()
    (mail,) = mailoutbox
    assert mail.to == [person.email]
    assert "Lena Lead has added you to Northmere Borough Council" in mail.body
    link = re.search(r"http://127.0.0.1:8000(/account/password/reset/key/\S+)", mail.body)[1]
    browser = Client()
    page = browser.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    new = "a long enough new password"
    browser.post(form, {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    signed_in = Client().post("/account/login/", {"login": person.email, "password": new})
    assert signed_in.status_code == 302
    assert "sessionid" in signed_in.cookies


@pytest.mark.django_db(transaction=True)
def test_the_job_runs_in_the_worker_and_keeps_no_key(client_of_lead: Client, mailoutbox):
    client_of_lead.post(PEOPLE + "add/", NEW)
    job = DBTaskResult.objects.get()
    assert set(map(type, job.args_kwargs["args"])) == {int}
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    assert len(mailoutbox) == 1


def test_somebody_known_elsewhere_gets_a_membership_and_keeps_name_and_password(
    client_of_lead: Client, stranger: User, mailoutbox
):
    before = User.objects.count()
    typed = {**NEW, "email": stranger.email.upper(), "name": "Somebody Else"}
    client_of_lead.post(PEOPLE + "add/", typed)
    run_jobs()
    assert User.objects.count() == before
    stranger.refresh_from_db()
    assert stranger.name == "Sam Stranger"
    assert stranger.check_password(PASSWORD)
    assert membership(stranger).role == Role.CONTRIBUTOR
    (mail,) = mailoutbox
    assert "/account/password/" not in mail.body
    assert "http://127.0.0.1:8000/councils/northmere/" in mail.body


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "id_name", "Enter the person’s name"),
        ({"name": "x" * 201}, "id_name", "at most 200 characters"),
        ({"name": "a\x00b"}, "id_name", "Null characters are not allowed"),
        ({"email": ""}, "id_email", "Enter the person’s e-mail address"),
        ({"email": "nadia"}, "id_email", "such as name@example.gov.uk"),
        ({"email": "a@b.example\nBcc: x@y.example"}, "id_email", "such as name@example.gov.uk"),
        ({"role": ""}, "id_role_1", "Choose a role"),
        ({"role": "owner"}, "id_role_1", "Select a valid choice"),
    ],
)
def test_a_mistake_is_explained_and_linked(client_of_lead: Client, changes, field, message):
    response = client_of_lead.post(PEOPLE + "add/", {**NEW, **changes})
    page = response.content.decode()
    assert "<title>Error: Add a person" in page
    assert message in dict(response.context["form"].error_links)[field]
    assert f'id="{field}"' in page
    assert Membership.objects.count() == 1
    assert not DBTaskResult.objects.exists()


def test_a_member_is_not_added_twice(client_of_lead: Client, viewer: User):
    response = client_of_lead.post(PEOPLE + "add/", {**NEW, "email": viewer.email})
    assert "Vic Viewer is already here, as Viewer" in response.content.decode()
    assert membership(viewer).role == Role.VIEWER


def test_the_invitation_can_be_sent_again(client_of_lead: Client, viewer: User, mailoutbox):
    page = client_of_lead.get(PEOPLE).content.decode()
    again = f"{PEOPLE}{membership(viewer).pk}/invite/"
    assert again in page
    client_of_lead.post(again)
    run_jobs()
    assert mailoutbox[0].to == [viewer.email]


def test_nobody_is_invited_who_has_been_removed_meanwhile(
    client_of_lead: Client, viewer: User, mailoutbox
):
    client_of_lead.post(f"{PEOPLE}{membership(viewer).pk}/invite/")
    membership(viewer).delete()
    run_jobs()
    assert mailoutbox == []


def test_names_in_the_list_and_the_mail_are_inert(client_of_lead: Client, mailoutbox):
    client_of_lead.post(PEOPLE + "add/", {**NEW, "name": "<b>Nadia</b> & {{ settings }}"})
    run_jobs()
    assert "<b>Nadia" not in client_of_lead.get(PEOPLE).content.decode()
    assert "Hello <b>Nadia</b> & {{ settings }}," in mailoutbox[0].body


# Roles and removing --------------------------------------------------------------------------


def test_a_role_is_changed_with_history(client_of_lead: Client, lead: User, viewer: User):
    address = f"{PEOPLE}{membership(viewer).pk}/role/"
    assert 'value="viewer"' in client_of_lead.get(address).content.decode()
    assert client_of_lead.post(address, {"role": "reviewer"}).url == PEOPLE
    assert membership(viewer).role == Role.REVIEWER
    assert membership(viewer).history.first().history_user == lead


def test_the_last_lead_can_neither_go_nor_step_down(client_of_lead: Client, lead: User):
    for end, data in [("role", {"role": "viewer"}), ("remove", {})]:
        response = client_of_lead.post(f"{PEOPLE}{membership(lead).pk}/{end}/", data)
        page = response.content.decode()
        assert "A council needs a toolkit lead" in page
        assert "<title>Error: " in page
    assert membership(lead).role == Role.LEAD


def test_a_lead_may_step_down_once_there_is_another(client_of_lead: Client, lead: User):
    member(Council.objects.get(), Role.LEAD, "Second Lead")
    response = client_of_lead.post(f"{PEOPLE}{membership(lead).pk}/role/", {"role": "viewer"})
    assert response.url == "/"  # the people page is closed to them now
    assert membership(lead).role == Role.VIEWER


def test_whoever_may_no_longer_answer_loses_their_questions_with_history(
    lead: User, contributor: User, cycle: Cycle
):
    question = cycle.questions.first()
    question.assignee = contributor
    question.save()
    change_role(membership=membership(contributor), role=Role.LEAD, by=lead)
    question.refresh_from_db()
    assert question.assignee == contributor

    change_role(membership=membership(contributor), role=Role.VIEWER, by=lead)
    question.refresh_from_db()
    assert question.assignee is None
    assert question.history.first().history_user == lead


def test_who_is_removed_leaves_what_they_wrote(
    client_of_lead: Client, lead: User, contributor: User, cycle: Cycle, as_: SignIn
):
    question = cycle.questions.first()
    question.assignee = contributor
    question.save()
    said = EvidenceStatement(cycle=cycle, question=question.question, text="Said.")
    said._history_user = contributor
    said.save()
    address = f"{PEOPLE}{membership(contributor).pk}/remove/"
    assert "What they wrote stays" in client_of_lead.get(address).content.decode()
    assert client_of_lead.post(address).url == PEOPLE

    assert not Membership.objects.filter(user=contributor).exists()
    question.refresh_from_db()
    assert question.assignee is None
    assert EvidenceStatement.objects.get().history.get().history_user == contributor
    assert as_(contributor).get("/councils/northmere/").status_code == 404
    gone = Membership.history.filter(user_id=contributor.pk, history_type="-").get()
    assert gone.history_user == lead


def test_questions_in_another_council_stay_theirs(
    lead: User, contributor: User, cycle: Cycle, southbeck: Council
):
    cycle.questions.update(assignee=contributor)
    elsewhere = Membership.objects.create(
        council=southbeck, user=contributor, role=Role.CONTRIBUTOR
    )
    remove_person(membership=elsewhere, by=lead)
    assert cycle.questions.filter(assignee=contributor).count() == 4


def test_a_person_removed_twice_is_simply_gone(lead: User, viewer: User):
    first, second = membership(viewer), membership(viewer)
    remove_person(membership=first, by=lead)
    remove_person(membership=second, by=lead)
    assert not Membership.objects.filter(user=viewer).exists()


@pytest.mark.parametrize("end", ["role", "remove", "invite"])
def test_a_member_of_another_council_is_not_found_here(
    client_of_lead: Client, stranger: User, end: str
):
    foreign = Membership.objects.get(user=stranger)
    response = client_of_lead.post(f"{PEOPLE}{foreign.pk}/{end}/", {"role": "viewer"})
    assert response.status_code == 404
    foreign.refresh_from_db()
    assert foreign.role == Role.LEAD


def test_a_site_administrator_makes_the_first_lead(
    as_: SignIn, site_administrator: User, northmere: Council
):
    client = as_(site_administrator)
    assert "Start with its toolkit lead" in client.get(PEOPLE).content.decode()
    client.post(PEOPLE + "add/", {**NEW, "role": "lead"})
    assert Membership.objects.get().role == Role.LEAD
