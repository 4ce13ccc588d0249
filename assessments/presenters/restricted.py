"""Which texts of a cycle aren't public: how many of which kind, and where."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assessments.models import Sensitivity
from assessments.presenters.cycle_rows import CycleRows
from benchmarks.models import Benchmark, Question

Found = tuple[str, str, str, str]  # where, address, what, sensitivity


@dataclass(frozen=True)
class RestrictedTexts:
    """Texts of one sort and one sensitivity in one place."""

    where: str
    href: str
    what: str
    sensitivity: str
    count: int


class Restricted:
    """Reads nothing beyond `rows`."""

    def __init__(self, rows: CycleRows) -> None:
        self.rows = rows

    @cached_property
    def lines(self) -> list[RestrictedTexts]:
        """In the order of the toolkit."""
        counted = Counter(found for found in self.found() if found[3] != Sensitivity.PUBLIC)
        return [RestrictedTexts(*found, count) for found, count in counted.items()]

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)

    def found(self) -> Iterator[Found]:
        for benchmark in self.rows.asked.benchmarks.values():
            yield from self.in_judgement(benchmark)
            for question in benchmark.questions.all():
                yield from self.in_question(question)

    def in_judgement(self, benchmark: Benchmark) -> Iterator[Found]:
        row = self.rows.assessments[benchmark.pk]
        href = self.rows.at.benchmark(benchmark.number)
        for what, text, sensitivity in (
            ("reason", row.reason, row.reason_sensitivity),
            ("actions line", row.actions, row.actions_sensitivity),
            ("comments line", row.comments, row.comments_sensitivity),
        ):
            if text:
                yield str(benchmark), href, what, sensitivity

    def in_question(self, question: Question) -> Iterator[Found]:
        href = self.rows.at.to("question", question.ref)
        for what, sensitivities in (
            ("reason", self.reasons(question)),
            ("evidence", (each.sensitivity for each in self.rows.statements[question.pk])),
            ("document", (each.sensitivity for each in self.rows.items[question.pk])),
            ("action", self.actions(question)),
            ("progress update", self.updates(question)),
        ):
            for sensitivity in sensitivities:
                yield question.ref, href, what, sensitivity

    def reasons(self, question: Question) -> Iterable[str]:
        answers = self.rows.answers[question.pk]
        return (answer.reason_sensitivity for answer in answers if answer.reason)

    def actions(self, question: Question) -> Iterable[str]:
        """Each action once, where it stands first."""
        links = self.rows.links[question.pk]
        return (link.action.sensitivity for link in links if self.rows.is_first(link))

    def updates(self, question: Question) -> Iterable[str]:
        here = {link.action_id for link in self.rows.links[question.pk] if self.rows.is_first(link)}
        return (sensitivity for action, sensitivity in self.rows.updates if action in here)
