"""An edition as a workbook that can be filled in and read back: docs/editions.md describes it."""

from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook

from assessments.exports.workbook.saving import saved
from assessments.exports.workbook.sheet import Column, Sheet, Value
from benchmarks.editions.checking import Document

TITLES = {
    "About": ["name", "value"],
    "Scales": ["scale", "scale name", "level", "label", "rank", "colour", "met", "meaning"],
    "Benchmarks": ["number", "short title", "statement", "outcome", "guidance"],
    "Guidance": ["benchmark", "kind", "text", "web address"],
    "Questions": ["benchmark", "ref", "category", "text"],
    "Prompts": ["question", "text"],
}
WIDE = {"value", "meaning", "statement", "outcome", "guidance", "text", "web address"}
# The names of “About”, in order. Those in LISTS hold one entry a line.
FACTS = ["slug", "title", "description", "publisher", "issued_on", "source_title", "source_url"]
FACTS += ["licence", "attribution", "corrects", "feeds"]
RULE = ["rule", "categories", "otherwise", "says"]
LISTS = {"feeds", "categories", "otherwise"}
LOOK_FOR, LINK = "look for", "link"

Row = list[Value]


def as_workbook(document: Document) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, names in TITLES.items():
        columns = [Column(name, 60 if name in WIDE else 16) for name in names]
        sheet = Sheet(workbook, title, columns)
        for row in ROWS[title](document):
            sheet.add(*row)
    return saved(workbook)


def about(document: Document) -> Iterator[Row]:
    rule = document.get("roll_up", {})
    for name, value in [
        *((name, document.get(name)) for name in FACTS),
        *((name, rule.get(name)) for name in RULE),
    ]:
        yield [name, "\n".join(value) if isinstance(value, list) else value]


def scales(document: Document) -> Iterator[Row]:
    for scale in document["scales"]:
        for level in scale.get("levels", []) or [{}]:
            names = ("slug", "label", "rank", "colour")
            met = {True: "yes", False: "no"}.get(level.get("met"))
            own = [scale.get("slug"), scale.get("name")]
            yield [*own, *(level.get(name) for name in names), met, level.get("meaning")]


def benchmarks(document: Document) -> Iterator[Row]:
    for each in document["benchmarks"]:
        names = ("number", "short_title", "statement", "outcome")
        yield [*(each.get(name) for name in names), each.get("guidance", {}).get("summary")]


def guidance(document: Document) -> Iterator[Row]:
    for each in document["benchmarks"]:
        said: dict[str, Any] = each.get("guidance", {})
        for point in said.get("look_for", []):
            yield [each.get("number"), LOOK_FOR, point, None]
        for link in said.get("links", []):
            yield [each.get("number"), LINK, link.get("title"), link.get("url")]


def questions(document: Document) -> Iterator[Row]:
    for each in document["benchmarks"]:
        for asked in each["questions"]:
            yield [each.get("number"), *(asked.get(name) for name in ("ref", "category", "text"))]


def prompts(document: Document) -> Iterator[Row]:
    for each in document["benchmarks"]:
        for asked in each["questions"]:
            yield from ([asked.get("ref"), text] for text in asked.get("prompts", []))


ROWS = {
    "About": about,
    "Scales": scales,
    "Benchmarks": benchmarks,
    "Guidance": guidance,
    "Questions": questions,
    "Prompts": prompts,
}
