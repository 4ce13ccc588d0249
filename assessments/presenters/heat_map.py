"""Benchmarks by cycles. Each rating stands as it was given: no scale is turned into another, and
where a mapping joins two editions, the old ratings stand in the row of the benchmark they became.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from assessments import drawing
from assessments.carrying import Mappings, sources_of
from assessments.presenters.rated_cycles import RatedBenchmark, RatedCycle
from assessments.ratings import listed
from assessments.record import Decision, Level

MOST_COLUMNS = 6
EDITIONS_APART = "Each edition has benchmarks of its own, so they stand in rows of their own."
ROW, GAP, HEAD, EDITION = 30.0, 4.0, 46.0, 26.0
TITLES, COLUMN, WIDEST = 256.0, 116.0, 144.0


@dataclass(frozen=True)
class Cell:
    """No decision: the cycle was on another edition. `became`: its benchmarks that became this
    one, where that is known."""

    cycle: RatedCycle
    decision: Decision | None
    became: tuple[RatedBenchmark, ...] = ()


@dataclass(frozen=True)
class Row:
    number: int
    title: str
    cells: tuple[Cell, ...]

    @property
    def pairs(self) -> tuple[tuple[str, Decision | None, tuple[tuple[int, Decision], ...]], ...]:
        """Period and rating of each cell, or the ratings of what became it, each with its old
        number; which a template reaches faster than attributes."""
        return tuple(
            (
                cell.cycle.period,
                cell.decision,
                tuple((old.number, old.decision) for old in cell.became),
            )
            for cell in self.cells
        )


@dataclass(frozen=True)
class Group:
    """The benchmarks of one edition."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class HeatMap:
    """`columns`: oldest first, the cycle of the page last; `left_out`: how many are older."""

    columns: tuple[RatedCycle, ...]
    left_out: int = 0
    mappings: Mappings = field(default_factory=dict)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The edition of the last cycle first; of others what isn't shown there."""
        latest = {cycle.toolkit_id: cycle for cycle in self.columns}
        groups = (self.group(cycle) for cycle in reversed(sorted_by_last(latest, self.columns)))
        return tuple(group for group in groups if group.rows)

    def group(self, model: RatedCycle) -> Group:
        gone = self.gone_on(model)
        rows = (
            Row(each.number, each.title, tuple(self.cells(model.toolkit_id, each.number)))
            for each in model.benchmarks
            if each.number not in gone
        )
        return Group(model.toolkit_title, tuple(rows))

    def gone_on(self, model: RatedCycle) -> set[int]:
        """The benchmarks of an old edition that stand in rows of the last cycle's."""
        links = self.mappings.get((model.toolkit_id, self.columns[-1].toolkit_id), ())
        return {number for link in links if link.targets for number in link.sources}

    def cells(self, toolkit_id: int, number: int) -> Iterator[Cell]:
        for cycle in self.columns:
            if cycle.toolkit_id == toolkit_id:
                yield Cell(cycle, cycle.decision(number))
            else:
                yield Cell(cycle, None, tuple(self.became(cycle, toolkit_id, number)))

    def became(self, cycle: RatedCycle, toolkit_id: int, number: int) -> list[RatedBenchmark]:
        links = self.mappings.get((cycle.toolkit_id, toolkit_id), ())
        numbers = sources_of(links, number)
        return [each for each in cycle.benchmarks if each.number in numbers]

    @property
    def is_wide(self) -> bool:
        """Too wide for anything to stand beside it."""
        return len(self.columns) > 4

    @property
    def has_editions(self) -> bool:
        return len(self.groups) > 1

    @property
    def scales(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cycle.scale_name for cycle in self.columns))

    @property
    def levels(self) -> tuple[tuple[str, tuple[Level, ...]], ...]:
        """By scale, those that occur, best first: for the key."""
        found: dict[str, dict[str, Level]] = {}
        for cycle in self.columns:
            for each in cycle.benchmarks:
                if each.decision.level:
                    level = each.decision.level
                    found.setdefault(cycle.scale_name, {})[level.slug] = level
        return tuple(
            (scale, tuple(sorted(levels.values(), key=lambda level: -level.rank)))
            for scale, levels in found.items()
        )

    @property
    def note(self) -> str:
        """What keeps the columns from being compared; empty where nothing does."""
        notes: list[str] = []
        if len(self.scales) > 1:
            notes.append(
                f"Rated on {len(self.scales)} scales ({listed(self.scales)}). Each rating stands "
                "as it was given; none is converted."
            )
        elif self.has_editions:
            notes.append(EDITIONS_APART)
        if any(cell.became for group in self.groups for row in group.rows for cell in row.cells):
            notes.append(
                "A number before a rating is that of the benchmark it was given to in an earlier "
                "edition."
            )
        return " ".join(notes)

    @property
    def drawing(self) -> drawing.Drawing:
        width = TITLES + len(self.columns) * self.column
        about = (
            f"{sum(len(group.rows) for group in self.groups)} benchmarks down, "
            f"{len(self.columns)} cycles across, from {self.columns[0].period} to "
            f"{self.columns[-1].period}. The table below it says the same."
        )
        parts = tuple(self.parts(width))
        return drawing.Drawing("heat-map", "Ratings by cycle", about, width, self.height, parts)

    @property
    def column(self) -> float:
        return WIDEST if len(self.columns) < 4 else COLUMN

    @property
    def height(self) -> float:
        editions = len(self.groups) * EDITION if self.has_editions else 0
        return HEAD + editions + sum(len(group.rows) for group in self.groups) * ROW

    def parts(self, width: float) -> Iterator[str]:
        yield from self.heads()
        y = HEAD
        for group in self.groups:
            if self.has_editions:
                title = shortened(group.title, width, 13)
                yield drawing.words(0, y + 18, title, bold=True, size=13)
                y += EDITION
            for row in group.rows:
                yield drawing.line(0, y, width, y)
                yield from self.row(row, y)
                y += ROW
        yield from self.borders()

    def heads(self) -> Iterator[str]:
        for place, cycle in enumerate(self.columns):
            middle = TITLES + (place + 0.5) * self.column
            period = squeezed(cycle.period, self.column - 4, 14)
            yield drawing.words(middle, 16, period, bold=True, anchor="middle")
            scale = shortened(cycle.scale_name, self.column - 4, 12)
            colour = drawing.MUTED
            yield drawing.words(middle, 33, scale, size=12, colour=colour, anchor="middle")

    def row(self, row: Row, y: float) -> Iterator[str]:
        yield drawing.words(0, y + 20, shortened(row.title, TITLES - 8, 14))
        for place, cell in enumerate(row.cells):
            x, width = TITLES + place * self.column + GAP / 2, self.column - GAP
            if cell.became:
                yield from drawn_became(cell.became, x, y, width)
            elif cell.decision is None:
                middle = x + width / 2
                yield drawing.words(middle, y + 20, "–", colour=drawing.MUTED, anchor="middle")
            else:
                look = drawing.look_of(cell.decision)
                text = short_label(cell.decision)
                yield drawing.marked_box(x, y + GAP / 2, width, ROW - GAP, look, text)

    def borders(self) -> Iterator[str]:
        """Between cycles on different scales or editions."""
        for place, (one, other) in enumerate(pairwise(self.columns), start=1):
            if (one.scale_id, one.toolkit_id) != (other.scale_id, other.toolkit_id):
                x = TITLES + place * self.column
                yield drawing.line(x, 2, x, self.height, drawing.INK)


def drawn_became(
    became: Sequence[RatedBenchmark], x: float, y: float, width: float
) -> Iterator[str]:
    """Side by side where several benchmarks became one."""
    part = width / len(became)
    for place, old in enumerate(became):
        look, text = drawing.look_of(old.decision), f"{old.number}: {short_label(old.decision)}"
        if drawing.width_of(text, 13, bold=True) > part - 6:
            text = str(old.number)
        yield drawing.marked_box(x + place * part, y + GAP / 2, part - 2, ROW - GAP, look, text)


def heat_map_of(
    cycles: Sequence[RatedCycle], this: RatedCycle, mappings: Mappings | None = None
) -> HeatMap:
    """Up to `this`, the latest few. `mappings`: between their editions."""
    so_far = tuple(cycles[: cycles.index(this) + 1])
    return HeatMap(so_far[-MOST_COLUMNS:], max(0, len(so_far) - MOST_COLUMNS), mappings or {})


def sorted_by_last(
    latest: dict[int, RatedCycle], columns: Sequence[RatedCycle]
) -> list[RatedCycle]:
    return sorted(latest.values(), key=columns.index)


def short_label(decision: Decision) -> str:
    return "N/A" if decision.not_applicable else decision.label


def squeezed(text: str, width: float, size: float) -> str:
    """Of bold words both ends, where they would stand out: the year may be at either."""
    most = int(width / (size * 0.6))
    if len(text) <= most:
        return text
    last = most // 3
    return f"{text[: most - 1 - last].rstrip()}…{text[-last:].lstrip()}"


def shortened(text: str, width: float, size: float) -> str:
    """By an ellipsis where it would stand out; the table has it whole."""
    most = int(width / (size * 0.5))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
