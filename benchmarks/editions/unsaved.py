"""A document as rows that are never saved: for showing what isn't published."""

from itertools import count
from typing import Any

from benchmarks.models import Benchmark, Prompt, Question, RatingLevel, RatingScale, Toolkit

from .checking import Document
from .storing import BENCHMARK, LEVEL, QUESTION

NO_GUIDANCE: dict[str, Any] = {"summary": "", "look_for": [], "links": []}


def as_toolkit(document: Document) -> Toolkit:
    """With all its parts at hand, each with a number of its own as primary key; what the
    document lacks is empty. No queries."""
    numbers = count(1)
    toolkit = Toolkit(
        pk=0, slug=document.get("slug", ""), title=document.get("title", ""), roll_up={}
    )
    scales = [
        _scale(toolkit, entry, place, numbers)
        for place, entry in enumerate(document["scales"], start=1)
    ]
    benchmarks = [_benchmark(toolkit, entry, numbers) for entry in document["benchmarks"]]
    return _with(toolkit, scales=scales, benchmarks=benchmarks)  # type: ignore[no-any-return]


def _with(row: Any, **related: list[Any]) -> Any:
    """Where a read with prefetching would have left them."""
    row._prefetched_objects_cache = related
    return row


def _scale(toolkit: Toolkit, entry: dict[str, Any], place: int, numbers: Any) -> RatingScale:
    scale = RatingScale(
        pk=next(numbers), toolkit=toolkit, name=entry.get("name", ""), position=place
    )
    levels = [
        RatingLevel(pk=next(numbers), scale=scale, **{name: level.get(name) for name in LEVEL})
        for level in entry.get("levels", [])
    ]
    return _with(scale, levels=levels)  # type: ignore[no-any-return]


def _benchmark(toolkit: Toolkit, entry: dict[str, Any], numbers: Any) -> Benchmark:
    fields = {name: entry.get(name, "") for name in BENCHMARK}
    fields["guidance"] = {**NO_GUIDANCE, **entry.get("guidance", {})}
    benchmark = Benchmark(pk=next(numbers), toolkit=toolkit, **fields)
    questions = [
        _question(benchmark, asked, place, numbers)
        for place, asked in enumerate(entry["questions"], start=1)
    ]
    return _with(benchmark, questions=questions)  # type: ignore[no-any-return]


def _question(benchmark: Benchmark, entry: dict[str, Any], place: int, numbers: Any) -> Question:
    fields = {name: entry.get(name, "") for name in QUESTION}
    question = Question(pk=next(numbers), benchmark=benchmark, position=place, **fields)
    prompts = [
        Prompt(pk=next(numbers), question=question, position=position, text=text)
        for position, text in enumerate(entry.get("prompts", []), start=1)
    ]
    return _with(question, prompts=prompts)  # type: ignore[no-any-return]
