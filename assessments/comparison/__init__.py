"""Two records side by side: what changed, part by part. Pure.

Cycles on the same edition are compared down to each prompt. Different editions ask different
things, so only their benchmarks are shown beside each other, along the mapping where there is one;
no rating is converted.
"""

from collections.abc import Sequence

from assessments.carrying import Link
from assessments.comparison.actions import action_changes
from assessments.comparison.editions import benchmark_pairs
from assessments.comparison.evidence import document_changes, statement_changes
from assessments.comparison.parts import (
    AnswerChange,
    BenchmarkChange,
    Comparison,
    QuestionChange,
    RatingChange,
    TextChange,
)
from assessments.record import Answer, Benchmark, CycleRecord, Question


def compare(before: CycleRecord, after: CycleRecord, links: Sequence[Link] = ()) -> Comparison:
    """`before`: usually the earlier of the two. `links`: from its edition to the other's."""
    same_edition = before.toolkit_slug == after.toolkit_slug
    same_scale = same_edition and before.scale_slug == after.scale_slug
    pairs = zip(before.benchmarks, after.benchmarks, strict=True) if same_edition else ()
    benchmarks = tuple(benchmark_change(*pair, same_scale) for pair in pairs)
    mapped = tuple(benchmark_pairs(before, after, links)) if links else ()
    actions = action_changes(before, after)
    return Comparison(before, after, benchmarks, actions, tuple(links), mapped)


def benchmark_change(before: Benchmark, after: Benchmark, same_scale: bool) -> BenchmarkChange:
    questions = zip(before.questions, after.questions, strict=True)
    return BenchmarkChange(
        number=after.number,
        short_title=after.short_title,
        rating=RatingChange(before.decision, after.decision, same_scale),
        texts=(
            TextChange(
                "Reason for the rating", before.decision.shown.reason, after.decision.shown.reason
            ),
            TextChange("Actions line", before.actions, after.actions),
            TextChange("Comments", before.comments, after.comments),
        ),
        questions=tuple(question_change(*pair, same_scale) for pair in questions),
    )


def question_change(before: Question, after: Question, same_scale: bool) -> QuestionChange:
    answers = zip(before.answers, after.answers, strict=True)
    return QuestionChange(
        ref=after.ref,
        text=after.text,
        category=after.category,
        answers=tuple(answer_change(*pair, same_scale) for pair in answers),
        texts=(
            *statement_changes(before.statements, after.statements),
            *document_changes(before.documents, after.documents),
        ),
    )


def answer_change(before: Answer, after: Answer, same_scale: bool) -> AnswerChange:
    return AnswerChange(
        position=after.position,
        prompt=after.prompt,
        rating=RatingChange(before.decision, after.decision, same_scale),
        reason=TextChange("Reason", before.decision.shown.reason, after.decision.shown.reason),
    )
