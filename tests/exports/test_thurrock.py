"""A real toolkit goes in as a file and comes out as PDF and workbook with nothing lost."""

import datetime
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook

from assessments.exports.characters import printable_text
from assessments.exports.interchange import render_json
from assessments.exports.pdf import render_pdf
from assessments.exports.workbook import render_workbook
from assessments.imports.interchange import read_cycle
from assessments.models import Audience, Council, Cycle, User
from assessments.record import CycleRecord
from assessments.record_builder import blank_record, build_history, build_record
from assessments.services.interchange import load_cycle
from benchmarks.models import Toolkit
from tests.exports.documents import pdf_errors
from tests.exports.pdf_reading import Tagged, squeezed, structure
from tests.exports.thurrock import SOURCE, Row, as_interchange, covered_by, prompts_of, read_source

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not SOURCE.exists(), reason=f"needs the reference material, which is not at {SOURCE.parent}"
    ),
]
MADE_ON = datetime.date(2022, 1, 10)
FORMATS = ["pdf", "workbook"]


def words(text: object) -> str:
    return squeezed(printable_text(str(text or "")))


@pytest.fixture(scope="module")
def source() -> Row:
    return read_source()


@pytest.fixture
def record(full_edition: Toolkit, northmere: Council, lead: User, source: Row) -> CycleRecord:
    data = json.dumps(as_interchange(source)).encode()
    loaded = load_cycle(council=northmere, record=read_cycle(data, blank_record), by=lead)
    return build_record(loaded.cycle)


@cache
def printed(record: CycleRecord) -> Tagged:
    """Once for all tests: fifty pages take their time."""
    return structure(render_pdf(record, made_on=MADE_ON))


# A file as found: the front sheet's entries, and what stands beside each prompt ----------------
class FoundInPdf:
    def __init__(self, record: CycleRecord) -> None:
        self.document = printed(record)
        refs = list(record.questions)
        self.tables = dict(zip(refs, self.document.all("Table"), strict=True))

    def front_sheet(self) -> Iterator[str]:
        """From each third-level heading before the first table to the next one."""
        entries: list[str] = []
        for element in self.flow(self.document):
            if element.kind == "H2" and words(element.text).startswith("Benchmark1:"):
                break
            if element.kind == "H3":
                entries.append("")
            if entries:
                entries[-1] += words(element.text)
        yield from entries

    def flow(self, element: Tagged) -> Iterator[Tagged]:
        for child in element.children:
            if child.kind in ("H2", "H3", "P"):
                yield child
            else:
                yield from self.flow(child)

    def beside(self, ref: str, position: int) -> list[str]:
        """The cells of the one row that lists the prompt: 0, the question itself."""
        (row,) = [
            row
            for row in list(self.tables[ref].all("TR"))[1:]
            if self.lists(row.children[0], position)
        ]
        return [words(cell.text) for cell in row.children]

    def lists(self, cell: Tagged, position: int) -> bool:
        prompts = [words(paragraph.text) for paragraph in cell.all("P")]
        numbers = [int(found[1]) for p in prompts if (found := re.match(r"(\d+)\.", p))]
        if prompts == ["Thequestionasawhole"]:
            return not position
        return position in (numbers or [1])  # a prompt that is alone has no number


class FoundInWorkbook:
    def __init__(self, record: CycleRecord, history: Any) -> None:
        data = render_workbook(record, history=history, made_on=MADE_ON)
        self.workbook = load_workbook(io.BytesIO(data))

    def front_sheet(self) -> Iterator[str]:
        for row in self.workbook["Front sheet"].iter_rows(min_row=7, values_only=True):
            yield "".join(map(words, row))

    def beside(self, ref: str, position: int) -> list[str]:
        (row,) = [
            row
            for row in self.workbook["Detail"].iter_rows(min_row=2, values_only=True)
            if row[1] == ref and (row[4] or 0) == position
        ]
        return [words(row[column]) for column in (5, 6, 8, 9)]


@pytest.fixture
def found(request: pytest.FixtureRequest, record: CycleRecord) -> Any:
    if request.param == "pdf":
        return FoundInPdf(record)
    return FoundInWorkbook(record, build_history(Cycle.objects.get()))


@pytest.mark.parametrize("found", FORMATS, indirect=True)
def test_everything_in_the_real_toolkit_is_found(found: Any, source: Row) -> None:
    entries = list(found.front_sheet())
    assert len(entries) == len(source["front_page"]) == 10
    for expected, entry in zip(source["front_page"], entries, strict=True):
        assert entry.startswith(str(expected["number"]))
        for part in ("rag", "actions", "comments"):
            assert words(expected[part]) in entry, (expected["number"], part)

    evidence = actions = 0
    for question in source["questions"]:
        for row in question["rows"]:
            for position in covered_by(row) or [0]:
                if row["evidence"]:
                    cells = found.beside(question["ref"], position)
                    assert words(row["evidence"]) in cells[1], (question["ref"], position)
                    evidence += 1
            for position in prompts_of(row) or [0]:
                if row["action"]:
                    cells = found.beside(question["ref"], position)
                    assert words(row["action"]) in cells[2], (question["ref"], position)
                    actions += 1
    assert actions == 33
    assert evidence == sum(len(covered_by(row)) or 1 for row in rows_of(source) if row["evidence"])


def rows_of(source: Row) -> Iterator[Row]:
    for question in source["questions"]:
        yield from question["rows"]


@pytest.mark.parametrize("found", ["pdf"], indirect=True)
def test_the_two_texts_of_the_rating_column(found: FoundInPdf, source: Row) -> None:
    """“N/A” is not applicable; a date is when the action beside it is due."""
    texts = {row["rag"]: row for row in rows_of(source) if row["rag"]}
    assert set(texts) == {"N/A", "Apr 22"}
    (place,) = prompts_of(texts["N/A"])
    assert "Notapplicable" in found.beside(texts["N/A"]["question"], place)[3]
    (place,) = prompts_of(texts["Apr 22"])
    assert "Due:Apr22." in found.beside(texts["Apr 22"]["question"], place)[2]


def test_the_two_texts_in_the_workbook(record: CycleRecord, source: Row) -> None:
    workbook = load_workbook(io.BytesIO(render_workbook(record, made_on=MADE_ON)))
    rows = {row["rag"]: row for row in rows_of(source) if row["rag"]}
    detail = [
        row[9]
        for row in workbook["Detail"].iter_rows(min_row=2, values_only=True)
        if (row[1], row[4]) == (rows["N/A"]["question"], *prompts_of(rows["N/A"]))
    ]
    assert detail == ["Not applicable"]
    due = {row[1]: row[4] for row in workbook["Actions"].iter_rows(min_row=2, values_only=True)}
    assert due[rows["Apr 22"]["action"]] == "Apr 22"


def test_it_comes_back_byte_for_byte(record: CycleRecord, northmere: Council, lead: User) -> None:
    first = render_json(record)
    northmere.cycles.all().delete()
    northmere.actions.all().delete()
    loaded = load_cycle(council=northmere, record=read_cycle(first, blank_record), by=lead)
    assert render_json(build_record(loaded.cycle)) == first


def test_the_pdf_is_sound(record: CycleRecord, tmp_path: Any) -> None:
    data = render_pdf(record.for_audience(Audience.PUBLIC), made_on=MADE_ON)
    assert pdf_errors(data, tmp_path) == []
    assert len(list(structure(data).all("Table"))) == len(record.questions) == 38
