"""Due dates in a calendar: the address, who may use it, and what it gives away."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from assessments.models import Action, ActionOwner, CalendarFeed, Council, Membership, User
from assessments.services.calendars import make_feed
from assessments.services.history import written_by
from tests.cast import SignIn

PAGE = "/councils/northmere/actions/calendar/"
DUE = datetime.date(2027, 3, 31)


def make(council: Council, text: str = "Train the front desk.", **fields: Any) -> Action:
    return Action.objects.create(council=council, text=text, **{"due_date": DUE, **fields})


@pytest.fixture
def feed(northmere: Council, contributor: User) -> CalendarFeed:
    return make_feed(council=northmere, by=contributor)


def address(feed: CalendarFeed) -> str:
    return f"/calendar/{feed.token}.ics"


def events(feed: CalendarFeed) -> list[Any]:
    response = Client().get(address(feed))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_open_actions_with_a_date(
    feed: CalendarFeed, northmere: Council, southbeck: Council
) -> None:
    action = make(northmere)
    ActionOwner.objects.create(action=action, name="Head of Housing")
    make(northmere, "Done.", status="completed")
    make(northmere, "Some time.", due_date=None, due_words="Q4")
    make(southbeck, "Southbeck’s.")
    [event] = events(feed)
    assert event["SUMMARY"] == "Due: Train the front desk."
    assert event["DTSTART"].dt == DUE
    for part in ("Train the front desk.", "Head of Housing", "Not started", "/northmere/actions/"):
        assert part in event["DESCRIPTION"]
    assert event["URL"].startswith("http://127.0.0.1:8000/councils/northmere/actions/")


def test_a_change_keeps_the_event_and_raises_its_sequence(
    feed: CalendarFeed, northmere: Council, lead: User
) -> None:
    action = make(northmere)
    [before] = events(feed)
    action.due_date, action.version = datetime.date(2027, 4, 1), 2
    written_by(action, lead).save()
    [after] = events(feed)
    assert (after["UID"], after["DTSTART"].dt) == (before["UID"], datetime.date(2027, 4, 1))
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (1, 2)
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt
    assert events(feed)[0]["DTSTAMP"].dt == after["DTSTAMP"].dt


@pytest.mark.parametrize("sensitivity", ["exempt-1", "exempt-7", "not-for-publication"])
def test_of_a_restricted_action_only_that_it_is_due(
    feed: CalendarFeed, northmere: Council, sensitivity: str
) -> None:
    action = make(northmere, "SECRET plan", sensitivity=sensitivity)
    ActionOwner.objects.create(action=action, name="SECRET owner")
    action.updates.create(dated_on=DUE, text="SECRET step", author_name="SECRET author")
    response = Client().get(address(feed))
    assert b"SECRET" not in response.content.replace(b"\r\n ", b"")
    [event] = events(feed)
    assert event["SUMMARY"] == "Due: Restricted action"


def test_lines_are_folded_and_text_is_inert(feed: CalendarFeed, northmere: Council) -> None:
    text = "Žluťoučký; a, b\nBEGIN:VEVENT\r\nSUMMARY:forged\n" + "ü" * 400 + "\x07😀"
    make(northmere, text)
    content = Client().get(address(feed)).content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content.count(b"\nBEGIN:VEVENT") == 1
    assert content.count(b"\nSUMMARY") == 1
    [event] = events(feed)
    assert "SUMMARY:forged" in event["DESCRIPTION"]
    assert len(event["SUMMARY"]) <= 110


def test_making_a_new_address_ends_the_old_one(as_: SignIn, contributor: User) -> None:
    client = as_(contributor)
    assert "Make an address" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}make/")
    old = CalendarFeed.objects.get()
    shown = client.get(PAGE).content.decode()
    assert f"http://127.0.0.1:8000{address(old)}" in shown
    client.post(f"{PAGE}make/")
    new = CalendarFeed.objects.get(revoked_at=None)
    assert Client().get(address(old)).status_code == 404
    assert events(new) == []
    client.post(f"{PAGE}revoke/")
    assert Client().get(address(new)).status_code == 404
    assert "Make an address" in client.get(PAGE).content.decode()


def test_nobody_sees_or_ends_somebody_else_s(as_: SignIn, feed: CalendarFeed, lead: User) -> None:
    client = as_(lead)
    assert feed.token not in client.get(PAGE).content.decode()
    client.post(f"{PAGE}revoke/")
    assert events(feed) == []


def test_it_ends_with_the_membership(feed: CalendarFeed, contributor: User) -> None:
    Membership.objects.filter(user=contributor).delete()
    assert Client().get(address(feed)).status_code == 404


def test_it_ends_with_a_role_that_no_longer_reads(feed: CalendarFeed, contributor: User) -> None:
    Membership.objects.filter(user=contributor).update(role="viewer")
    assert Client().get(address(feed)).status_code == 404


def test_it_ends_with_the_account(feed: CalendarFeed, contributor: User) -> None:
    contributor.is_active = False
    contributor.save()
    assert Client().get(address(feed)).status_code == 404


def test_nothing_is_there_at_a_guessed_address(db: None) -> None:
    assert Client().get("/calendar/guessed.ics").status_code == 404


def test_it_is_kept_by_nobody_on_the_way(feed: CalendarFeed) -> None:
    response = Client().get(address(feed))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert len(feed.token) >= 43
    assert feed.created_at <= timezone.now()


def test_its_cost_does_not_grow(
    feed: CalendarFeed, northmere: Council, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        for number in range(15):
            ActionOwner.objects.create(action=make(northmere, f"No. {number}"), name="Jo")
        with django_assert_num_queries(4):
            Client().get(address(feed))
