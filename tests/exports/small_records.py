"""Records of the small toolkit, made without a database, changed here and there; their PDF."""

import dataclasses
import datetime
from functools import lru_cache
from typing import Any

from assessments.exports.pdf import render_pdf
from assessments.record import CycleRecord
from assessments.record_builder import RecordBuilder
from benchmarks.editions.unsaved import as_toolkit
from tests.small_toolkit import TOOLKIT, small_document

MADE_ON = datetime.date(2026, 1, 3)


def small_record() -> CycleRecord:
    """With nothing answered, on the scale “rag”."""
    toolkit = as_toolkit(small_document())
    toolkit.attribution = TOOLKIT["attribution"]
    scale = next(each for each in toolkit.scales.all() if each.name == "rag")
    scale.slug = scale.name
    return RecordBuilder(toolkit, scale).build()


def named(record: CycleRecord, **changes: Any) -> CycleRecord:
    facts = {
        "council_name": "Northmere Borough Council",
        "accent_colour": "#7a1f5c",
        "period": "2025/26",
        "as_at": datetime.date(2025, 12, 1),
    }
    return dataclasses.replace(record, **{**facts, **changes})


def with_question(record: CycleRecord, ref: str, **changes: Any) -> CycleRecord:
    benchmarks = tuple(
        dataclasses.replace(
            benchmark,
            questions=tuple(
                dataclasses.replace(question, **changes) if question.ref == ref else question
                for question in benchmark.questions
            ),
        )
        for benchmark in record.benchmarks
    )
    return dataclasses.replace(record, benchmarks=benchmarks)


@lru_cache(maxsize=8)
def made(record: CycleRecord) -> bytes:
    """Once for all that is looked for in it."""
    return render_pdf(record, made_on=MADE_ON)
