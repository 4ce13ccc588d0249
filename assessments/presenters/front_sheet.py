"""The front sheet: one entry for each benchmark, as the printed page has it."""

from assessments import record
from assessments.models import Audience, BenchmarkAssessment, Cycle
from assessments.presenters.asked import Asked
from assessments.texts import copy_for
from benchmarks.models import Benchmark


def front_sheet_of(cycle: Cycle, audience: Audience) -> tuple[record.Benchmark, ...]:
    """Its entries in order, without the questions. One query."""
    asked = Asked(cycle)
    rows = {row.benchmark_id: row for row in cycle.benchmarks.all()}
    entries = tuple(entry_of(asked, each, rows[each.pk]) for each in asked.benchmarks.values())
    return copy_for(audience, entries)


def entry_of(asked: Asked, benchmark: Benchmark, row: BenchmarkAssessment) -> record.Benchmark:
    return record.Benchmark(
        number=benchmark.number,
        short_title=benchmark.short_title,
        statement=benchmark.statement,
        outcome=benchmark.outcome,
        decision=asked.judgement(row),
        actions=record.Text(row.actions, row.actions_sensitivity),
        comments=record.Text(row.comments, row.comments_sensitivity),
        questions=(),
    )
