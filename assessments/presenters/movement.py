"""What moved since the cycle before. Ratings on different scales are never said to have moved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from django.utils.text import Truncator

from assessments.presenters.rated_cycles import RatedBenchmark, RatedCycle
from assessments.record import Decision, Text


class Direction(Enum):
    """In words, and as the arrow that stands beside them."""

    DOWN = "down from", "▼"
    CHANGED = "was", "▬"
    UP = "up from", "▲"

    def __init__(self, words: str, arrow: str) -> None:
        self.words, self.arrow = words, arrow


@dataclass(frozen=True)
class Move:
    """`why`: what the officer wrote with it."""

    benchmark: RatedBenchmark
    before: Decision
    direction: Direction
    why: Text

    @property
    def after(self) -> Decision:
        return self.benchmark.decision

    @property
    def why_in_short(self) -> Text:
        """For paper, where there is room for a line or two."""
        return replace(self.why, value=Truncator(self.why.value).chars(160))

    @property
    def words(self) -> str:
        """“up from Red”, “was not applicable”."""
        label = self.before.label if self.before.level else self.before.label.lower()
        return f"{self.direction.words} {label}"


@dataclass(frozen=True)
class Movement:
    """`moves`: the worst first. `since`: the cycle before, where there is one."""

    this: RatedCycle
    since: RatedCycle | None
    moves: tuple[Move, ...]

    @property
    def is_comparable(self) -> bool:
        return self.since is not None and self.since.scale_id == self.this.scale_id

    @property
    def falls(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.direction is Direction.DOWN)

    @property
    def rises(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.direction is Direction.UP)

    @property
    def none(self) -> str:
        """Why nothing is shown as moved; empty where something is."""
        if self.since is None:
            return "There is no earlier cycle on this edition to compare with."
        if not self.is_comparable:
            return (
                f"{self.since.period} was rated on another scale ({self.since.scale_name}), so "
                "neither better nor worse can be said. The ratings stand side by side above."
            )
        return "" if self.moves else f"No rating has changed since {self.since.period}."


def movement_of(this: RatedCycle, since: RatedCycle | None, whys: dict[int, Text]) -> Movement:
    """`whys`: by the benchmark's number."""
    comparable = since is not None and since.scale_id == this.scale_id
    found = list(moves(this, since, whys)) if since and comparable else []
    worst_first = sorted(found, key=lambda move: list(Direction).index(move.direction))
    return Movement(this, since, tuple(worst_first))


def moves(this: RatedCycle, since: RatedCycle, whys: dict[int, Text]) -> Iterator[Move]:
    for benchmark in this.benchmarks:
        before = since.decision(benchmark.number)
        if before and (direction := direction_of(before, benchmark.decision)):
            yield Move(benchmark, before, direction, whys.get(benchmark.number, Text()))


def direction_of(before: Decision, after: Decision) -> Direction | None:
    """None where nothing changed, or one of the two is not decided."""
    if before == after or not (before.is_decided and after.is_decided):
        return None
    if not (before.level and after.level):
        return Direction.CHANGED
    return Direction.UP if after.level.rank > before.level.rank else Direction.DOWN
