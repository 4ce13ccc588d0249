"""A cycle in one table: a row for each benchmark, its ratings counted, and what is to be done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from assessments import record
from assessments.models import Answer, Audience, Cycle
from assessments.presenters.asked import Asked
from assessments.presenters.front_sheet import front_sheet_of
from benchmarks.models import Benchmark, RatingLevel

KEY = ("question__benchmark", "rating", "not_applicable")
Key = tuple[int, int | None, bool]


@dataclass(frozen=True)
class AreaCounts:
    """How many of a benchmark's answers have each level, best first."""

    benchmark: Benchmark
    by_level: Sequence[tuple[RatingLevel, int]]
    not_applicable: int
    unrated: int

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_level) + self.not_applicable + self.unrated


@dataclass(frozen=True)
class Counted:
    """A cycle's answers by benchmark and level."""

    levels: Sequence[RatingLevel]
    areas: Sequence[AreaCounts]

    @property
    def totals(self) -> list[tuple[RatingLevel, int]]:
        places = range(len(self.levels))
        counts = [sum(area.by_level[place][1] for area in self.areas) for place in places]
        return list(zip(self.levels, counts, strict=True))

    @property
    def not_applicable(self) -> int:
        return sum(area.not_applicable for area in self.areas)

    @property
    def unrated(self) -> int:
        return sum(area.unrated for area in self.areas)

    @property
    def total(self) -> int:
        return sum(area.total for area in self.areas)


def counted(cycle: Cycle) -> Counted:
    """One query."""
    asked = Asked(cycle)
    rows = Answer.objects.filter(cycle=cycle.pk).order_by().values_list(*KEY)
    found: Counter[Key] = Counter({row[:-1]: row[-1] for row in rows.annotate(Count("pk"))})
    areas = [
        AreaCounts(
            benchmark=each,
            by_level=[(level, found[each.pk, level.pk, False]) for level in asked.levels.values()],
            not_applicable=found[each.pk, None, True],
            unrated=found[each.pk, None, False],
        )
        for each in asked.benchmarks.values()
    ]
    return Counted(list(asked.levels.values()), areas)


class Summary:
    """Two queries. `audience`: whose version of the actions."""

    def __init__(self, cycle: Cycle, audience: Audience) -> None:
        self.counted = counted(cycle)
        self.entries = front_sheet_of(cycle, audience)

    @property
    def rows(self) -> list[tuple[AreaCounts, record.Benchmark]]:
        return list(zip(self.counted.areas, self.entries, strict=True))
