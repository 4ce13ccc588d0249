"""A benchmark's box on the front sheet: its title, rating, actions and comments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.imports.word.blocks import Cell
from assessments.imports.word.entries import Part, Role
from assessments.imports.word.headings import HeadingReader
from assessments.imports.word.marks import Mark, mark_in, mark_of_shade
from assessments.imports.word.wording import likeness
from assessments.record import Benchmark, Level

FIELD = re.compile(
    r"\A\s*(?:(?P<rating>RAG(?:\s+(?:rating|status))?|(?:overall\s+)?rating|status)"
    r"|(?P<actions>(?:outstanding\s+|further\s+|next\s+)?actions?(?:\s+required)?|next\s+steps)"
    r"|(?P<comments>comments?|commentary|notes?|summary))"
    r"\s*(?:[:;]|\s[–-]\s|\Z)\s*",
    re.IGNORECASE,
)
ROLES = {
    "rating": Role.RATING,
    "actions": Role.FRONT_ACTIONS,
    "comments": Role.FRONT_COMMENTS,
}
CLOSE_ENOUGH = 50  # of a short title that follows its number


@dataclass(frozen=True)
class FrontCell:
    benchmark: int
    score: int
    parts: tuple[Part, ...]
    mark: Mark


def read_front_cell(
    cell: Cell, headings: HeadingReader, levels: Sequence[Level]
) -> FrontCell | None:
    """None where the cell is no such box: a title first, then at least one known label."""
    lines = cell.text.split("\n")
    title = headings.titled(lines[0]) or numbered_title(lines[0], headings)
    parts = list(fields_of(lines[1:]))
    if title is None or not any(part.role == Role.LABEL for part in parts):
        return None
    words = " ".join(part.text for part in parts if part.role == Role.RATING)
    mark = mark_in(words, levels) or mark_of_shade(cell.shade, levels)
    score = round(likeness(re.sub(r"\A\W*\d+\W*", "", lines[0]), title.short_title))
    told = tuple(understood(part, mark_in(words, levels)) for part in parts)
    return FrontCell(title.number, score, (Part(Role.LABEL, lines[0]), *told), mark)


def numbered_title(line: str, headings: HeadingReader) -> Benchmark | None:
    """A title in the council's own words, after the benchmark's number."""
    number = re.match(r"\s*(\d{1,2})(?!\d|\.\d)[.):]?\s+(.+)", line)
    benchmark = headings.benchmarks.get(int(number[1])) if number else None
    if number and benchmark and likeness(number[2], benchmark.short_title) >= CLOSE_ENOUGH:
        return benchmark
    return None


def fields_of(lines: Sequence[str]) -> list[Part]:
    """Each label apart from what follows it, on its line and the next ones."""
    parts: list[Part] = []
    role = Role.FRONT_COMMENTS
    for line in lines:
        rest = line
        if label := FIELD.match(line):
            role = next(ROLES[name] for name, found in label.groupdict().items() if found)
            parts.append(Part(Role.LABEL, label[0].strip()))
            rest = line[label.end() :]
        if not rest.strip():
            continue
        if parts and parts[-1].role == role:
            parts[-1] = Part(role, f"{parts[-1].text}\n{rest.strip()}")
        else:
            parts.append(Part(role, rest.strip()))
    return parts


def understood(part: Part, mark: Mark) -> Part:
    return part if part.role != Role.RATING or mark else Part(Role.UNKNOWN, part.text)
