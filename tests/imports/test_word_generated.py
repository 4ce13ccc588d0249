"""Whatever its layout, a completed document comes back whole."""

from hypothesis import HealthCheck, given, settings

from assessments.imports.word.blocks import read_rows
from assessments.imports.word.building import build_record
from assessments.imports.word.entries import Entry, as_json, characters, from_json, sum_of
from assessments.imports.word.marks import says_nothing
from assessments.imports.word.matching import match
from assessments.imports.word.places import Place
from assessments.record import Question
from tests.imports.completed import Completed, Line, as_docx, completed
from tests.imports.editions import blank_edition

EDITION = blank_edition()


def accepted(entry: Entry) -> Entry:
    """As a person who agrees with every proposal."""
    return entry.sent_to(Place.read(entry.place), "A person") if entry.is_for_a_person else entry


def expected_statements(lines: list[Line]) -> list[tuple[str, tuple[int, ...]]]:
    found: list[tuple[str, tuple[int, ...]]] = []
    for line in lines:
        if line.joins:
            text, covers = found[-1]
            found[-1] = (text, (*covers, *line.positions))
        else:
            found.append((line.evidence, line.positions))
    return found


def found_statements(question: Question) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.text.value, each.covers) for each in question.statements]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(completed(EDITION))
def test_a_completed_document_comes_back_whole(layout: Completed):
    rows = read_rows(as_docx(layout))
    entries = match(rows, EDITION)
    total = sum_of(entries, sum(characters(row.text) for row in rows))
    assert total.comes_out
    assert total.tray == 0
    assert from_json(as_json(entries)) == entries
    record = build_record(EDITION, [accepted(entry) for entry in entries])
    actions = []
    for question, lines in layout.questions:
        found = record.questions[question.ref]
        assert found_statements(found) == expected_statements(lines)
        actions += [line.action for line in lines if not says_nothing(line.action)]
        ratings = {answer.position: answer.decision for answer in found.answers}
        for line in lines:
            for position in line.positions or (0,):
                level = ratings[position].level
                assert (level.slug if level else "") == line.rating
    assert [action.text.value for action in record.actions] == actions
