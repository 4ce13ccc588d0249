"""A document made for a test, read, matched and made a record, with its sum checked."""

from collections.abc import Sequence
from typing import Any

from assessments.imports.word.blocks import read_rows
from assessments.imports.word.building import build_record
from assessments.imports.word.entries import Entry, characters, sum_of
from assessments.imports.word.matching import match
from assessments.record import CycleRecord
from tests.imports.documents import Document, saved
from tests.imports.editions import blank_edition

EDITION = blank_edition()
PROMPTS = {
    (ref, answer.position): answer.prompt
    for ref, question in EDITION.questions.items()
    for answer in question.answers
}


def entries_of(document: Document, edition: CycleRecord = EDITION) -> list[Entry]:
    rows = read_rows(saved(document))
    entries = match(rows, edition)
    assert sum_of(entries, sum(characters(row.text) for row in rows)).comes_out
    return entries


def record_of(document: Document, edition: CycleRecord = EDITION) -> CycleRecord:
    return build_record(edition, entries_of(document, edition))


def statements(record: CycleRecord, ref: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.text.value, each.covers) for each in record.questions[ref].statements]


def levels(record: CycleRecord, ref: str) -> list[str]:
    return [answer.decision.label for answer in record.questions[ref].answers]


def asked(document: Document, ref: str, rows: Sequence[Sequence[str]]) -> Any:
    document.add_paragraph(f"{ref} {EDITION.questions[ref].text}")
    return document.add_rows(rows)
