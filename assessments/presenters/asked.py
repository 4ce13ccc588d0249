"""A cycle's toolkit by the names and numbers that rows and addresses use. No queries."""

from functools import cached_property

from django.http import Http404

from assessments import record
from assessments.models import Cycle
from assessments.record_builder import decision_of, level_of
from assessments.record_rows import Decided
from benchmarks.contents import contents_of
from benchmarks.models import Benchmark, Prompt, Question, RatingLevel


class Asked:
    def __init__(self, cycle: Cycle) -> None:
        self.toolkit = contents_of(cycle.toolkit)
        self.scale_id = cycle.scale_id

    @cached_property
    def benchmarks(self) -> dict[int, Benchmark]:
        """By number, in order."""
        return {benchmark.number: benchmark for benchmark in self.toolkit.benchmarks.all()}

    @cached_property
    def questions(self) -> dict[int, Question]:
        """By primary key, in order."""
        return {
            question.pk: question
            for benchmark in self.benchmarks.values()
            for question in benchmark.questions.all()
        }

    @cached_property
    def by_ref(self) -> dict[str, Question]:
        return {question.ref: question for question in self.questions.values()}

    @cached_property
    def prompts(self) -> dict[int, Prompt]:
        """By primary key."""
        return {p.pk: p for question in self.questions.values() for p in question.prompts.all()}

    @cached_property
    def levels(self) -> dict[int, RatingLevel]:
        """Those of the cycle's scale by primary key, best first."""
        scale = next(s for s in self.toolkit.scales.all() if s.pk == self.scale_id)
        best_first = sorted(scale.levels.all(), key=lambda level: -level.rank)
        return {level.pk: level for level in best_first}

    @cached_property
    def plain_levels(self) -> dict[int, record.Level]:
        return {pk: level_of(level) for pk, level in self.levels.items()}

    def benchmark(self, number: int) -> Benchmark:
        """Raises Http404 for a number that the edition doesn't have."""
        if number not in self.benchmarks:
            raise Http404
        return self.benchmarks[number]

    def question(self, ref: str) -> Question:
        """Raises Http404 for a reference that the edition doesn't have."""
        if ref not in self.by_ref:
            raise Http404
        return self.by_ref[ref]

    def position(self, prompt_id: int | None) -> int:
        """0 stands for the question itself."""
        return self.prompts[prompt_id].position if prompt_id else 0

    def decision(self, row: Decided) -> record.Decision:
        return decision_of(row, self.plain_levels)

    def judgement(self, row: Decided) -> record.BenchmarkDecision:
        return self.decision(row).of_benchmark
