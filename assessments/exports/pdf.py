"""The record as a tagged PDF (PDF/UA-1): a committee appendix."""

import datetime
from collections import Counter
from typing import Any

from django.template.loader import render_to_string
from weasyprint import HTML

from assessments.exports.characters import printable
from assessments.exports.detail import detail_rows
from assessments.exports.logo import Logo
from assessments.exports.marking import marking
from assessments.exports.pdf_finishing import finish
from assessments.exports.pdf_sources import OwnFilesOnly
from assessments.record import Benchmark, CycleRecord, Decision


def render_pdf(
    record: CycleRecord, *, made_on: datetime.date, logo: Logo | None = None, appendix: str = ""
) -> bytes:
    """The same bytes for the same arguments. `appendix`: such as “Appendix 1”, where it is one."""
    html = render_html(record, made_on=made_on, logo=logo, appendix=appendix)
    page = HTML(string=html, url_fetcher=OwnFilesOnly())
    pdf: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True, finisher=finish)
    return pdf


def render_html(
    record: CycleRecord, *, made_on: datetime.date, logo: Logo | None = None, appendix: str = ""
) -> str:
    """What the PDF is made from; reads the record and nothing else."""
    record = printable(record)
    context = {
        "record": record,
        "made_on": made_on,
        "logo": logo,
        "appendix": appendix,
        "marking": marking(record),
        "columns": columns(record),
        "tally": tally(record),
        "sections": sections(record),
    }
    return render_to_string("exports/toolkit.html", context)


def columns(record: CycleRecord) -> list[tuple[Any, ...]]:
    """The front sheet's two columns, read down: five and five, or four and three."""
    half = (len(record.benchmarks) + 1) // 2
    return [record.benchmarks[:half], record.benchmarks[half:]]


def tally(record: CycleRecord) -> list[tuple[Decision, int]]:
    """How many benchmarks have each rating, best first."""
    counts = Counter(each.decision.bare for each in record.benchmarks)
    return sorted(counts.items(), key=lambda entry: -rank(entry[0]))


def rank(decision: Decision) -> int:
    """Not applicable and not rated come after every level."""
    return decision.level.rank if decision.level else -1 - (not decision.not_applicable)


def sections(record: CycleRecord) -> list[dict[str, Any]]:
    return [
        {
            "benchmark": benchmark,
            "is_one_question": asks_its_statement(benchmark),
            "questions": [
                {"question": question, "rows": detail_rows(record, question)}
                for question in benchmark.questions
            ],
        }
        for benchmark in record.benchmarks
    ]


def asks_its_statement(benchmark: Benchmark) -> bool:
    """Whether its one question is its statement, as in an edition without prompts: printed once."""
    return [question.text for question in benchmark.questions] == [benchmark.statement]
