"""A real completed toolkit: every row where its transcription says that it belongs."""

from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from lxml import etree

from assessments.imports.word.blocks import Row as SourceRow
from assessments.imports.word.blocks import read_rows
from assessments.imports.word.building import build_record
from assessments.imports.word.entries import Entry, Role, State, characters, sum_of
from assessments.imports.word.matching import match
from assessments.imports.word.places import Place
from assessments.presenters.import_rows import choices
from assessments.record import CycleRecord
from tests.exports.thurrock import SOURCE as TRANSCRIPTION
from tests.exports.thurrock import STATUSES, Row, covered_by, prompts_of, read_source
from tests.imports.editions import blank_edition

SOURCE = TRANSCRIPTION.with_suffix(".docx")
pytestmark = pytest.mark.skipif(
    not SOURCE.exists(), reason=f"needs the reference material, which is not at {SOURCE.parent}"
)
MOST_TO_CHECK = 5


def squeezed(text: object) -> str:
    """Without spaces, and without bullets, which the reader adds to what is typed."""
    return "".join(str(text or "").replace("•", "").replace("\uf0b7", "").split())


@pytest.fixture(scope="module")
def source() -> Row:
    return read_source()


@pytest.fixture(scope="module")
def rows() -> list[SourceRow]:
    return read_rows(SOURCE.read_bytes())


@pytest.fixture(scope="module")
def entries(rows: list[SourceRow]) -> list[Entry]:
    return match(rows, blank_edition())


@pytest.fixture(scope="module")
def record(entries: list[Entry]) -> CycleRecord:
    return build_record(blank_edition(), entries)


def answers(entries: list[Entry]) -> list[Entry]:
    return [e for e in entries if not e.is_label and not e.place.startswith("benchmark")]


def expected_rows(source: Row) -> Iterator[tuple[str, Row]]:
    for question in source["questions"]:
        for row in question["rows"]:
            positions = ",".join(map(str, prompts_of(row)))
            yield f"{question['ref']} {positions}".strip(), row


def test_every_row_is_on_its_prompt_or_question(entries: list[Entry], source: Row):
    expected = [place for place, _ in expected_rows(source)]
    assert len(expected) == 106
    assert [entry.place for entry in answers(entries)] == expected
    assert sum(entry.is_for_a_person for entry in entries) <= MOST_TO_CHECK


def test_the_words_of_every_cell_stand_in_its_row(entries: list[Entry], source: Row):
    """The transcription was typed off a PDF: line breaks and some spaces differ."""
    for entry, (place, row) in zip(answers(entries), expected_rows(source), strict=True):
        for role, words in ((Role.PROMPT, row["prompt"]), (Role.ACTION, row["action"])):
            assert squeezed(entry.text(role)) == squeezed(words), place
        assert squeezed(entry.text(Role.EVIDENCE)) == squeezed(row["evidence"]), place


def test_evidence_has_the_span_of_its_cell(record: CycleRecord, source: Row):
    expected = {
        question["ref"]: [tuple(covered_by(row)) for row in question["rows"] if row["evidence"]]
        for question in source["questions"]
    }
    found = {ref: [s.covers for s in q.statements] for ref, q in record.questions.items()}
    assert found == expected
    assert sum(map(len, found.values())) == 102


def test_the_front_sheet_has_ten_entries(record: CycleRecord, source: Row):
    assert len(source["front_page"]) == 10
    for benchmark, entry in zip(record.benchmarks, source["front_page"], strict=True):
        assert benchmark.decision.label == entry["rag"]
        assert squeezed(benchmark.actions) == squeezed(entry["actions"])
        assert squeezed(benchmark.comments) == squeezed(entry["comments"])


def test_of_33_action_cells_one_says_none_and_two_are_the_same(
    record: CycleRecord, entries: list[Entry]
):
    cells = [entry for entry in entries if entry.text(Role.ACTION)]
    assert len(cells) == 33
    assert len(record.actions) == 31
    twice = [action.links for action in record.actions if len(action.links) == 2]
    assert [[link.ref for link in links] for links in twice] == [["4.1", "7.4"]]


def test_owner_and_status_of_actions_are_as_a_person_read_them(record: CycleRecord, source: Row):
    read = {squeezed(row["action"]): row for _, row in expected_rows(source) if row["action"]}
    differing = {"owner": 0, "status": 0}
    for action in record.actions:
        row = read[squeezed(action.text)]
        owner = ", ".join(owner.name.value for owner in action.owners)
        differing["owner"] += owner != (row["action_owner_text"] or "")
        differing["status"] += action.status != STATUSES[row["action_status"]]
    assert differing["owner"] == 0
    assert differing["status"] <= 1  # “All encourage …”: read as ongoing


def test_a_date_in_the_rating_column_is_when_the_action_is_due(record: CycleRecord):
    (action,) = [a for a in record.actions if a.links[0].ref == "8.3" and a.links[0].position == 2]
    assert action.due_words.value == "Apr 22"


def test_what_is_not_applicable_is_said_so(record: CycleRecord):
    said = [
        (ref, answer.position)
        for ref, question in record.questions.items()
        for answer in question.answers
        if answer.decision.not_applicable
    ]
    assert said == [("8.3", 5)]


def test_bullets_are_kept(entries: list[Entry]):
    assert sum(entry.text(Role.EVIDENCE).count("\n• ") for entry in entries) >= 5


def test_nothing_is_lost(rows: list[SourceRow], entries: list[Entry]):
    """Against the document's own XML, which the reader had no part in."""
    with ZipFile(SOURCE) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    typed = "".join(element.text or "" for element in root.iter(f"{space}t"))
    document = sum(characters(row.text) for row in rows)
    found = sum_of(entries, document)
    assert found.comes_out
    assert document - sum(row.text.count("•") for row in rows) == characters(typed)
    assert found.tray == 0
    assert {entry.state for entry in entries} == {State.PLACED, State.LABEL}


def test_every_place_is_one_of_the_edition(entries: list[Entry]):
    places = {entry.place for entry in entries if entry.place}
    merged = {"6.1 1,2"}
    offered = {place for _, group in choices(blank_edition(), "") for place, _ in group}
    assert places <= offered | merged
    assert all(str(Place.read(place)) == place for place in places)
