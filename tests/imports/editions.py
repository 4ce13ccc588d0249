"""A shipped edition with nothing answered, straight from its file: no database needed."""

import datetime
from functools import cache
from pathlib import Path

import yaml

from assessments.record import Answer, Benchmark, CycleRecord, Decision, Level, Question, Text

TOOLKITS = Path(__file__).parents[2] / "fixtures" / "toolkits"


@cache
def blank_edition(slug: str = "home-office-2018", scale: str = "rag") -> CycleRecord:
    source = yaml.safe_load((TOOLKITS / f"{slug}.yaml").read_text("utf-8"))
    found = next(each for each in source["scales"] if each["slug"] == scale)
    return CycleRecord(
        council_name="",
        council_slug="",
        accent_colour="",
        toolkit_slug=slug,
        toolkit_title=source["title"],
        attribution="",
        scale_slug=scale,
        scale_name=found["name"],
        levels=tuple(Level(**level, shape="●") for level in found["levels"]),
        period="",
        as_at=datetime.date.min,
        closes_on=None,
        benchmarks=tuple(benchmark(each) for each in source["benchmarks"]),
    )


def benchmark(source: dict) -> Benchmark:
    return Benchmark(
        number=source["number"],
        short_title=source["short_title"],
        statement=source["statement"],
        outcome=source.get("outcome", ""),
        decision=Decision(),
        actions=Text(),
        comments=Text(),
        questions=tuple(question(each) for each in source["questions"]),
    )


def question(source: dict) -> Question:
    prompts = source.get("prompts") or []
    answers = [Answer(n, text, Decision()) for n, text in enumerate(prompts, start=1)]
    return Question(
        ref=source["ref"],
        category=source["category"],
        text=source["text"],
        assignee=None,
        answers=tuple(answers or [Answer(0, "", Decision())]),
    )
