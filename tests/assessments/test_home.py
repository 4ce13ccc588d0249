"""The first page after signing in, and a council's own page."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Council,
    Cycle,
    Draft,
    Membership,
    Role,
    User,
)
from tests.budgets import assert_budget
from tests.cast import SignIn
from tests.volume import add_earlier_cycle, fill

HOME = "/councils/northmere/"


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def waiting(client: Client) -> list[tuple[int, str, str]]:
    home = client.get(HOME).context["home"]
    return [(each.count, each.text, each.href) for each in home.waiting]


# The root ------------------------------------------------------------------------------------


def test_somebody_in_one_council_goes_straight_there(as_: SignIn, lead: User):
    assert as_(lead).get("/").url == HOME


def test_somebody_in_two_councils_chooses(as_: SignIn, lead: User, southbeck: Council):
    Membership.objects.create(council=southbeck, user=lead, role=Role.VIEWER)
    page = text(as_(lead), "/")
    assert 'href="/councils/northmere/"' in page
    assert 'href="/councils/southbeck/"' in page


def test_somebody_in_no_council_is_told_what_to_do(as_: SignIn, northmere: Council):
    nobody = User.objects.create_user("nora@nowhere.example", name="Nora")
    page = text(as_(nobody), "/")
    assert "Ask the toolkit lead of your council to add you" in page
    assert "nora@nowhere.example" in page
    assert "northmere" not in page


def test_a_site_administrator_sees_every_council_and_can_add_one(
    as_: SignIn, site_administrator: User, northmere: Council, southbeck: Council
):
    page = text(as_(site_administrator), "/")
    assert "Northmere" in page
    assert "Southbeck" in page
    assert 'href="/councils/add/"' in page


def test_without_any_council_a_site_administrator_adds_the_first(
    as_: SignIn, site_administrator: User
):
    assert "Add the first council" in text(as_(site_administrator), "/")


def test_many_councils_are_paged(as_: SignIn, site_administrator: User):
    Council.objects.bulk_create(Council(slug=f"c{n}", name=f"Council {n:03}") for n in range(101))
    client = as_(site_administrator)
    assert "Council 100" not in text(client, "/")
    assert "Council 100" in text(client, "/?page=2")
    assert "Council 000" in text(client, "/?page=nonsense%00")


def test_root_budget(as_: SignIn, site_administrator: User, northmere: Council):
    client = as_(site_administrator)
    assert_budget("home, site_administrator", lambda: client.get("/"))
    Council.objects.bulk_create(Council(slug=f"c{n}", name=f"C {n}") for n in range(40))
    assert_budget("home, site_administrator", lambda: client.get("/"))


# Adding a council ----------------------------------------------------------------------------


def test_a_council_is_added_and_its_people_come_next(as_: SignIn, site_administrator: User):
    client = as_(site_administrator)
    response = client.post("/councils/add/", {"name": "Weston Borough Council", "slug": ""})
    council = Council.objects.get()
    assert council.slug == "weston-borough-council"
    assert response.url == "/councils/weston-borough-council/people/"
    assert council.history.get().history_user == site_administrator


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "", "slug": "x"}, "Enter the name of the council"),
        ({"name": "Add", "slug": "add"}, "The short name add is already taken"),
        ({"name": "Other", "slug": "NORTHMERE"}, "The short name northmere is already taken"),
        ({"name": "Other", "slug": "two words"}, "The short name may hold only letters"),
        ({"name": "議会", "slug": ""}, "Enter a short name for web addresses"),
    ],
)
def test_a_council_that_can_not_be_added(
    as_: SignIn, site_administrator: User, northmere: Council, typed, message
):
    response = as_(site_administrator).post("/councils/add/", typed)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert Council.objects.count() == 1


# A council's own page ------------------------------------------------------------------------


def test_an_empty_council_opens_its_door_to_a_lead_only(as_: SignIn, lead: User, contributor: User):
    door = 'href="/councils/northmere/cycles/start/"'
    page = text(as_(lead), HOME)
    assert page.index("Start from your last toolkit (Word)") < page.index("Start fresh")
    assert door in page
    page = text(as_(contributor), HOME)
    assert door not in page
    assert "Lena Lead can start one" in page


def test_an_empty_council_without_a_lead(as_: SignIn, viewer: User, site_administrator: User):
    assert "Nobody leads the toolkit here yet" in text(as_(viewer), HOME)
    assert "Add a toolkit lead" in text(as_(site_administrator), HOME)


def test_a_viewer_is_told_what_is_not_signed_off(as_: SignIn, viewer: User, cycle: Cycle):
    client, warning = as_(viewer), "Not signed off yet"
    pages = (HOME, f"{HOME}cycles/{cycle.pk}/front-sheet/")
    assert all(warning in text(client, each) for each in pages)
    Cycle.objects.filter(pk=cycle.pk).update(stage="signed-off")
    assert not [each for each in pages if warning in text(client, each)]


def test_the_current_cycle_has_one_line_and_one_next_step(as_: SignIn, lead: User, cycle: Cycle):
    client = as_(lead)
    page = text(client, HOME)
    assert "0 of 7 answers given" in page
    assert "Start with question 1.1" in page

    cycle.answers.filter(question__ref="1.1").update(not_applicable=True)
    page = text(client, HOME)
    assert "3 of 7 answers given" in page
    assert "Continue with question 1.2" in page

    cycle.answers.update(not_applicable=True)
    assert "Decide the rating of benchmark 1" in text(client, HOME)

    cycle.benchmarks.update(not_applicable=True)
    page = text(client, HOME)
    assert "Check answers" in page
    assert "submitted" not in page.lower()


def test_a_closing_date_that_has_passed_is_said(as_: SignIn, lead: User, cycle: Cycle):
    client = as_(lead)
    cycle.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    cycle.save()
    assert "was due by" in text(client, HOME)
    cycle.closes_on = timezone.localdate()
    cycle.save()
    assert "closes" in text(client, HOME)
    assert "was due by" not in text(client, HOME)


def test_what_waits_for_a_person_comes_first(
    as_: SignIn, contributor: User, lead: User, cycle: Cycle
):
    client = as_(contributor)
    assert waiting(client) == []
    place = f"/councils/northmere/cycles/{cycle.pk}"

    cycle.questions.filter(question__ref__in=["1.2", "2.1"]).update(assignee=contributor)
    action = overdue_action(cycle, contributor)
    Draft.objects.create(
        user=contributor, cycle=cycle, page="question:2.1", data={}, saved_at=timezone.now()
    )
    assert waiting(client) == [
        (2, "questions to answer in 2025/26", f"{place}/?show=mine"),
        (1, "overdue action of yours in 2025/26", f"{place}/actions/?show=mine"),
        (1, "draft not saved yet: question 2.1 in 2025/26", f"{place}/questions/2.1/"),
    ]
    assert [each[0] for each in waiting(as_(lead))] == []

    cycle.answers.update(not_applicable=True)
    action.status = "completed"
    action.save()
    Draft.objects.all().delete()
    assert waiting(client) == []


def overdue_action(cycle: Cycle, owner: User, days: int = 1) -> Action:
    due = timezone.localdate() - datetime.timedelta(days=days)
    action = Action.objects.create(council=cycle.council, text="Late", due_date=due)
    ActionOwner.objects.create(action=action, name=owner.name, user=owner)
    for assessment in cycle.questions.all()[:2]:
        ActionLink.objects.create(action=action, cycle=cycle, question=assessment.question)
    return action


def test_an_action_due_today_is_not_overdue(as_: SignIn, contributor: User, cycle: Cycle):
    overdue_action(cycle, contributor, days=0)
    assert waiting(as_(contributor)) == []


def test_an_action_in_two_cycles_waits_once_in_the_latest(
    as_: SignIn, contributor: User, lead: User, cycle: Cycle
):
    action = overdue_action(cycle, contributor)
    older = add_earlier_cycle(cycle, 2019, lead)
    ActionLink.objects.create(action=action, cycle=older, question=cycle.questions.first().question)
    assert [(count, words) for count, words, _ in waiting(as_(contributor))] == [
        (1, "overdue action of yours in 2025/26")
    ]


def test_nothing_of_another_council_waits_here(
    as_: SignIn, contributor: User, cycle: Cycle, southbeck: Council, stranger: User
):
    Membership.objects.create(council=southbeck, user=contributor, role=Role.CONTRIBUTOR)
    elsewhere = add_earlier_cycle(
        Cycle(council=southbeck, toolkit=cycle.toolkit, scale=cycle.scale), 2021, stranger
    )
    elsewhere.questions.update(assignee=contributor)
    overdue_action(elsewhere, contributor)
    Draft.objects.create(
        user=contributor, cycle=elsewhere, page="benchmark:1", data={}, saved_at=timezone.now()
    )
    assert waiting(as_(contributor)) == []
    assert len(as_(contributor).get("/councils/southbeck/").context["home"].waiting) == 3


def test_a_contributor_with_nothing_left_is_told_so(as_: SignIn, contributor: User, cycle: Cycle):
    page = text(as_(contributor), HOME)
    assert "Nothing is waiting for you" in page
    assert "Continue" not in page


def test_a_cycle_still_open_stands_beside_the_latest_and_others_come_after(
    as_: SignIn, lead: User, cycle: Cycle
):
    add_earlier_cycle(cycle, 2019, lead)  # closes far in the future
    closed = add_earlier_cycle(cycle, 2018, lead)
    closed.closes_on = None
    closed.save()
    home = as_(lead).get(HOME).context["home"]
    assert [each.cycle.period for each in home.current] == ["2025/26", "2019"]
    assert [row.cycle.period for row in home.rows] == ["2018"]


@pytest.mark.parametrize("who", ["viewer", "site_administrator"])
def test_those_who_may_not_read_get_front_sheets_and_downloads_alone(
    as_: SignIn, request: pytest.FixtureRequest, cycle: Cycle, who: str
):
    page = text(as_(request.getfixturevalue(who)), HOME)
    place = f"/councils/northmere/cycles/{cycle.pk}/"
    assert f'href="{place}front-sheet/"' in page
    assert f'href="{place}exports/"' in page
    assert f'href="{place}"' not in page
    assert "answers given" not in page


@pytest.mark.parametrize("who", ["chair", "publisher"])
def test_reviewers_and_publishers_get_the_front_sheet_first(
    as_: SignIn, request: pytest.FixtureRequest, cycle: Cycle, who: str
):
    page = text(as_(request.getfixturevalue(who)), HOME)
    assert "Read the front sheet" in page
    assert "Start another cycle" not in page


def test_a_council_name_is_inert(as_: SignIn, lead: User, northmere: Council, cycle: Cycle):
    northmere.name = "<script>alert(1)</script>"
    northmere.save()
    page = text(as_(lead), HOME)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("who", ["contributor", "viewer", "site_administrator"])
def test_council_home_budget(
    as_: SignIn, request: pytest.FixtureRequest, cycle: Cycle, lead: User, who: str
):
    person = request.getfixturevalue(who)
    client = as_(person)
    assert_budget(f"councils:council, {who}", lambda: client.get(HOME))
    fill(cycle, person)
    assert_budget(f"councils:council, {who}", lambda: client.get(HOME))


def test_two_tabs_on_two_councils_are_both_right(
    as_: SignIn, lead: User, southbeck: Council, cycle: Cycle
):
    Membership.objects.create(council=southbeck, user=lead, role=Role.CONTRIBUTOR)
    client = as_(lead)
    assert "Northmere" in text(client, HOME)
    assert "Start another cycle" not in text(client, "/councils/southbeck/")
    assert "Start another cycle" in text(client, HOME)


@pytest.mark.parametrize(
    ("page", "words", "tail"),
    [
        ("question:2.1", "question 2.1", "questions/2.1/"),
        ("benchmark:2", "benchmark 2", "benchmarks/2/"),
        ("add-action:1.1", "new action at question 1.1", "questions/1.1/actions/add/"),
        ("add-document:1.1", "new document at question 1.1", "questions/1.1/documents/add/"),
        ("action:7", "change to an action", "actions/7/"),
        ("update:7", "progress of an action", "actions/7/progress/add/"),
        ("document:7", "change to a document", "documents/7/"),
    ],
)
def test_every_known_kind_of_draft_leads_to_its_page(
    as_: SignIn, lead: User, cycle: Cycle, page: str, words: str, tail: str
):
    Draft.objects.create(user=lead, cycle=cycle, page=page, data={}, saved_at=timezone.now())
    place = f"/councils/northmere/cycles/{cycle.pk}/{tail}"
    assert waiting(as_(lead)) == [(1, f"draft not saved yet: {words} in 2025/26", place)]


def test_a_draft_of_another_kind_breaks_nothing(as_: SignIn, lead: User, cycle: Cycle):
    Draft.objects.create(user=lead, cycle=cycle, page="new:1", data={}, saved_at=timezone.now())
    place = f"/councils/northmere/cycles/{cycle.pk}/"
    assert waiting(as_(lead)) == [(1, "draft not saved yet in 2025/26", place)]


def test_nothing_is_left_to_answer_in_a_cycle_that_was_signed_off(
    as_: SignIn, contributor: User, cycle: Cycle
):
    cycle.questions.update(assignee=contributor)
    Cycle.objects.filter(pk=cycle.pk).update(stage="signed-off")
    assert waiting(as_(contributor)) == []
    page = text(as_(contributor), HOME)
    assert "Read the front sheet" in page
    assert "question 1.1" not in page
