"""What comes along to another edition and what stays behind, before anything is written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessments.carrying import Kind, Link, Piece, Plan, characters
from assessments.models import Cycle
from assessments.ratings import listed
from benchmarks.contents import contents_of
from benchmarks.models import Benchmark, Toolkit


@dataclass(frozen=True)
class Arrival:
    """A new benchmark, the old ones it takes over from, how and why, and what arrives there."""

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
                notes=[*self.notes(each.number)],
                what=counted(self.plan.going_to(each.number)) or "nothing",
            )
            for each in self.target.benchmarks.all()
        ]

    def notes(self, number: int) -> Iterator[str]:
        """How the old benchmarks became this one, and what the mapping says of it."""
        for link in self.plan.links:
            if number in link.targets:
                yield from filter(None, [how(link, number), link.note])

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


def how(link: Link, number: int) -> str:
    """Empty where the benchmarks that it names and the note say it all."""
    if link.relation == "merged" and not link.note:
        return f"Merged: {listed([str(old) for old in link.sources])} are one benchmark now."
    others = [str(each) for each in link.targets if each != number]
    if not others:
        return ""
    word = "benchmark" if len(others) == 1 else "benchmarks"
    return f"Split: every text stands in {word} {listed(others)} too."


def counted(pieces: Iterable[Piece]) -> str:
    """“14 evidence texts, 3 documents and 2 actions”."""
    kinds = Counter(piece.kind for piece in pieces)
    return listed([kind.counted(kinds[kind]) for kind in Kind if kinds[kind]])
