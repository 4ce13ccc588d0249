"""The lead at a browser, and councils with something to say."""

import pytest
from django.test import Client

from assessments.models import Action, Cycle, User
from tests.assessments.boards import rate
from tests.assessments.registered import days, make
from tests.cast import SignIn
from tests.volume import add_earlier_cycle


@pytest.fixture
def last_year(cycle: Cycle, lead: User) -> Cycle:
    """Training Red, local risk Amber."""
    earlier = add_earlier_cycle(cycle, 2019, lead)
    rate(earlier, 1, "amber")
    rate(earlier, 2, "red")
    return earlier


@pytest.fixture
def mixed(cycle: Cycle, last_year: Cycle) -> Cycle:
    """Local risk has fallen to Red, training has risen to Amber."""
    rate(cycle, 1, "red", comments="The profile is old.")
    why = {"reason": "A named trainer left.", "reason_sensitivity": "exempt-1"}
    rate(cycle, 2, "amber", comments="Not shown: there is a reason.", **why)
    return cycle


@pytest.fixture
def page(as_: SignIn, lead: User) -> Client:
    return as_(lead)


@pytest.fixture
def several(cycle: Cycle, lead: User, contributor: User) -> dict[str, Action]:
    return {
        "late": make(cycle, "Late.", "2.1", lead, due_date=days(-12)),
        "soon": make(cycle, "Soon.", "1.1", contributor, due_date=days(20), status="in-progress"),
        "far": make(cycle, "Far.", "1.2", "Head of Housing", due_date=days(200)),
        "words": make(cycle, "In words.", "1.1", "Head of Housing", due_words="Q4"),
        "never": make(cycle, "Never.", "2.2"),
        "done": make(cycle, "Done.", "1.1", lead, status="completed", due_date=days(-40)),
    }
