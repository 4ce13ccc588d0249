"""Which words of a text lead somewhere."""

import pytest

from assessments.report import Link, runs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Read [the plan](https://a.example/p).",
            ("Read ", Link("the plan", "https://a.example/p"), "."),
        ),
        (
            "See https://a.example/p/, now",
            ("See ", Link("a.example/p", "https://a.example/p/"), ", now"),
        ),
        (
            "See www.gov.uk/prevent.",
            ("See ", Link("www.gov.uk/prevent", "https://www.gov.uk/prevent"), "."),
        ),
        ("", ()),
    ],
)
def test_links_are_told_apart_from_text(text: str, found: tuple[object, ...]) -> None:
    assert runs(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "file:///etc/passwd",
        "http://[broken",
        "https://%00/",
        "[x](https://)",
        "someone@www.example",
        "https://a.example/" + "x" * 2_000,
    ],
)
def test_what_leads_nowhere_on_the_web_stays_text(text: str) -> None:
    assert runs(text) == (text,)
