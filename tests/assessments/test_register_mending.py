"""The register: owners and dates given to many actions at once."""

import datetime
import re

import pytest
from django.test import Client

from assessments.models import Action, ActionOwner, Council, Cycle, User
from tests.assessments.registered import REGISTER, days, key, texts, words
from tests.cast import SignIn


def test_giving_an_owner(
    page: Client, several: dict[str, Action], lead: User, contributor: User
) -> None:
    sent = {
        "action": [key(several["never"]), key(several["late"])],
        "owner": "CONOR.contributor@northmere.example",
        "list": "due=undated",
    }
    response = page.post(f"{REGISTER}give-owner/", sent)
    assert response.url == f"{REGISTER}?due=undated"
    for name, owners in (
        ("never", {("Conor Contributor", contributor.pk)}),
        ("late", {("Conor Contributor", contributor.pk), ("Lena Lead", lead.pk)}),
    ):
        action = several[name]
        action.refresh_from_db()
        assert set(action.owners.values_list("name", "user")) == owners
        assert action.version == 2
        assert action.history.first().history_user == lead
    assert "The owner has been given to 2 actions." in words(page.get(response.url))


def test_giving_an_owner_instead(page: Client, several: dict[str, Action], lead: User) -> None:
    late, never = several["late"], several["never"]
    sent = {"action": [key(late), key(never)], "owner": "Head of Culture", "instead": "on"}
    page.post(f"{REGISTER}give-owner/", sent)
    for action in (late, never):
        assert [each.name for each in action.owners.all()] == ["Head of Culture"]
    removed = ActionOwner.history.filter(history_type="-").get()
    assert (removed.name, removed.history_user) == ("Lena Lead", lead)


def test_giving_what_is_there_changes_nothing(page: Client, several: dict[str, Action]) -> None:
    far = several["far"]
    sent = {"action": [key(far)], "owner": "Head of Housing", "instead": "on"}
    page.post(f"{REGISTER}give-owner/", sent)
    far.refresh_from_db()
    assert (far.version, far.owners.count(), far.history.count()) == (1, 1, 1)


def test_giving_a_date(page: Client, several: dict[str, Action]) -> None:
    sent = {"action": [key(several["never"]), key(several["words"])]}
    date = {"due_date_0": "31", "due_date_1": "3", "due_date_2": "2027"}
    page.post(f"{REGISTER}give-date/", {**sent, **date})
    for name in ("never", "words"):
        several[name].refresh_from_db()
        assert several[name].due_date == datetime.date(2027, 3, 31)
        assert (several[name].due_words, several[name].version) == ("", 2)


def test_what_somebody_changed_meanwhile_is_left_and_said(
    page: Client, several: dict[str, Action]
) -> None:
    ticked = {name: key(several[name]) for name in ("late", "never", "soon")}
    Action.objects.filter(pk=several["late"].pk).update(version=2, text="Changed.")
    several["soon"].delete()
    date = {"due_date_0": "31", "due_date_1": "3", "due_date_2": "2027"}
    response = page.post(f"{REGISTER}give-date/", {"action": [*ticked.values()], **date})
    several["late"].refresh_from_db()
    assert several["late"].due_date == days(-12)
    shown = words(page.get(response.url))
    assert "The date has been given to 1 action." in shown
    assert "Somebody has changed 2 actions meanwhile" in shown
    assert "Left as they were, because somebody changed them" in shown
    assert shown.count("Changed.") > 1


def test_nothing_ticked_nothing_typed(page: Client, several: dict[str, Action]) -> None:
    for name, message in (("owner", "Enter who will do it"), ("date", "Enter the due date")):
        response = page.post(f"{REGISTER}give-{name}/", {"list": "due=undated"})
        html = response.content.decode()
        assert "<title>Error: " in html
        assert 'href="#tick-1">Tick the actions that you want to change' in html
        assert message in html
        assert texts(response) == ["Never."]


def test_a_form_shown_again_keeps_ticks_and_words(page: Client, several: dict[str, Action]) -> None:
    sent = {"action": [key(several["late"])], "due_date_0": "31", "due_date_1": "2"}
    html = page.post(f"{REGISTER}give-date/", {**sent, "due_date_2": "2027"}).content.decode()
    assert "The due date must be a real date" in html
    assert re.search(rf'value="{key(several["late"])}"[^>]* checked', html)
    assert len(re.findall(r'name="action"[^>]* checked', html)) == 1
    assert 'value="31"' in html


@pytest.mark.parametrize("tick", ["", "x", "1", "1:", ":1", "²:1", "9" * 30 + ":1", "-1:1"])
def test_ticks_that_are_none(page: Client, several: dict[str, Action], tick: str) -> None:
    response = page.post(f"{REGISTER}give-owner/", {"action": [tick], "owner": "Jo"})
    assert "Tick the actions" in words(response)


def test_a_number_too_long_for_any_key_leaves_nothing_alone(
    page: Client, several: dict[str, Action]
) -> None:
    assert "Left as they were" not in words(page.get(f"{REGISTER}?left={'9' * 30},x"))


def test_all_can_be_ticked_without_javascript(page: Client, several: dict[str, Action]) -> None:
    html = page.get(f"{REGISTER}?tick=all").content.decode()
    assert len(re.findall(r'name="action"[^>]* checked', html)) == 5


def test_nobody_s_action_of_another_council_is_changed(
    page: Client, cycle: Cycle, southbeck: Council
) -> None:
    theirs = Action.objects.create(council=southbeck, text="Theirs.")
    response = page.post(f"{REGISTER}give-owner/", {"action": [key(theirs)], "owner": "Jo"})
    assert not theirs.owners.exists()
    assert "Theirs." not in page.get(response.url).content.decode()


def test_a_contributor_mends_their_own_and_what_stands_beside_their_questions(
    as_: SignIn, cycle: Cycle, several: dict[str, Action], contributor: User
) -> None:
    cycle.questions.filter(question__ref="2.2").update(assignee=contributor)
    client = as_(contributor)
    html = client.get(REGISTER).content.decode()
    ticks = set(re.findall(r'name="action" value="([^"]+)"', html))
    assert ticks == {key(several["soon"]), key(several["never"])}
    sent = {"action": [*ticks], "owner": "Jo"}
    assert client.post(f"{REGISTER}give-owner/", sent).status_code == 302
    both = {"action": [key(several["late"]), key(several["never"])], "owner": "Sam"}
    assert client.post(f"{REGISTER}give-owner/", both).status_code == 403
    assert not ActionOwner.objects.filter(name="Sam").exists()
