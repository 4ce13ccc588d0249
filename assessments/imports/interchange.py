"""An interchange file as the record of a cycle, checked against the edition that it answers.

Reads only: `services.interchange` writes the record.
"""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from assessments.exports.interchange import FORMAT, VERSION
from assessments.imports.interchange_parts import Fields, PartReader
from assessments.imports.json_file import parse_json
from assessments.imports.problems import NAMED_BY, ImportProblems, Path, Problem, shown
from assessments.imports.schema import shape_problems
from assessments.record import CycleRecord

# A slug of an edition and of one of its scales → a record with nothing in it yet.
# Raises LookupError, with a sentence, where one of them isn't here.
BlankRecord = Callable[[str, str], CycleRecord]


def read_cycle(data: bytes, blank: BlankRecord) -> CycleRecord:
    """Raises ImportProblems with everything that is wrong."""
    document = parse_json(data)
    check_header(document)
    problems = shape_problems(document)
    record, cross_problems = read_sound_parts(document, problems, blank)
    problems += cross_problems
    if record is None or problems:
        problems.sort(key=lambda problem: in_file_order(document, problem.path))
        raise ImportProblems([problem.within(document) for problem in problems])
    return record


def check_header(document: Any) -> None:
    """What makes the rest not worth checking."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ImportProblems(f"This is not a cycle file: its “format” is not “{FORMAT}”.")
    if document.get("version") != VERSION:
        version = shown(document.get("version"))
        raise ImportProblems(f"The file has version {version}; only version {VERSION} is known.")
    if document.get("audience") == "public":
        raise ImportProblems(
            "This is a public version: restricted text was taken out of it, so it can’t be "
            "loaded. Export the board version instead."
        )


def read_sound_parts(
    document: Fields, problems: list[Problem], blank: BlankRecord
) -> tuple[CycleRecord | None, list[Problem]]:
    """Cross-check what is well-formed, so that one run tells everything that is wrong."""
    broken = {entry_of(problem.path) for problem in problems}
    if broken & {("toolkit",), ("scale",), ("benchmarks",), ("actions",)}:
        return None, []
    try:
        edition = blank(document["toolkit"]["slug"], document["scale"]["slug"])
    except LookupError as error:
        return None, [Problem(("toolkit",), str(error.args[0]))]
    parts = PartReader(edition, broken)
    benchmarks = parts.benchmarks(document["benchmarks"])
    actions = parts.actions(document.get("actions", []))
    if problems or parts.problems:
        return None, parts.problems
    record = dataclasses.replace(
        edition,
        council_slug=document.get("council", {}).get("slug", ""),
        council_name=document.get("council", {}).get("name", ""),
        period=document["period"],
        as_at=datetime.date.fromisoformat(document["as_at"]),
        closes_on=parts.date(document, "closes_on"),
        benchmarks=benchmarks,
        actions=actions,
    )
    return record, []


def entry_of(path: Path) -> Path:
    """The entry of a list that a problem lies in, or the top-level field."""
    entries = [place for place, step in enumerate(path) if place and path[place - 1] in NAMED_BY]
    return path[: entries[-1] + 1] if entries else path[:1]


def in_file_order(document: Any, path: Path) -> list[int]:
    places = []
    for step in path:
        if isinstance(step, int):
            places.append(step)
            document = document[step]
        else:
            names = list(document) if isinstance(document, dict) else []
            places.append(names.index(step) if step in names else len(names))
            document = document.get(step) if isinstance(document, dict) else None
    return places
