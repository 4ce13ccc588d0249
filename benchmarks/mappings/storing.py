"""Mappings into rows, once: like the editions they join, they don't change."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from benchmarks.editions.checking import Document
from benchmarks.editions.problems import EditionError
from benchmarks.mappings.corrections import is_correction_of, lead_on
from benchmarks.models import EditionMapping, Toolkit

LINK = ("from", "to", "relation", "note")


@transaction.atomic
def load(documents: Iterable[Document]) -> list[tuple[EditionMapping, bool]]:
    """Each mapping with whether it is new. All are loaded, or none is."""
    documents = list(documents)
    problems = [problem for document in documents for problem in against_editions(document)]
    if problems:
        raise EditionError(problems)
    return [load_one(document) for document in documents]


def load_one(document: Document) -> tuple[EditionMapping, bool]:
    links = [{name: link[name] for name in LINK if name in link} for link in document["links"]]
    old, new = (Toolkit.objects.get(slug=document[name]) for name in ("from", "to"))
    stored = EditionMapping.objects.filter(source=old, target=new).first()
    if stored is None:
        row = EditionMapping(source=old, target=new, says=document["says"], links=links)
        row.save()
        lead_on(row)
        return row, True
    if (stored.says, stored.links) != (document["says"], links):
        raise EditionError([f"{document['file']}: {refusal(old, new)}"])
    return stored, False


def refusal(old: Toolkit, new: Toolkit) -> str:
    if is_correction_of(new, old):
        return (
            f"“{new.slug}” corrects “{old.slug}” and brought its own mapping along, by the numbers "
            "of the benchmarks. It cannot be altered."
        )
    return (
        f"the mapping from “{old.slug}” to “{new.slug}” is already loaded and cannot be altered: "
        "cycles have been started along it."
    )


def against_editions(document: Document) -> Iterator[str]:
    """What is wrong with it beside the editions that are loaded, by file and line."""
    name, lines = document["file"], document["lines"]
    numbers: dict[str, set[int]] = {}
    for end in ("from", "to"):
        toolkit = Toolkit.objects.published().filter(slug=document[end]).first()
        if toolkit is None:
            yield f"{name} line {lines[end]}: no toolkit “{document[end]}” is published here"
            return
        numbers[end] = set(toolkit.benchmarks.values_list("number", flat=True))
    for link, line in zip(document["links"], lines["links"], strict=True):
        for end in ("from", "to"):
            for number in link[end]:
                if number not in numbers[end]:
                    yield f"{name} line {line}: “{document[end]}” has no benchmark {number}"
    named = {number for link in document["links"] for number in link["from"]}
    for number in sorted(numbers["from"] - named):
        yield f"{name} line {lines['from']}: nothing says what becomes of benchmark {number}"
