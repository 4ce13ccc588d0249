"""Benchmarks of two editions beside each other, along the mapping between the two. No rating is
turned into another; only what stayed the same, on the same levels, can be better or worse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.carrying import Link, sources_of
from assessments.comparison.parts import RatingChange
from assessments.record import Benchmark, CycleRecord


@dataclass(frozen=True)
class BenchmarkPair:
    """A benchmark of the later cycle's edition with those that it came from; or, `after` None,
    some that have no place there any more, and why. `says`: “better”, “merged” …"""

    before: tuple[Benchmark, ...]
    after: Benchmark | None
    says: str


def turned(links: Sequence[Link]) -> tuple[Link, ...]:
    """Read from the new edition to the old one."""
    names = {"merged": "split", "split": "merged"}
    return tuple(
        Link(each.targets, each.sources, names.get(each.relation, each.relation), each.note)
        for each in links
    )


def benchmark_pairs(
    before: CycleRecord, after: CycleRecord, links: Sequence[Link]
) -> Iterator[BenchmarkPair]:
    """In the order of the later edition; then what was dropped."""
    old = {each.number: each for each in before.benchmarks}
    for new in after.benchmarks:
        came_from = tuple(old[number] for number in sources_of(links, new.number))
        yield BenchmarkPair(came_from, new, what_happened(before, after, new, came_from, links))
    for link in links:
        if not link.targets:
            gone = tuple(old[number] for number in link.sources)
            yield BenchmarkPair(gone, None, link.note)


def what_happened(
    before: CycleRecord,
    after: CycleRecord,
    new: Benchmark,
    came_from: Sequence[Benchmark],
    links: Sequence[Link],
) -> str:
    relations = {each.relation: each.note for each in links if new.number in each.targets}
    if not came_from:
        return " ".join(filter(None, relations.values())) or "new in this edition"
    if set(relations) == {"same"} and len(came_from) == 1:
        same = levels_of(before) == levels_of(after)
        return RatingChange(came_from[0].decision, new.decision, same).words
    return " and ".join(relation for relation in relations if relation != "same") or "merged"


def levels_of(record: CycleRecord) -> list[tuple[str, str, int, bool]]:
    return [(each.slug, each.label, each.rank, each.met) for each in record.levels]
