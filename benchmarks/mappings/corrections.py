"""What became of an edition in its correction: each benchmark is the one of the same number.

A mapping to or from an edition holds for its corrections too, as long as they have the numbers that
it names; where they don't, a file has to say what became of what.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.db.models import Q

from benchmarks.models import EditionMapping, Toolkit

GONE = "The correction does not have this benchmark any more."


def store_mappings(correction: Toolkit) -> None:
    """From every edition that it stands in for, also where one of those was a correction; and
    what leads to or from these."""
    chain = [*corrected_by(correction)]
    new = numbers_of(correction)
    for old in chain:
        links = links_between(numbers_of(old), new)
        store_missing(old, correction, says(old, correction), links)
    for mapping in EditionMapping.objects.filter(Q(source__in=chain) | Q(target__in=chain)):
        lead_on(mapping)


def lead_on(mapping: EditionMapping) -> None:
    """The same between the corrections of its editions, where it fits them."""
    source, target = mapping.source, mapping.target
    if is_correction_of(target, source) or is_correction_of(source, target):
        return
    named = {number for link in mapping.links for number in link["from"]}
    led_to = {number for link in mapping.links for number in link["to"]}
    for old, new in product(with_corrections(source), with_corrections(target)):
        if named == {*numbers_of(old)} and led_to <= {*numbers_of(new)}:
            store_missing(old, new, mapping.says, mapping.links)


def store_missing(old: Toolkit, new: Toolkit, says: str, links: list[dict[str, Any]]) -> None:
    stored = {"says": says, "links": links}
    EditionMapping.objects.get_or_create(source=old, target=new, defaults=stored)


def with_corrections(toolkit: Toolkit) -> Iterator[Toolkit]:
    """The edition, what corrects it, what corrects that, and so on."""
    yield toolkit
    for correction in toolkit.corrections.published():
        yield from with_corrections(correction)


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
