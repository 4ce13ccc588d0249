"""Every address of the site, with GET and POST, for everybody: tests/permissions/ says
what each must get, and an address that isn't listed there fails."""

from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from assessments.models import Audience, Council, Cycle, Membership, User
from tests.addresses import (
    ROUTES,
    Arguments,
    address,
    arguments_for,
    drafted,
    returned_workbook,
    spreadsheet,
    things_of,
)
from tests.cast import SignIn
from tests.permissions import ROWS, ROWS_OF_OTHERS
from tests.volume import add_earlier_cycle

METHODS = {"GET", "POST"}
WHAT_BELONGS_TO_SOMEBODY = {"ref", "action_id", "item_id", "export_id"}
WHAT_BELONGS_TO_SOMEBODY |= {"returned_id", "spreadsheet_id"}


def test_every_address_is_listed_with_both_methods():
    assert set(ROWS) == set(ROUTES), {
        "not listed": sorted(set(ROUTES) - set(ROWS)),
        "listed but gone": sorted(set(ROWS) - set(ROUTES)),
    }
    assert all(set(methods) == METHODS for methods in [*ROWS.values(), *ROWS_OF_OTHERS.values()])


def test_what_can_be_somebody_elses_is_listed_a_second_time():
    can_be = {route for route, names in ROUTES.items() if {*names} & WHAT_BELONGS_TO_SOMEBODY}
    assert set(ROWS_OF_OTHERS) == can_be


@pytest.fixture
def clients(
    as_: SignIn,
    viewer: User,
    contributor: User,
    chair: User,
    publisher: User,
    lead: User,
    stranger: User,
    site_administrator: User,
) -> dict[str, Client]:
    return {
        "nobody": Client(),
        "stranger": as_(stranger),
        "viewer": as_(viewer),
        "contributor": as_(contributor),
        "reviewer": as_(chair),
        "publisher": as_(publisher),
        "lead": as_(lead),
        "administrator": as_(site_administrator),
    }


@pytest.fixture
def theirs(
    cycle: Cycle, contributor: User, viewer: User, settings: Any, tmp_path: Any
) -> Arguments:
    settings.MEDIA_ROOT = tmp_path
    return arguments_for(cycle, contributor, viewer)


@pytest.fixture
def others(theirs: Arguments, cycle: Cycle, lead: User) -> Arguments:
    """What the contributor has nothing to do with, and files with restricted text."""
    return {
        **theirs,
        "returned_id": returned_workbook(cycle, lead).pk,
        "spreadsheet_id": spreadsheet(cycle, lead).pk,
        **things_of(cycle, "2.2", lead, Audience.BOARD),
    }


def outcome(response: HttpResponseBase) -> str:
    if response.status_code in {301, 302}:
        to_sign_in = response["Location"].startswith(reverse("account_login"))
        return "sign-in" if to_sign_in else "in"
    return "in" if response.status_code == 200 else str(response.status_code)


def ask(client: Client, method: str, address: str) -> str:
    """What the person gets; whatever the request changed is undone."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.get(address) if method == "GET" else client.post(address)
        transaction.set_rollback(True)
    if isinstance(response, StreamingHttpResponse):
        response.getvalue()  # to its end, where its file is closed
    client.cookies = cookies
    return outcome(response)


def outcomes(clients: dict[str, Client], address: str) -> dict[str, dict[str, str]]:
    return {
        method: {who: ask(client, method, address) for who, client in clients.items()}
        for method in METHODS
    }


@pytest.mark.parametrize("route", ROWS)
def test_everybody_gets_what_the_table_says(
    route: str, clients: dict[str, Client], theirs: Arguments
):
    assert outcomes(clients, address(route, theirs)) == ROWS[route]


@pytest.mark.parametrize("route", ROWS_OF_OTHERS)
def test_what_is_somebody_elses_is_closed(
    route: str, clients: dict[str, Client], others: Arguments
):
    assert outcomes(clients, address(route, others)) == ROWS_OF_OTHERS[route]


@pytest.mark.parametrize("place", ["another council", "another cycle", "another draft"])
def test_nothing_is_reached_through_a_council_or_cycle_it_does_not_stand_in(
    place: str, as_: SignIn, lead: User, theirs: Arguments, elsewhere: dict[str, Arguments]
):
    client = as_(lead)
    for name, wrong in elsewhere[place].items():
        routes = [route for route, names in ROUTES.items() if name in names]
        assert routes, f"no address names a {name} any more"
        for route in routes:
            there = address(route, {**theirs, name: wrong})
            got = {ask(client, m, there) for m in METHODS if ROWS[route][m]["lead"] != "403"}
            assert got <= {"404", "405"}, f"{route} with the {name} of {place}: {got}"


@pytest.fixture
def elsewhere(cycle: Cycle, lead: User, stranger: User, southbeck: Council) -> dict[str, Arguments]:
    """The numbers of things that the lead must not reach by way of their own cycle."""
    foreign = Cycle(council=southbeck, toolkit=cycle.toolkit, scale=cycle.scale)
    southbecks = things_of(add_earlier_cycle(foreign, 2020, stranger), "1.1", lead, Audience.PUBLIC)
    earlier = things_of(add_earlier_cycle(cycle, 2020, lead), "1.1", lead, Audience.PUBLIC)
    member = Membership.objects.get(user=stranger)
    draft = drafted(southbeck, stranger, cycle.toolkit)
    ids = ("action_id", "item_id", "export_id", "challenge_id")
    return {
        "another council": {
            **dict.fromkeys(("cycle_id", "before_id", "after_id"), southbecks["cycle_id"]),
            "membership_id": member.pk,
            **draft,
            **{name: southbecks[name] for name in ids},
        },
        "another cycle": {name: earlier[name] for name in ids},
        "another draft": {"part_id": drafted(cycle.council, lead, cycle.toolkit)["part_id"]},
    }
