"""What became of an edition in its correction: each benchmark is the one of the same number."""

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.models import EditionMapping, Toolkit

GONE = "The correction does not have this benchmark any more."


def store_mappings(correction: Toolkit) -> None:
    """From every edition that it stands in for, also where one of those was a correction."""
    new = numbers_of(correction)
    for old in corrected_by(correction):
        EditionMapping.objects.get_or_create(
            source=old,
            target=correction,
            defaults={"says": says(old, correction), "links": links_between(numbers_of(old), new)},
        )


def corrected_by(toolkit: Toolkit) -> Iterator[Toolkit]:
    """What it corrects, what that corrects, and so on. One query each."""
    while toolkit.corrects:
        toolkit = toolkit.corrects
        yield toolkit


def is_correction_of(new: Toolkit, old: Toolkit) -> bool:
    return any(each.pk == old.pk for each in corrected_by(new))


def numbers_of(toolkit: Toolkit) -> list[int]:
    return list(toolkit.benchmarks.values_list("number", flat=True))


def says(old: Toolkit, new: Toolkit) -> str:
    return f"“{new.title}” corrects “{old.title}”: benchmarks of the same number are the same."


def links_between(old: Iterable[int], new: Iterable[int]) -> list[dict[str, Any]]:
    """As in the file of a mapping. A benchmark that is new has no link."""
    kept = set(new)
    return [
        {"from": [number], "to": [number], "relation": "same"}
        if number in kept
        else {"from": [number], "to": [], "relation": "dropped", "note": GONE}
        for number in sorted(old)
    ]
