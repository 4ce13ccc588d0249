"""What the pages of drafts cost at the site's desk, with little and with much."""

import pytest
from django.urls import reverse

from assessments.models import DraftPartKind, EditionDraft, User
from assessments.services.edition_parts import add_part
from benchmarks.models import Toolkit
from tests.addresses import ROUTES
from tests.assessments.test_query_budgets import PAGES
from tests.budgets import assert_budget, recorded
from tests.cast import SignIn
from tests.editions.drafting import a_copy, change, drafted

pytestmark = pytest.mark.django_db
PREFIX = "councils:editions:"
NAMES = sorted(route.removeprefix(PREFIX) for route in PAGES if route.startswith(PREFIX))


@pytest.fixture
def draft(toolkit: Toolkit, site_administrator: User) -> EditionDraft:
    edition: EditionDraft = a_copy(toolkit, site_administrator)
    return edition


def fill(draft: EditionDraft, toolkit: Toolkit, by: User) -> None:
    for _ in range(5):
        a_copy(toolkit, by)
        under = add_part(draft=draft, kind=DraftPartKind.BENCHMARK, by=by)
        asked = add_part(draft=draft, kind=DraftPartKind.QUESTION, under=under, by=by)
        change(asked, by, text="Another?", prompts=["One", "Two"])


@pytest.mark.parametrize("name", NAMES)
def test_a_page_costs_the_same_with_little_and_with_much(
    name: str, as_: SignIn, draft: EditionDraft, toolkit: Toolkit, site_administrator: User
):
    client = as_(site_administrator)
    address = address_of(f"editions:{name}", draft)
    assert_budget(f"editions:{name}", lambda: client.get(address))
    fill(draft, toolkit, site_administrator)
    assert_budget(f"editions:{name}", lambda: client.get(address))


def address_of(route: str, draft: EditionDraft) -> str:
    known = {"draft_id": draft.pk, "part_id": drafted(draft).questions[0].pk}
    return reverse(route, kwargs={name: known[name] for name in ROUTES[route]})


def test_a_councils_pages_cost_no_more_than_its_own_look():
    """The council and its role are one query; nothing else differs."""
    for name in NAMES:
        assert recorded()[f"{PREFIX}{name}"] == recorded()[f"editions:{name}"] + 1, name
