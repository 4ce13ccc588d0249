"""Documents say what was carried forward and nobody has confirmed."""

import datetime

import pytest

from assessments.exports.pdf import render_html
from assessments.exports.workbook import build_workbook
from assessments.models import Audience, Cycle
from assessments.record import CycleRecord
from assessments.record_builder import build_record
from assessments.services.answers import AnswerInput, save_question
from assessments.snapshots import Frozen, SignOff, canonical, suggestions_of, thaw
from tests.carrying import answer

MADE_ON = datetime.date(2026, 12, 2)


@pytest.fixture
def record(carried: Cycle) -> CycleRecord:
    return build_record(carried)


def test_the_pdf_prints_no_decision_that_nobody_made(record: CycleRecord) -> None:
    html = render_html(record, made_on=MADE_ON)
    assert '<span class="level level-none">To confirm: rated ● Green</span>' in html
    assert 'class="level level-green">● Green</span> 1 benchmark' not in html
    assert '<span class="label">To confirm:</span> Share it' in html
    assert "Document, to confirm:" in html
    assert "Carried forward from an earlier cycle" in html


def test_the_public_pdf_says_so_too_and_no_more(record: CycleRecord) -> None:
    html = render_html(record.for_audience(Audience.PUBLIC), made_on=MADE_ON)
    assert "A profile is kept." not in html
    assert "To confirm:" in html


def test_without_anything_to_confirm_no_word_of_it(last: Cycle) -> None:
    assert "To confirm" not in render_html(build_record(last), made_on=MADE_ON)


def test_the_workbook_names_what_waits_in_a_column_of_its_own(record: CycleRecord) -> None:
    sheet = build_workbook(record, (), MADE_ON)["Detail"]
    rows = list(sheet.iter_rows(values_only=True))
    place = rows[0].index("To confirm")
    assert [row[place] for row in rows[1:5]] == [
        "Rating, evidence",
        "Rating",
        "Rating, evidence",
        "Evidence, actions, documents",
    ]
    assert rows[1][rows[0].index("Rating")] == "To confirm: rated ● Green"
    assert rows[1][rows[0].index("Evidence")].endswith("A profile is kept.")


def test_a_workbook_without_anything_to_confirm_has_no_such_column(last: Cycle) -> None:
    sheet = build_workbook(build_record(last), (), MADE_ON)["Detail"]
    assert "To confirm" not in next(sheet.iter_rows(values_only=True))


def test_confirmed_it_prints_as_decided(carried: Cycle) -> None:
    row = answer(carried, "1.1", 1)
    assessment = carried.questions.get(question__ref="1.1")
    same = AnswerInput(row.pk, row.version, row.rating_id, False, "", "public", confirms=True)
    save_question(
        assessment=assessment,
        answers=[same],
        statements=[],
        by=carried.history.first().history_user,
    )
    decision = build_record(carried).questions["1.1"].answers[0].decision
    assert (decision.mark, decision.carried_from) == ("● Green", "2025/26")


def test_a_snapshot_keeps_what_was_not_confirmed_when_it_was_signed(
    carried: Cycle, record: CycleRecord
) -> None:
    suggestions = suggestions_of(record, carried.toolkit.roll_up)
    at = datetime.datetime(2026, 12, 2, tzinfo=datetime.UTC)
    sign = SignOff(1, 1, "Chika", at, "I confirm", "", "Lena", "In May", 9, "")
    frozen = Frozen(sign, record, (), suggestions)
    assert thaw(canonical(frozen)) == frozen
    assert not any(each.suggestion.is_made for each in suggestions)
