"""Cycles that the dashboard has something to say about."""

import pytest

from assessments.models import Cycle, User
from tests.assessments.boards import rate
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
