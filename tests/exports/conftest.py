from pathlib import Path

import pytest

from benchmarks.editions.checking import read_edition
from benchmarks.editions.storing import load
from benchmarks.models import Toolkit

EDITIONS = Path(__file__).parents[2] / "fixtures" / "toolkits"


@pytest.fixture
def full_edition(db: None) -> Toolkit:
    """Home Office 2018, as shipped."""
    ((toolkit, _),) = load([read_edition(EDITIONS / "home-office-2018.yaml")])
    return toolkit
