"""Whether a file is a sound mapping: its shape, and what its links say together."""

import json
import pathlib
from collections.abc import Iterator
from typing import Any

from benchmarks.editions.checking import Document, Validator, check
from benchmarks.editions.problems import Parsed, Problem
from benchmarks.editions.reading import parse, read

SCHEMA = json.loads((pathlib.Path(__file__).parent / "schema.json").read_text("utf-8"))
VALIDATOR = Validator(SCHEMA)
# How many benchmarks a relation goes from and to: one, several or none.
SHAPES = {
    "same": ("one", "one"),
    "merged": ("several", "one"),
    "split": ("one", "several"),
    "dropped": ("any", "none"),
}


def read_mapping(file: pathlib.Path) -> Document:
    """The checked document in a file, with the lines of its links beside it; EditionError names
    every problem by file and line."""
    return checked(read(file), file.name)


def parse_mapping(text: str, name: str) -> Document:
    return checked(parse(text, name), name)


def checked(parsed: Parsed, name: str) -> Document:
    return {**check(parsed, name, VALIDATOR, broken_rules), "lines": lines_of(parsed), "file": name}


def lines_of(parsed: Parsed) -> dict[str, Any]:
    """For what only the editions themselves can tell to be wrong."""
    links = [parsed.line(("links", place)) for place in range(len(parsed.data["links"]))]
    return {"from": parsed.line(("from",)), "to": parsed.line(("to",)), "links": links}


def broken_rules(parsed: Parsed) -> Iterator[Problem]:
    """What a schema can't say; tolerant of any shape of data."""
    data = parsed.data if isinstance(parsed.data, dict) else {}
    if data.get("from") and data.get("from") == data.get("to"):
        yield parsed.problem(("to",), "“to” is the edition that it comes from")
    pairs: set[tuple[int, int]] = set()
    links = data.get("links")
    for place, link in enumerate(links if isinstance(links, list) else []):
        if is_sound(link):
            yield from broken_link(parsed, place, link, pairs)


def is_sound(link: Any) -> bool:
    return (
        isinstance(link, dict)
        and link.get("relation") in SHAPES
        and all(isinstance(link.get(name), list) for name in ("from", "to"))
        and all(isinstance(number, int) for name in ("from", "to") for number in link[name])
    )


def broken_link(
    parsed: Parsed, place: int, link: Document, pairs: set[tuple[int, int]]
) -> Iterator[Problem]:
    relation = link["relation"]
    for name, wanted in zip(("from", "to"), SHAPES[relation], strict=True):
        if not fits(len(link[name]), wanted):
            says = f"“{relation}” needs {wanted} under “{name}”, not {len(link[name])}"
            yield parsed.problem(("links", place, name), says)
    if relation == "dropped" and not link.get("note"):
        says = "“note” is missing: it has to say where what was dropped goes"
        yield parsed.problem(("links", place), says)
    for pair in [(old, new) for old in link["from"] for new in link["to"]]:
        if pair in pairs:
            says = f"benchmark {pair[0]} goes to {pair[1]} in an earlier link already"
            yield parsed.problem(("links", place), says)
        pairs.add(pair)


def fits(count: int, wanted: str) -> bool:
    return {"one": count == 1, "several": count > 1, "none": count == 0, "any": count > 0}[wanted]
