"""What every page costs the lead in queries, with little in the cycle and with much: the same,
as recorded in tests/query_budgets.json, and never more than twelve. Each is sound HTML."""

from typing import Any

import pytest

from assessments.models import Cycle, User
from tests.addresses import ROUTES, Arguments, address, arguments_for
from tests.budgets import MOST, assert_budget, recorded
from tests.cast import SignIn
from tests.markup import parse_errors
from tests.permissions import ROWS
from tests.volume import fill

# What answers the lead's GET with a redirect, and so isn't a page.
REDIRECTS = {
    "home",
    "account_login",
    "account_signup",
    "account_confirm_login_code",
    "account_set_password",
}
PAGES = sorted(
    route
    for route, methods in ROWS.items()
    if methods["GET"]["lead"] == "in" and route not in REDIRECTS
)


@pytest.fixture
def arguments(
    cycle: Cycle, contributor: User, viewer: User, settings: Any, tmp_path: Any
) -> Arguments:
    settings.MEDIA_ROOT = tmp_path
    return arguments_for(cycle, contributor, viewer)


@pytest.mark.parametrize("route", PAGES)
def test_a_page_costs_the_same_with_little_and_with_much(
    route: str, as_: SignIn, lead: User, cycle: Cycle, arguments: Arguments
):
    client = as_(lead)
    assert_budget(route, lambda: client.get(address(route, arguments)))
    fill(cycle, lead)
    page: Any = assert_budget(route, lambda: client.get(address(route, arguments)))
    if page.headers["Content-Type"].startswith("text/html"):
        assert parse_errors(page.content.decode()) == []


@pytest.mark.parametrize("route", sorted(REDIRECTS))
def test_what_is_left_out_is_no_page(route: str, as_: SignIn, lead: User, arguments: Arguments):
    assert as_(lead).get(address(route, arguments)).status_code == 302


def test_no_page_is_recorded_with_more_than_twelve():
    assert {page: count for page, count in recorded().items() if count > MOST} == {}


def test_nothing_is_recorded_that_is_gone():
    """`councils:council, viewer` is recorded beside `councils:council`."""
    assert {page.partition(",")[0] for page in recorded()} <= set(ROUTES)
