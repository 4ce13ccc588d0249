from pathlib import Path

import pytest

from assessments.record import CycleRecord
from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from benchmarks.models import Toolkit
from tests.exports.small_records import named, small_record

EDITIONS = Path(__file__).parents[2] / "fixtures" / "toolkits"


@pytest.fixture
def full_edition(db: None) -> Toolkit:
    """Home Office 2018, as shipped."""
    ((toolkit, _),) = load([read_edition(EDITIONS / "home-office-2018.yaml")])
    return toolkit


@pytest.fixture(scope="session")
def edition() -> CycleRecord:
    """Of the small toolkit, with nothing answered."""
    return named(small_record())
