"""What differs between two editions is said by the names of its entries."""

import copy

from benchmarks.editions.differences import differences
from tests.benchmarks.editions import SMALL


def test_an_entry_is_compared_with_the_one_of_its_name() -> None:
    new = copy.deepcopy(SMALL)
    first = new["benchmarks"][0]["questions"].pop(0)
    first["ref"] = "1.3"
    new["benchmarks"][0]["questions"].append(first)
    new["benchmarks"][0]["questions"][0]["text"] = "Asked anew?"
    assert differences(SMALL, new, here="before", there="in the draft") == [
        "question 1.2, text: “Question 1.2?” before, “Asked anew?” in the draft",
        "question 1.3: only in the draft",
        "question 1.1: only before",
    ]


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differences(SMALL, copy.deepcopy(SMALL)) == []
