"""What comes along to another edition and what stays behind, before anything is written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.carrying import Kind, Piece, Plan, characters
from assessments.models import Cycle
from assessments.ratings import listed
from benchmarks.contents import contents_of
from benchmarks.models import Benchmark, Toolkit


@dataclass(frozen=True)
class Arrival:
    """A new benchmark, the old ones it takes over from, and what arrives there."""

    benchmark: Benchmark
    sources: Sequence[Benchmark]
    notes: Sequence[str]
    what: str


@dataclass(frozen=True)
class Remainder:
    """What of an old benchmark stays behind for one reason."""

    benchmark: Benchmark
    what: str
    why: str


class StartPreview:
    """Reads nothing beyond the editions, which a process reads once."""

    def __init__(self, plan: Plan, source: Cycle, target: Toolkit) -> None:
        self.plan, self.source = plan, source
        self.old = {each.number: each for each in contents_of(source.toolkit).benchmarks.all()}
        self.target = contents_of(target)

    @property
    def arrivals(self) -> list[Arrival]:
        return [
            Arrival(
                benchmark=each,
                sources=[self.old[number] for number in self.plan.sources_of(each.number)],
                notes=[
                    link.note
                    for link in self.plan.links
                    if each.number in link.targets and link.note
                ],
                what=counted(self.plan.going_to(each.number)) or "nothing",
            )
            for each in self.target.benchmarks.all()
        ]

    @property
    def remainders(self) -> list[Remainder]:
        groups: dict[tuple[int, str], list[Piece]] = {}
        for piece in sorted(self.plan.left_behind, key=lambda each: each.number):
            groups.setdefault((piece.number, piece.why), []).append(piece)
        return [
            Remainder(self.old[number], counted(pieces), why)
            for (number, why), pieces in groups.items()
        ]

    @property
    def carried(self) -> str:
        return f"{characters(self.plan.carried):,}"

    @property
    def left(self) -> str:
        return f"{characters(self.plan.left_behind):,}"

    @property
    def total(self) -> str:
        """Counted for itself, so that the sum has to come out."""
        return f"{characters(self.plan.pieces):,}"


def counted(pieces: Iterable[Piece]) -> str:
    """“14 evidence texts, 3 documents and 2 actions”."""
    kinds = Counter(piece.kind for piece in pieces)
    return listed([kind.counted(kinds[kind]) for kind in Kind if kinds[kind]])
