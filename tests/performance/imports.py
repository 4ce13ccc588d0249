"""How long a document of 2,000 rows takes from the upload to its review, and how much memory."""

import resource
import time
from dataclasses import dataclass

from django.core.files.base import ContentFile

from assessments.imports.word.places import prompts_of
from assessments.models import Cycle, DocumentImport
from assessments.record_builder import blank_record_on
from assessments.services.import_reading import read_upload
from assessments.services.imports import start_import
from tests.imports.documents import long_document
from tests.performance.report import table, verdict

ROWS = 2_000
MOST_SECONDS, MOST_MB = 10, 300


@dataclass(frozen=True)
class Imported:
    """`mb`: the most that the reading process ever held, what it shares with the worker
    included."""

    kb: int
    rows: int
    seconds: float
    mb: float


def measure_import(cycle: Cycle) -> Imported:
    edition = blank_record_on(cycle.toolkit, cycle.scale)
    asked = [
        (f"{ref} {question.text}", list(prompts_of(question).values()))
        for ref, question in edition.questions.items()
    ]
    data = long_document(ROWS, asked)
    by = cycle.council.members.all()[0]
    document = start_import(
        council=cycle.council,
        scale=cycle.scale,
        file_name="long.docx",
        file=ContentFile(data, name="long.docx"),
        by=by,
    )
    start = time.perf_counter()
    read_upload(document.pk)
    seconds = time.perf_counter() - start
    document.refresh_from_db()
    assert document.status == DocumentImport.Status.READY
    answered = sum(row["state"] != "label" for row in document.rows)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Imported(len(data) // 1024, answered, seconds, peak)


def import_table(measured: Imported) -> str:
    return table(
        ["Document", "seconds", "aim", "MB at most", "aim"],
        [
            [
                f"{measured.rows:,} rows, {measured.kb:,} KB",
                f"{measured.seconds:.1f}",
                verdict(measured.seconds, MOST_SECONDS),
                f"{measured.mb:.0f}",
                verdict(measured.mb, MOST_MB),
            ]
        ],
    )
