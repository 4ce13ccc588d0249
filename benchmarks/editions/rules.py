"""The rules of an edition that a schema cannot express; tolerant of any shape of data."""

from collections.abc import Iterator
from typing import Any

from .problems import Parsed, Path, Problem

Entry = tuple[Path, dict[str, Any]]


def broken_rules(parsed: Parsed) -> Iterator[Problem]:
    benchmarks = list(_entries(parsed.data, (), "benchmarks"))
    scales = list(_entries(parsed.data, (), "scales"))
    yield from _rising(parsed, benchmarks, "number")
    yield from _once(parsed, scales, "slug")
    for path, scale in scales:
        levels = list(_entries(scale, path, "levels"))
        yield from _once(parsed, levels, "slug")
        yield from _once(parsed, levels, "label")
        yield from _rising(parsed, levels, "rank")
        yield from _met_from_a_level_up(parsed, path, levels)
    yield from _refs(parsed, benchmarks)
    yield from _roll_up_covers(parsed, benchmarks)


def _entries(owner: Any, path: Path, name: str) -> Iterator[Entry]:
    listed = owner.get(name) if isinstance(owner, dict) else None
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, dict):
            yield (*path, name, index), entry


def _once(parsed: Parsed, entries: list[Entry], name: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for path, entry in entries:
        value = entry.get(name)
        if not isinstance(value, str):
            continue
        here = (*path, name)
        if value in seen:
            says = f"{name} “{value}” is used twice (first on line {seen[value]})"
            yield parsed.problem(here, says)
        else:
            seen[value] = parsed.line(here)


def _rising(parsed: Parsed, entries: list[Entry], name: str) -> Iterator[Problem]:
    before: int | None = None
    for path, entry in entries:
        value = entry.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            continue
        if value == before:
            yield parsed.problem((*path, name), f"{name} {value} is used twice")
        elif before is not None and value < before:
            yield parsed.problem((*path, name), f"{name} {value} must not come after {before}")
        before = value


def _met_from_a_level_up(parsed: Parsed, path: Path, levels: list[Entry]) -> Iterator[Problem]:
    met = [level.get("met") for _, level in levels]
    if levels and True not in met and all(isinstance(value, bool) for value in met):
        yield parsed.problem((*path, "levels"), "no level of this scale counts as met")
    for (level_path, level), below in zip(levels[1:], met, strict=False):
        if below is True and level.get("met") is False:
            says = "“met” must be true here too, as the level below already counts as met"
            yield parsed.problem((*level_path, "met"), says)


def _refs(parsed: Parsed, benchmarks: list[Entry]) -> Iterator[Problem]:
    questions = [
        (benchmark.get("number"), entry)
        for path, benchmark in benchmarks
        for entry in _entries(benchmark, path, "questions")
    ]
    yield from _once(parsed, [entry for _, entry in questions], "ref")
    for number, (path, question) in questions:
        ref = question.get("ref")
        if isinstance(ref, str) and isinstance(number, int) and not ref.startswith(f"{number}."):
            says = (
                f"“ref” must start with “{number}.”, as the question belongs to benchmark {number}"
            )
            yield parsed.problem((*path, "ref"), says)


def _roll_up_covers(parsed: Parsed, benchmarks: list[Entry]) -> Iterator[Problem]:
    """Every benchmark has a question that the roll-up rule looks at."""
    rule = parsed.data.get("roll_up") if isinstance(parsed.data, dict) else None
    if not isinstance(rule, dict):
        return
    named = [rule.get("categories"), rule.get("otherwise")]
    counted = [category for listed in named if isinstance(listed, list) for category in listed]
    for path, benchmark in benchmarks:
        categories = [entry.get("category") for _, entry in _entries(benchmark, path, "questions")]
        if categories and counted and not any(category in counted for category in categories):
            says = "the roll-up rule looks at none of its questions: name “otherwise” in “roll_up”"
            yield parsed.problem((*path, "number"), says)
