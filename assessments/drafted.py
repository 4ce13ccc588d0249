"""A drafted edition: its parts as forms hold them, and the document that they make together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.models import DraftPart, DraftPartKind
from benchmarks.editions.checking import Document, problems_in
from benchmarks.editions.problems import Path, Problem
from benchmarks.editions.storing import BENCHMARK, QUESTION, without_blanks

Content = dict[str, Any]
ABOUT = [
    "slug",
    "title",
    "description",
    "publisher",
    "issued_on",
    "source_title",
    "source_url",
    "licence",
    "attribution",
    "corrects",
    "feeds",
    "roll_up",
]
SCALE = ["slug", "name", "levels"]
NAMES = {
    DraftPartKind.ABOUT: ABOUT,
    DraftPartKind.SCALE: SCALE,
    DraftPartKind.BENCHMARK: BENCHMARK,
    DraftPartKind.QUESTION: [*QUESTION, "prompts"],
}
AWAITS = "awaits"  # what a question says while it has no prompts; no name of an edition


@dataclass(frozen=True)
class Entry:
    """One part, not yet a row."""

    kind: DraftPartKind
    content: Content
    children: Sequence["Entry"] = field(default_factory=list)


def entries_of(document: Document) -> list[Entry]:
    """The parts of a document of any shape that a checked one could be cut down to."""
    about = {name: document[name] for name in ABOUT if name in document}
    scales = [Entry(DraftPartKind.SCALE, dict(scale)) for scale in document.get("scales", [])]
    return [Entry(DraftPartKind.ABOUT, about), *scales, *map(benchmark_entry, benchmarks(document))]


def benchmarks(document: Document) -> list[Content]:
    found: list[Content] = document.get("benchmarks", [])
    return found


def benchmark_entry(benchmark: Content) -> Entry:
    content = {name: value for name, value in benchmark.items() if name != "questions"}
    asked = [Entry(DraftPartKind.QUESTION, dict(each)) for each in benchmark.get("questions", [])]
    return Entry(DraftPartKind.BENCHMARK, content, asked)


class Drafted:
    """The parts of one draft in their order. No queries beyond reading `rows`."""

    def __init__(self, rows: Iterable[DraftPart]) -> None:
        self.parts = sorted(rows, key=lambda part: (part.position, part.pk))
        self.by_kind: Mapping[str, list[DraftPart]] = defaultdict(list)
        self.under: Mapping[int | None, list[DraftPart]] = defaultdict(list)
        for part in self.parts:
            self.by_kind[part.kind].append(part)
            self.under[part.parent_id].append(part)

    @property
    def about(self) -> DraftPart:
        return self.by_kind[DraftPartKind.ABOUT][0]

    @property
    def scales(self) -> list[DraftPart]:
        return self.by_kind[DraftPartKind.SCALE]

    @property
    def benchmarks(self) -> list[DraftPart]:
        return self.by_kind[DraftPartKind.BENCHMARK]

    @property
    def questions(self) -> list[DraftPart]:
        """In the order of the form."""
        return [each for benchmark in self.benchmarks for each in self.under[benchmark.pk]]

    def siblings(self, part: DraftPart) -> list[DraftPart]:
        return [each for each in self.by_kind[part.kind] if each.parent_id == part.parent_id]

    @property
    def document(self) -> Document:
        """As a file would hold it: what is empty is left out."""
        return {
            **self.content(self.about),
            "scales": [self.content(scale) for scale in self.scales],
            "benchmarks": [self.benchmark(each) for each in self.benchmarks],
        }

    def benchmark(self, part: DraftPart) -> Content:
        asked = [self.content(each) for each in self.under[part.pk]]
        return {**self.content(part), "questions": asked}

    def content(self, part: DraftPart) -> Content:
        """One part as it stands in the document."""
        return without_blanks(named(part, NAMES[DraftPartKind(part.kind)]))

    def problems(self) -> Iterator[tuple[DraftPart | None, Problem]]:
        """Each with the part it is in; None where a part is missing."""
        for problem in problems_in(self.document):
            yield self.part_at(problem.path), problem
        for part in self.questions:
            if part.content.get(AWAITS) and not part.content.get("prompts"):
                yield part, Problem(1, f"question {part.content.get('ref')}", part.content[AWAITS])

    def part_at(self, path: Path) -> DraftPart | None:
        if path[:1] == ("benchmarks",) and len(path) > 1:
            benchmark = self.benchmarks[int(path[1])]
            in_question = path[2:3] == ("questions",) and len(path) > 3
            return self.under[benchmark.pk][int(path[3])] if in_question else benchmark
        if path[:1] == ("scales",) and len(path) > 1:
            return self.scales[int(path[1])]
        return None if path in {("scales",), ("benchmarks",)} else self.about


def named(part: DraftPart, names: Iterable[str]) -> Content:
    return {name: part.content[name] for name in names if name in part.content}


def title_of(part: DraftPart) -> str:
    """What a person calls it."""
    content = part.content
    if part.kind == DraftPartKind.ABOUT:
        return "About this toolkit"
    if part.kind == DraftPartKind.SCALE:
        return f"Rating scale: {content.get('name') or 'without a name'}"
    if part.kind == DraftPartKind.BENCHMARK:
        number, title = content.get("number", ""), content.get("short_title")
        return f"Benchmark {number}: {title or 'without a title'}"
    return f"Question {content.get('ref') or 'without a number'}"


def laid_upon(old: Document, new: Document) -> Document:
    """`new` upon `old`, part by part: what only `old` has stays, and what both have is new."""
    scales = laid_list(old["scales"], new.get("scales", []), "slug")
    found = laid_list(old["benchmarks"], new.get("benchmarks", []), "number")
    return {**old, **new, "scales": scales, "benchmarks": found}


def laid_list(old: Sequence[Content], new: Sequence[Content], name: str) -> list[Content]:
    """In the order of `old`, then what only `new` has."""
    by_name = {str(each.get(name)): each for each in new}
    before = [{**each, **by_name.get(str(each.get(name)), {})} for each in old]
    for each, was in zip(before, old, strict=True):
        if "questions" in was:
            asked = by_name.get(str(each.get(name)), {}).get("questions", [])
            each["questions"] = laid_list(was["questions"], asked, "ref")
    there = {str(each.get(name)) for each in old}
    return before + [each for each in new if str(each.get(name)) not in there]
