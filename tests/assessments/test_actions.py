"""Actions beside a question: added and changed, in place and as pages, as drafts."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Council,
    Cycle,
    Draft,
    User,
)
from assessments.services.cycles import start_cycle
from tests.assessments.acting import (
    IN_PLACE,
    add_address,
    address,
    as_filled,
    filled,
    make,
    places,
    words,
)
from tests.cast import SignIn


def test_adding_one(page: Client, cycle: Cycle, contributor: User, lead: User) -> None:
    sent = filled(
        owners=[
            "  conor.contributor@NORTHMERE.example ",
            "Head of  Housing",
            "head of housing",
            "",
        ],
        due_date=("31", "3", "2027"),
        beside=["1", "3"],
        also_at="2.1, 1.2",
    )
    response = page.post(add_address(cycle), sent)
    action = Action.objects.get()
    home = address(cycle, "questions/1.1/")
    assert (response.status_code, response.url) == (302, f"{home}#action-{action.pk}")
    assert action.council == cycle.council
    assert action.due_date == datetime.date(2027, 3, 31)
    assert places(action) == [("1.1", 1), ("1.1", 3), ("1.2", 0), ("2.1", 0)]
    owners = set(action.owners.values_list("name", "user"))
    assert owners == {("Conor Contributor", contributor.pk), ("Head of Housing", None)}
    histories = (action.history, action.owners.first().history, action.links.first().history)
    assert [each.get().history_user for each in histories] == [lead] * 3
    shown = words(page.get(home))
    assert "The action has been added." in shown
    assert "Train the front desk. Not started Due 31 March 2027 Conor Contributor" in shown


def test_a_question_without_prompts_offers_none(page: Client, cycle: Cycle) -> None:
    assert "What it stands beside" not in words(page.get(add_address(cycle, "2.1")))
    page.post(add_address(cycle, "2.1"), filled(beside=[]))
    assert places(Action.objects.get()) == [("2.1", 0)]


def test_sent_twice_it_is_added_once(page: Client, cycle: Cycle) -> None:
    for _ in range(2):
        page.post(add_address(cycle), filled(owners=["Jo"], due_words="Q4"))
    assert Action.objects.count() == 1
    page.post(add_address(cycle), filled(owners=["Sam"], due_words="Q4"))
    assert Action.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"text": " "}, "text", "Enter what will be done"),
        (
            {"text": "x" * 20_001},
            "text",
            "Shorten this to 20,000 characters or fewer: it has 20,001",
        ),
        ({"due_date": ("31", "2", "2027")}, "due_date_0", "The due date must be a real date"),
        ({"due_date": ("31", "", "2027")}, "due_date_1", "The due date must include a month"),
        ({"due_date": ("1", "4", "2027"), "due_words": "Q1"}, "due_words", "not both"),
        ({"due_date": ("3", "2", "27")}, "due_date_2", "must have its year in full"),
        ({"completed_on": ("1", "4", "2024")}, "completed_on_0", "Choose Completed above"),
        ({"done": "All of it."}, "done", "Choose Completed above, or clear this text"),
        (
            {"completed_on": ("1", "4", "2999"), "status": "completed"},
            "completed_on_0",
            "must be today or in the past",
        ),
        ({"status": "paused"}, "status_0", "Select a valid choice"),
        ({"also_at": "9.9"}, "also_at", "There is no question 9.9 in this toolkit"),
        ({"beside": []}, "beside_0", "Choose the question or a prompt"),
        ({"beside": ["7"]}, "beside_0", "Select a valid choice"),
        ({"owners": ["x" * 201]}, "owners_0", "200 characters or fewer"),
        ({"sensitivity": "secret"}, "sensitivity", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    page: Client, cycle: Cycle, changes: dict[str, Any], field: str, message: str
) -> None:
    response = page.post(add_address(cycle), filled(**changes))
    html = response.content.decode()
    assert "<title>Error: " in html
    assert message in html
    assert f'href="#add-action-1-1-{field}"' in html
    assert f'id="add-action-1-1-{field}"' in html
    assert not Action.objects.exists()
    assert Draft.objects.get().page == "add-action:1.1"


def test_changing_one(page: Client, cycle: Cycle, lead: User) -> None:
    page.post(add_address(cycle), filled(owners=["Jo"], beside=["2"], also_at="2.2"))
    action = Action.objects.get()
    form = page.get(address(cycle, f"actions/{action.pk}/")).content.decode()
    assert 'value="Jo"' in form
    assert 'value="2.2"' in form
    assert re.search(r'name="beside" value="2"[^>]* checked', form)
    page.post(
        address(cycle, f"actions/{action.pk}/"),
        as_filled(
            action,
            text="Train all.",
            owners=["Sam"],
            status="completed",
            beside=["2"],
            completed_on=("1", "2", "2026"),
            done="All trained.",
            sensitivity="exempt-3",
        ),
    )
    action.refresh_from_db()
    assert (action.text, action.status, action.version) == ("Train all.", "completed", 2)
    assert action.completed_on == datetime.date(2026, 2, 1)
    assert [owner.name for owner in action.owners.all()] == ["Sam"]
    assert places(action) == [("1.1", 2)]
    removed = ActionOwner.history.filter(history_type="-").get()
    assert (removed.name, removed.history_user) == ("Jo", lead)


def test_prompts_it_serves_at_another_question_stay(page: Client, cycle: Cycle) -> None:
    action = make(cycle)
    other = cycle.questions.get(question__ref="2.2").question
    ActionLink.objects.create(
        action=action, cycle=cycle, question=other, prompt=other.prompts.get(position=2)
    )
    page.post(address(cycle, f"actions/{action.pk}/?at=1.1"), as_filled(action, also_at="2.2, 1.2"))
    assert places(action) == [("1.1", 0), ("1.2", 0), ("2.2", 2)]


def test_links_in_another_cycle_stay(page: Client, cycle: Cycle, lead: User) -> None:
    later = start_cycle(
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        period="2026/27",
        as_at=datetime.date(2026, 12, 1),
        by=lead,
    )
    action = make(cycle)
    ActionLink.objects.create(
        action=action, cycle=later, question=cycle.questions.get(question__ref="2.2").question
    )
    page.post(address(cycle, f"actions/{action.pk}/"), as_filled(action, beside=["1"]))
    assert places(action) == [("1.1", 1), ("2.2", 0)]
    page.post(address(cycle, f"actions/{action.pk}/remove/"), {"scope": "1.1"})
    assert places(action) == [("2.2", 0)]
    assert page.get(address(cycle, f"actions/{action.pk}/")).status_code == 404


def test_somebody_else_saved_first(page: Client, cycle: Cycle, lead: User) -> None:
    action = make(cycle)
    link = address(cycle, f"actions/{action.pk}/")
    opened = as_filled(action, owners=["Jo"])
    page.post(link, {**opened, "text": "Theirs."})
    response = page.post(link, {**opened, "text": "Mine.", "due_words": "Q4"})
    assert response.status_code == 409
    shown = words(response)
    for part in ("Theirs.", "Mine.", "By when:", "saved by Lena Lead"):
        assert part in shown
    assert "Status:" not in shown
    action.refresh_from_db()
    assert action.text == "Theirs."
    assert Draft.objects.get().data["text"] == ["Mine."]


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "Mine."), ("theirs", "Theirs."), ("together", "Both.")]
)
def test_the_conflict_page_settles_it(page: Client, cycle: Cycle, choice: str, stands: str) -> None:
    action = make(cycle)
    link = address(cycle, f"actions/{action.pk}/")
    opened = as_filled(action, owners=["Jo", "Sam"])
    page.post(link, {**opened, "text": "Theirs."})
    response = page.post(link, {**opened, "text": "Mine."})
    sent: dict[str, list[str]] = {"keep": [choice], "text-together": ["Both."]}
    for name, value in re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.content.decode()
    ):
        sent.setdefault(name, []).append(value)
    page.post(link, sent)
    action.refresh_from_db()
    assert action.text == stands
    assert {owner.name for owner in action.owners.all()} == {"Jo", "Sam"}
    assert not Draft.objects.exists()


def test_somebody_else_removed_it(page: Client, cycle: Cycle) -> None:
    action = make(cycle)
    link = address(cycle, f"actions/{action.pk}/")
    page.post(address(cycle, f"actions/{action.pk}/remove/"), {"scope": "1.1"})
    assert page.post(link, as_filled(action)).status_code == 404


def test_a_contributor_changes_their_own_and_what_stands_beside_their_questions(
    as_: SignIn, contributor: User, cycle: Cycle
) -> None:
    cycle.questions.filter(question__ref="1.1").update(assignee=contributor)
    own = make(cycle, "2.2", owner=contributor)
    beside, foreign = make(cycle, "1.1"), make(cycle, "2.2")
    client = as_(contributor)
    for action, outcome in ((own, 302), (beside, 302), (foreign, 403)):
        link = address(cycle, f"actions/{action.pk}/")
        sent = as_filled(action, text="Changed.", owners=["Conor Contributor"])
        assert client.post(link, sent).status_code == outcome
        progress = address(cycle, f"actions/{action.pk}/progress/add/")
        assert client.get(progress).status_code == (200 if outcome == 302 else 403)
    assert client.get(address(cycle, f"actions/{foreign.pk}/")).status_code == 200
    assert client.get(add_address(cycle, "1.1")).status_code == 200
    assert client.get(add_address(cycle, "2.2")).status_code == 403
    # Their own action stands beside a question that isn't theirs: it stays there.
    assert (
        client.post(address(cycle, f"actions/{own.pk}/remove/"), {"scope": "2.2"}).status_code
        == 403
    )


def test_a_contributor_links_only_questions_that_are_theirs(
    as_: SignIn, contributor: User, cycle: Cycle
) -> None:
    cycle.questions.filter(question__ref__in=["1.1", "1.2"]).update(assignee=contributor)
    client = as_(contributor)
    response = client.post(add_address(cycle), filled(also_at="2.1"))
    assert "Question 2.1 isn’t assigned to you" in words(response)
    client.post(add_address(cycle), filled(also_at="1.2"))
    action = Action.objects.get()
    assert places(action) == [("1.1", 0), ("1.2", 0)]


def test_an_action_of_another_cycle_or_council_is_not_found(
    page: Client, cycle: Cycle, southbeck: Council
) -> None:
    homeless = Action.objects.create(council=cycle.council, text="Nowhere.")
    foreign = Action.objects.create(council=southbeck, text="Elsewhere.")
    for pk in (homeless.pk, foreign.pk, 10**25):
        for more in ("", "progress/add/", "remove/"):
            assert page.get(address(cycle, f"actions/{pk}/{more}")).status_code == 404


def test_in_place_the_form_comes_alone(page: Client, cycle: Cycle) -> None:
    html = page.get(add_address(cycle), **IN_PLACE).content.decode()
    assert "<html" not in html
    assert f'hx-post="{add_address(cycle)}"' in html
    assert 'hx-target="#add-action"' in html
    assert "hx-post" not in page.get(add_address(cycle)).content.decode()
    wrong = page.post(add_address(cycle), filled(text=""), **IN_PLACE)
    assert wrong.status_code == 200
    assert "<html" not in wrong.content.decode()
    assert "Enter what will be done" in wrong.content.decode()


def test_in_place_a_save_shows_the_actions_again(page: Client, cycle: Cycle) -> None:
    response = page.post(add_address(cycle), filled(), **IN_PLACE)
    assert response["HX-Retarget"] == "#question-actions"
    html = response.content.decode()
    assert '<section class="app-beside" id="question-actions"' in html
    assert "The action has been added." in html
    assert "Train the front desk." in html
    assert "<html" not in html


def test_in_place_a_stale_save_takes_the_page(page: Client, cycle: Cycle) -> None:
    action = make(cycle)
    link = address(cycle, f"actions/{action.pk}/?at=1.1")
    opened = as_filled(action)
    page.post(link, {**opened, "text": "Theirs."})
    response = page.post(link, {**opened, "text": "Mine."}, **IN_PLACE)
    assert response.status_code == 200  # htmx shows no other
    assert response["HX-Retarget"] == "#main-content"
    assert "Theirs." in words(response)


def test_in_place_signed_out_the_text_is_kept_and_the_page_goes_to_sign_in(
    page: Client, cycle: Cycle
) -> None:
    link = add_address(cycle)
    html = page.get(link, **IN_PLACE).content.decode()
    token = re.search(r'name="draft_token" value="([^"]+)"', html)
    assert token
    sent = filled(text="Typed with care.", draft_token=token[1], return_to=link)
    response = Client().post(link, sent, **IN_PLACE)
    assert response["HX-Redirect"] == f"/account/login/?next={link}"
    assert "Typed with care." in page.get(link).content.decode()
    assert Client().get(link, **IN_PLACE)["HX-Redirect"] == f"/account/login/?next={link}"


def test_a_draft_comes_back_until_it_is_saved_or_discarded(page: Client, cycle: Cycle) -> None:
    draft = address(cycle, "drafts/add-action:1.1/")
    assert "saved_at" in page.post(draft, filled(text="Half a", due_date=("1", "", ""))).json()
    html = page.get(add_address(cycle)).content.decode()
    assert "Half a" in html
    assert "haven’t saved it" in html
    assert "govuk-error" not in html
    page.post(address(cycle, "drafts/add-action:1.1/discard/"), {"return_to": add_address(cycle)})
    assert "Half a" not in page.get(add_address(cycle)).content.decode()
    page.post(draft, filled(text="Late."))
    page.post(add_address(cycle), filled(text="Late."))
    assert not Draft.objects.exists()
    # A draft on its way when the form was sent arrives after it, and says nothing new.
    page.post(draft, filled(text="Late."))
    assert "haven’t saved it" not in page.get(add_address(cycle)).content.decode()


def test_a_draft_of_a_page_that_there_is_not(page: Client, cycle: Cycle) -> None:
    assert page.post(address(cycle, "drafts/benchmark:1/"), {}).status_code == 404


def test_discarding_leads_back_within_this_site_only(page: Client, cycle: Cycle) -> None:
    discard = address(cycle, "drafts/action:1/discard/")
    assert page.post(discard, {"return_to": "https://example.org/"}).url == address(cycle, "")
    assert page.post(discard, {"return_to": "//example.org/"}).url == address(cycle, "")
