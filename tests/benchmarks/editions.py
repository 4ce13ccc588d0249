"""A small sound edition to spoil in tests, and generated ones."""

import copy
from typing import Any

from hypothesis import strategies as st

from benchmarks.editions.checking import Document, parse_edition
from benchmarks.editions.problems import EditionError
from benchmarks.editions.writing import as_yaml

SMALL: Document = {
    "slug": "small-edition",
    "title": "Small edition",
    "publisher": "Invented for tests",
    "issued_on": "2020-02-29",
    "source_title": "None",
    "source_url": "https://example.org/small",
    "licence": "None",
    "attribution": "Invented for tests.",
    "roll_up": {"rule": "worst", "categories": ["expectation"], "says": "The worst counts."},
    "scales": [
        {
            "slug": "two",
            "name": "Two levels",
            "levels": [
                {
                    "slug": slug,
                    "label": slug.title(),
                    "rank": rank,
                    "colour": colour,
                    "met": met,
                    "meaning": f"It is {slug}.",
                }
                for rank, (slug, colour, met) in enumerate(
                    [("poor", "red", False), ("good", "green", True)], start=1
                )
            ],
        }
    ],
    "benchmarks": [
        {
            "number": number,
            "short_title": f"Title {number}",
            "statement": f"Statement {number}.",
            "outcome": f"Outcome {number}.",
            "guidance": {
                "summary": "What it is about.",
                "look_for": ["Minutes"],
                "links": [{"title": "Source", "url": "https://example.org/source"}],
            },
            "questions": [
                {
                    "ref": f"{number}.{place}",
                    "category": "expectation",
                    "text": f"Question {number}.{place}?",
                    "prompts": ["First prompt?", "Second prompt?"],
                }
                for place in (1, 2)
            ],
        }
        for number in (1, 2)
    ],
}


def small(**changes: Any) -> Document:
    return {**copy.deepcopy(SMALL), **changes}


def problems(text: str) -> list[str]:
    """What is wrong with this text, as an edition."""
    try:
        parse_edition(text, "file.yaml")
    except EditionError as error:
        return error.problems
    return []


def spoiled(old: str, new: str, count: int = -1) -> str:
    """The small edition as YAML with a piece of it replaced."""
    text = as_yaml(SMALL)
    assert old in text
    return text.replace(old, new, count)


# Anything that may stand in a text: YAML's own signs, quotes, emoji, right to left, line breaks.
characters = st.characters(
    exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
)
awkward = st.sampled_from(
    ["yes", "null", "1.1", "2018-09-05", "- item", "a: b", "# no", "'", '"', "=SUM(A1)", "<<", "|"]
)
lines = st.text(characters | st.sampled_from(" \n:#-'\"&*!|>%@`"), min_size=1, max_size=200)
texts = (lines.map(str.strip).filter(bool)) | awkward
short_texts = st.text(characters, min_size=1, max_size=50).map(str.strip).filter(bool) | awkward
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)
urls = st.from_regex(r"https://[a-z]{1,10}\.example/[a-z#?=&]{0,20}", fullmatch=True)
categories = st.sampled_from(["expectation", "good_practice"])


@st.composite
def scales(draw: st.DrawFn, slug: str) -> dict[str, Any]:
    count = draw(st.integers(2, 5))
    names = draw(st.lists(slugs, min_size=count, max_size=count, unique=True))
    labels = draw(st.lists(short_texts, min_size=count, max_size=count, unique=True))
    ranks = sorted(draw(st.sets(st.integers(1, 99), min_size=count, max_size=count)))
    met_from = draw(st.integers(0, count - 1))
    colours = st.sampled_from(["red", "orange", "amber", "green", "teal", "blue", "grey"])
    levels = [
        {
            "slug": name,
            "label": label,
            "rank": rank,
            "colour": draw(colours),
            "met": place >= met_from,
            "meaning": draw(texts),
        }
        for place, (name, label, rank) in enumerate(zip(names, labels, ranks, strict=True))
    ]
    return {"slug": slug, "name": draw(short_texts), "levels": levels}


@st.composite
def benchmarks(draw: st.DrawFn, number: int) -> dict[str, Any]:
    links = st.fixed_dictionaries({"title": short_texts, "url": urls})
    questions = st.fixed_dictionaries(
        {"category": categories, "text": texts},
        optional={"prompts": st.lists(texts, min_size=1, max_size=3)},
    )
    asked = draw(st.lists(questions, min_size=1, max_size=3))
    return {
        "number": number,
        "short_title": draw(short_texts),
        "statement": draw(texts),
        **draw(st.fixed_dictionaries({}, optional={"outcome": texts})),
        "guidance": {
            "summary": draw(texts),
            "look_for": draw(st.lists(texts, min_size=1, max_size=3)),
            "links": draw(st.lists(links, max_size=2)),
        },
        "questions": [
            {"ref": f"{number}.{place}", **question} for place, question in enumerate(asked, 1)
        ],
    }


@st.composite
def editions(draw: st.DrawFn) -> Document:
    numbers = sorted(draw(st.sets(st.integers(1, 999), min_size=1, max_size=3)))
    names = draw(st.lists(slugs, min_size=1, max_size=2, unique=True))
    return {
        "slug": draw(slugs),
        "title": draw(short_texts),
        **draw(st.fixed_dictionaries({}, optional={"description": texts})),
        "publisher": draw(short_texts),
        "issued_on": draw(st.dates()).isoformat(),
        "source_title": draw(short_texts),
        "source_url": draw(urls),
        "licence": draw(short_texts),
        "attribution": draw(texts),
        "roll_up": {
            "rule": "worst",
            "categories": ["expectation"],
            "otherwise": ["good_practice"],
            "says": draw(texts),
        },
        "scales": [draw(scales(slug)) for slug in names],
        "benchmarks": [draw(benchmarks(number)) for number in numbers],
    }
