"""Addresses made for lists are the ones that the router knows."""

import pytest
from django.urls import reverse

from assessments.addresses import address


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("action", ["northmere", 3, 12]),
        ("add_update", ["northmere", 3, 1900000000]),
        ("question", ["northmere", 3, "7.1"]),
        ("question_draft", ["northmere", 3, "7.1"]),
        ("council", ["1900000000"]),
        ("cycle", ["1900000000", 4]),
    ],
)
def test_an_address_is_what_reverse_gives(name: str, arguments: list[object]) -> None:
    for _ in range(2):  # looked up, then kept
        assert address(name, *arguments) == reverse(f"councils:{name}", args=arguments)


def test_another_last_argument_is_another_address() -> None:
    assert {address("action", "northmere", 3, each) for each in (1, 2)} == {
        "/councils/northmere/cycles/3/actions/1/",
        "/councils/northmere/cycles/3/actions/2/",
    }
