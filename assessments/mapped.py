"""What the mappings between editions say, read from the database."""

from collections.abc import Iterable

from assessments.carrying import Link, links_of
from assessments.comparison.editions import turned
from benchmarks.models import EditionMapping


def links_between(before: str, after: str) -> tuple[Link, ...]:
    """By the short names of two editions, whichever of them is the older; none without a
    mapping. One query."""
    both = {before, after}
    rows = EditionMapping.objects.filter(source__slug__in=both, target__slug__in=both)
    found = {slug: links_of(links) for slug, links in rows.values_list("source__slug", "links")}
    return found.get(before) or turned(found.get(after, ()))


def links_to(target_id: int, sources: Iterable[int]) -> dict[int, tuple[Link, ...]]:
    """By the primary key of each of the editions that a mapping leads from. One query."""
    rows = EditionMapping.objects.filter(target=target_id, source__in=sources)
    return {source: links_of(links) for source, links in rows.values_list("source", "links")}
