"""A toolkit just large enough: two benchmarks, four questions, one of them without prompts."""

import datetime
from typing import Any

from django.utils import timezone

from benchmarks.models import Benchmark, Prompt, Question, RatingLevel, RatingScale, Toolkit

SCALES: dict[str, list[tuple[str, str, bool]]] = {
    "rag": [("Red", "red", False), ("Amber", "amber", False), ("Green", "green", True)],
    "progress": [
        ("Not yet started", "red", False),
        ("Developing", "amber", False),
        ("Achieving", "green", True),
    ],
}
BENCHMARKS: list[dict[str, Any]] = [
    {
        "short_title": "Local risk",
        "questions": [
            ("1.1", "expectation", ["How are risks found?", "Who owns them?", "What changed?"]),
            ("1.2", "good_practice", ["Is the profile shared?"]),
        ],
    },
    {
        "short_title": "Training",
        "questions": [
            ("2.1", "expectation", []),
            ("2.2", "expectation", ["Who is trained?", "How often?"]),
        ],
    },
]


TOOLKIT: dict[str, Any] = {
    "title": "Small toolkit",
    "publisher": "Invented for tests",
    "source_title": "None",
    "source_url": "https://example.org/small",
    "licence": "None",
    "attribution": "Invented for tests.",
    "issued_on": datetime.date(2020, 1, 1),
    "roll_up": {"rule": "worst", "categories": ["expectation"], "says": "The worst one counts."},
}


def make_small_toolkit(slug: str = "small") -> Toolkit:
    toolkit = Toolkit.objects.create(slug=slug, **TOOLKIT)
    for position, (slug, levels) in enumerate(SCALES.items(), start=1):
        scale = RatingScale.objects.create(toolkit=toolkit, slug=slug, name=slug, position=position)
        for rank, level in enumerate(levels, start=1):
            RatingLevel.objects.create(scale=scale, **level_fields(rank, *level))
    for number, row in enumerate(BENCHMARKS, start=1):
        add_benchmark(toolkit, number, row)
    toolkit.published_at = timezone.now()
    toolkit.save()
    return toolkit


def level_fields(rank: int, label: str, colour: str, met: bool) -> dict[str, Any]:
    return {
        "slug": label.lower().replace(" ", "-"),
        "label": label,
        "rank": rank,
        "colour": colour,
        "met": met,
        "meaning": f"Means {label}.",
    }


def benchmark_fields(number: int, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": number,
        "short_title": row["short_title"],
        "statement": f"{row['short_title']} is in hand.",
        "outcome": f"{row['short_title']} works.",
        "guidance": {"summary": "What it is about.", "look_for": ["Minutes"], "links": []},
    }


def question_fields(ref: str, category: str) -> dict[str, Any]:
    return {"ref": ref, "category": category, "text": f"Question {ref}?"}


def add_benchmark(toolkit: Toolkit, number: int, row: dict[str, Any]) -> None:
    benchmark = Benchmark.objects.create(toolkit=toolkit, **benchmark_fields(number, row))
    for place, (ref, category, prompts) in enumerate(row["questions"], start=1):
        question = Question.objects.create(
            benchmark=benchmark, position=place, **question_fields(ref, category)
        )
        for position, text in enumerate(prompts, start=1):
            Prompt.objects.create(question=question, position=position, text=text)


def small_document() -> dict[str, Any]:
    """What it asks and how it is rated, as a file would say it."""
    return {
        **TOOLKIT,
        "slug": "small",
        "scales": [
            {
                "name": slug,
                "levels": [level_fields(rank, *each) for rank, each in enumerate(levels, start=1)],
            }
            for slug, levels in SCALES.items()
        ],
        "benchmarks": [
            benchmark_fields(number, row)
            | {"questions": [question_fields(*q[:2]) | {"prompts": q[2]} for q in row["questions"]]}
            for number, row in enumerate(BENCHMARKS, start=1)
        ],
    }
