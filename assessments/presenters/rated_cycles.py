"""How a council's benchmarks were rated, cycle by cycle, each on its own edition and scale."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from assessments.carrying import Link, Mappings
from assessments.models import BenchmarkAssessment, Cycle
from assessments.prepared import Prepared
from assessments.record import BenchmarkDecision, Level
from benchmarks.models import RatingLevel

RATING = ("slug", "label", "rank", "colour", "met", "meaning")
COLUMNS = (
    "cycle_id",
    "cycle__period",
    "cycle__as_at",
    "cycle__toolkit_id",
    "cycle__toolkit__title",
    "cycle__scale_id",
    "cycle__scale__name",
    "benchmark__number",
    "benchmark__short_title",
    "not_applicable",
    "to_confirm",
    *(f"rating__{name}" for name in RATING),
)
OF_CYCLE = 7  # the first columns


@dataclass(frozen=True)
class RatedBenchmark:
    number: int
    short_title: str
    decision: BenchmarkDecision

    @property
    def title(self) -> str:
        return f"{self.number}. {self.short_title}"


@dataclass(frozen=True)
class RatedCycle:
    pk: int
    period: str
    as_at: datetime.date
    toolkit_id: int
    toolkit_title: str
    scale_id: int
    scale_name: str
    benchmarks: tuple[RatedBenchmark, ...] = ()

    def decision(self, number: int) -> BenchmarkDecision | None:
        """None for a benchmark that its edition doesn't have."""
        return next((b.decision for b in self.benchmarks if b.number == number), None)


JUDGEMENTS: Prepared[Any] = Prepared(
    lambda council, toolkit: (
        BenchmarkAssessment.objects.filter(
            cycle__in=Cycle.objects.filter(council=council).alongside(toolkit).order_by()
        )
        .order_by()
        .values_list(*COLUMNS)
    )
)


def rated_cycles(cycle: Cycle) -> list[RatedCycle]:
    """Those of its council that it can be compared with, oldest first. One query, however many
    cycles."""
    found: dict[tuple[Any, ...], list[RatedBenchmark]] = {}
    for row in sorted(JUDGEMENTS.tuples(cycle.council_id, cycle.toolkit_id), key=in_time):
        found.setdefault(row[:OF_CYCLE], []).append(rated_benchmark(*row[OF_CYCLE:]))
    return [replace(RatedCycle(*of), benchmarks=tuple(rated)) for of, rated in found.items()]


def in_time(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """By the cycle's date and number, then by the benchmark's. In the database it takes longer."""
    return row[COLUMNS.index("cycle__as_at")], row[0], row[OF_CYCLE]


@lru_cache(maxsize=2048)
def rated_benchmark(
    number: int, short_title: str, not_applicable: bool, to_confirm: bool, *rating: Any
) -> RatedBenchmark:
    """What nobody has confirmed is no rating."""
    if to_confirm:
        return RatedBenchmark(number, short_title, BenchmarkDecision())
    level = level_from(*rating) if rating[0] is not None else None
    return RatedBenchmark(number, short_title, BenchmarkDecision(level, not_applicable))


def level_from(slug: str, label: str, rank: int, colour: str, met: bool, meaning: str) -> Level:
    shape = RatingLevel.SHAPES[RatingLevel.Colour(colour)]
    return Level(slug, label, rank, colour, shape, met, meaning)


def previous(
    cycles: Sequence[RatedCycle], this: RatedCycle, mappings: Mappings | None = None
) -> RatedCycle | None:
    """The last one before it on the same edition, or on one that a mapping leads from: that in
    the terms of this edition."""
    mappings = mappings or {}
    for each in reversed(cycles[: cycles.index(this)]):
        if each.toolkit_id == this.toolkit_id:
            return each
        if links := mappings.get((each.toolkit_id, this.toolkit_id)):
            return in_terms_of(this, each, links)
    return None


def in_terms_of(this: RatedCycle, earlier: RatedCycle, links: Sequence[Link]) -> RatedCycle:
    """Only benchmarks that stayed the same: of several that became one, none can be said to
    have moved. A scale of the same name is the same scale."""
    same = {link.sources[0]: link.targets[0] for link in links if link.relation == "same"}
    return replace(
        earlier,
        benchmarks=tuple(
            replace(each, number=same[each.number])
            for each in earlier.benchmarks
            if each.number in same
        ),
        scale_id=this.scale_id if earlier.scale_name == this.scale_name else earlier.scale_id,
    )
