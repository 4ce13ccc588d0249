"""A benchmark's box on the front sheet: its title, rating, actions and comments."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assessments.imports.word.blocks import Cell, Row
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
MOST_COLUMNS = 4
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
    title = title_in(lines[0], headings)
    parts = list(fields_of(lines[1:]))
    if title is None or not any(part.role == Role.LABEL for part in parts):
        return None
    told, mark = rated(parts, [cell], levels)
    score = round(likeness(re.sub(r"\A\W*\d+\W*", "", lines[0]), title.short_title))
    return FrontCell(title.number, score, (Part(Role.LABEL, lines[0]), *told), mark)


def rated(
    parts: Sequence[Part], cells: Sequence[Cell], levels: Sequence[Level]
) -> tuple[tuple[Part, ...], Mark]:
    """By its words, else by the one colour that its cells have."""
    said = mark_in(" ".join(part.text for part in parts if part.role == Role.RATING), levels)
    colours = {mark_of_shade(each, levels) for cell in cells for each in (cell.shade, cell.ink)}
    shown = colours - {Mark()}
    mark = said or (shown.pop() if len(shown) == 1 else Mark())
    return tuple(understood(part, said) for part in parts), mark


def title_in(line: str, headings: HeadingReader) -> Benchmark | None:
    return headings.titled(line) or numbered_title(line, headings)


def numbered_title(line: str, headings: HeadingReader) -> Benchmark | None:
    """A title in the council's own words, after the benchmark's number."""
    number = re.match(r"\s*(\d{1,2})(?!\d|\.\d)[.):]?\s+(.+)", line)
    benchmark = headings.benchmarks.get(int(number[1])) if number else None
    if number and benchmark and likeness(number[2], benchmark.short_title) >= CLOSE_ENOUGH:
        return benchmark
    return None


@dataclass
class Box:
    """A benchmark under way down a column, and what its last label said would follow."""

    benchmark: int
    role: Role = Role.FRONT_COMMENTS


@dataclass
class FrontRows:
    """A front sheet whose titles, ratings, actions and comments have rows of their own: one
    column of boxes or several, or labels in one column and what they say in the next."""

    headings: HeadingReader
    levels: Sequence[Level]
    boxes: dict[int, Box] = field(default_factory=dict)

    def is_one(self, rows: Sequence[Row]) -> bool:
        cells = [cell for row in rows for cell in row.filled]
        if any(len(row.cells) > MOST_COLUMNS for row in rows):
            return False
        titles = sum(title_in(cell.text, self.headings) is not None for cell in cells)
        labels = sum(FIELD.match(cell.text) is not None for cell in cells)
        return titles > 0 and labels >= titles and (titles + labels) * 2 >= len(cells)

    def read(self, row: Row) -> Iterator[tuple[list[Cell], FrontCell | None]]:
        """Cells that belong together; None where they stand below no title."""
        together: dict[int, list[Cell]] = {}
        for cell in row.filled:
            if title := title_in(cell.text, self.headings):
                self.boxes[cell.column] = Box(title.number)
                yield [cell], FrontCell(title.number, 100, (Part(Role.LABEL, cell.text),), Mark())
            else:
                owner = max((at for at in self.boxes if at <= cell.column), default=-1)
                together.setdefault(owner, []).append(cell)
        for owner, cells in together.items():
            box = self.boxes.get(owner)
            yield cells, self.within(box, cells) if box else None

    def within(self, box: Box, cells: Sequence[Cell]) -> FrontCell:
        lines = [line for cell in cells for line in cell.text.split("\n")]
        parts = fields_of(lines, box.role)
        box.role = role_after(lines, box.role)
        told, mark = rated(parts, cells, self.levels)
        return FrontCell(box.benchmark, 100, told, mark)


def role_after(lines: Sequence[str], role: Role) -> Role:
    found = [label for label in map(FIELD.match, lines) if label]
    return role_of(found[-1]) if found else role


def role_of(label: re.Match[str]) -> Role:
    return next(ROLES[name] for name, found in label.groupdict().items() if found)


def fields_of(lines: Sequence[str], role: Role = Role.FRONT_COMMENTS) -> list[Part]:
    """Each label apart from what follows it, on its line and the next ones."""
    parts: list[Part] = []
    for line in lines:
        rest = line
        if label := FIELD.match(line):
            role = role_of(label)
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
