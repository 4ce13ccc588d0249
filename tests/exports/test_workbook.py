"""The workbook: complete, inert, ready to filter and to print, the same each time."""

import dataclasses
import datetime
import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assessments.exports.characters import printable_text
from assessments.exports.workbook import render_workbook
from assessments.exports.workbook.sheet import Column, Sheet
from assessments.models import Audience
from assessments.record import (
    Action,
    BenchmarkDecision,
    CycleRecord,
    Decision,
    Document,
    Level,
    Link,
    Owner,
    PastCycle,
    PastRating,
    Person,
    Statement,
    Text,
    Update,
)
from tests.exports.small_records import MADE_ON, with_question
from tests.exports.strategies import NASTY, records, with_fixtures

SHEETS = ["Front sheet", "Detail", "Actions", "Ratings history", "Notes"]
FIVE = Level("4", "4 Exceeded", 4, "teal", "►", True, "More than the duty asks.")


@pytest.fixture
def full(edition: CycleRecord) -> CycleRecord:
    red, amber, green = (Decision(level) for level in edition.levels)
    first, second, third = edition.questions["1.1"].answers
    record = with_question(
        edition,
        "1.1",
        assignee=Person("Conor Contributor", "conor@northmere.example"),
        answers=(
            dataclasses.replace(first, decision=green),
            dataclasses.replace(second, decision=red),
            dataclasses.replace(
                third, decision=Decision(not_applicable=True, reason=Text("Nothing did"))
            ),
        ),
        statements=(
            Statement(Text("Shared"), (1, 2)),
            Statement(Text("Second only", "exempt-3"), (2,)),
            Statement(Text("In general")),
        ),
        documents=(
            Document(
                Text("Profile"),
                Text("https://example.org/p"),
                Text("CS/1"),
                datetime.date(2025, 1, 2),
                datetime.date(2026, 1, 2),
            ),
        ),
    )
    actions = (
        Action(
            1, Text("Share it"), "in-progress",
            (Owner(Text("CSP manager")), Owner(Text("All"))),
            datetime.date(2026, 3, 31), Text(), None, (Link("1.1", 2), Link("2.1")),
            (
                Update(
                    datetime.date(2025, 11, 1), "Q3", Text("Begun"), Text("End it"), "Lena Lead"
                ),
            ),
        ),
        Action(
            2, Text("Review"), "completed", (), None, Text("Q4 21/22"),
            datetime.date(2025, 10, 1), (Link("1.2", 1),),
        ),
    )  # fmt: skip
    judged = dataclasses.replace(
        record.benchmarks[0],
        decision=BenchmarkDecision(edition.levels[1], reason=Text("Two are behind")),
        actions=Text("Refresh"),
        comments=Text("On course"),
    )
    return dataclasses.replace(record, benchmarks=(judged, *record.benchmarks[1:]), actions=actions)


@pytest.fixture
def history(edition: CycleRecord) -> tuple[PastCycle, ...]:
    """On two editions with scales of their own."""
    on_five = PastCycle(
        "2023/24",
        datetime.date(2023, 12, 1),
        "Newer toolkit",
        "1 to 5",
        (PastRating(1, "Leadership", BenchmarkDecision(FIVE)),),
    )
    now = PastCycle(
        "2025/26",
        edition.as_at,
        edition.toolkit_title,
        "rag",
        (
            PastRating(1, "Local risk", BenchmarkDecision(edition.levels[1])),
            PastRating(2, "Training", BenchmarkDecision()),
        ),
    )
    return (on_five, now)


def made(record: CycleRecord, history: tuple[PastCycle, ...] = ()) -> Any:
    data = render_workbook(record, history=history, made_on=MADE_ON)
    return load_workbook(io.BytesIO(data))


def midnight(*day: int) -> datetime.datetime:
    """As a workbook gives a date back."""
    return datetime.datetime.combine(datetime.date(*day), datetime.time())


def cells(sheet: Any) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# What stands where ---------------------------------------------------------------------------
def test_front_sheet(full: CycleRecord) -> None:
    assert cells(made(full)["Front sheet"])[:8] == [
        ["Northmere Borough Council", *[None] * 5],
        ["Small toolkit: self-assessment 2025/26", *[None] * 5],
        ["Position as at 1 December 2025", *[None] * 5],
        ["Board version: contains restricted text", *[None] * 5],
        [None] * 6,
        ["No.", "Benchmark", "Rating", "Actions", "Comments", "Reason for the rating"],
        [1, "Local risk", "▲ Amber", "Refresh", "On course", "Two are behind"],
        [2, "Training", "Not decided", None, None, None],
    ]


def test_detail_has_evidence_beside_every_prompt_that_it_covers(full: CycleRecord) -> None:
    rows = cells(made(full)["Detail"])
    about = ["1. Local risk", "1.1", "Question 1.1?", "Expectation of compliance"]
    who = "Conor Contributor"
    document = "Profile, CS/1, dated 2 Jan 2025, next review 2 Jan 2026, https://example.org/p"
    restricted = "[Exempt, paragraph 3: financial or business affairs] Second only"
    covers = "Prompts 1 and 2"
    assert rows[1:5] == [
        [*about, 1, "How are risks found?", "Shared", covers, None, "● Green", None, None, who],
        [*about, 2, "Who owns them?", f"Shared\n\n{restricted}", covers, "1. Share it", "■ Red",
         None, None, who],
        [*about, 3, "What changed?", None, None, None, "Not applicable", "Nothing did", None,
         who],
        [*about, None, "The question as a whole", "In general", None, None, None, None,
         document, who],
    ]  # fmt: skip
    assert [row[1] for row in rows[5:]] == ["1.2", "2.1", "2.2", "2.2"]
    assert [rows[row][5] for row in (4, 6)] == ["The question as a whole"] * 2


def test_a_public_workbook_names_nobody_who_is_assigned(full: CycleRecord) -> None:
    headings = cells(made(full.for_audience(Audience.PUBLIC))["Detail"])[0]
    assert "Assigned to" not in headings
    assert "Assigned to" in cells(made(full)["Detail"])[0]


def test_actions(full: CycleRecord) -> None:
    sheet = made(full)["Actions"]
    assert cells(sheet)[1:] == [
        [
            1, "Share it", "CSP manager, All", midnight(2026, 3, 31), None,
            "In progress", None, "1.1, prompt 2\n2.1",
            "1 Nov 2025, Q3: Begun\nNext: End it (Lena Lead)",
        ],
        [
            2, "Review", None, None, "Q4 21/22", "Completed", midnight(2025, 10, 1),
            "1.2, prompt 1", None,
        ],
    ]  # fmt: skip
    assert sheet["D2"].number_format == "d mmm yyyy"


def test_history_sets_different_scales_side_by_side(
    edition: CycleRecord, history: tuple[PastCycle, ...]
) -> None:
    assert cells(made(edition, history)["Ratings history"]) == [
        ["Toolkit", "No.", "Benchmark", "2023/24\nas at 1 Dec 2023\n1 to 5",
         "2025/26\nas at 1 Dec 2025\nrag"],
        ["Small toolkit", 1, "Local risk", None, "▲ Amber"],
        ["Small toolkit", 2, "Training", None, "Not decided"],
        ["Newer toolkit", 1, "Leadership", "► 4 Exceeded", None],
    ]  # fmt: skip


def test_notes_say_what_the_ratings_mean(edition: CycleRecord) -> None:
    notes = cells(made(edition)["Notes"])
    assert ["● Green", "Means Green."] in notes
    assert any("Made on 3 January 2026" in str(row[0]) for row in notes)
    assert ["Not a signed copy."] in [row[:1] for row in map(list, notes)]
    assert ["Invented for tests.", None] in notes


# Ready to use --------------------------------------------------------------------------------
def test_every_sheet_is_ready_to_filter_and_to_print(
    full: CycleRecord, history: tuple[PastCycle, ...]
) -> None:
    workbook = made(full, history)
    assert workbook.sheetnames == SHEETS
    for sheet in workbook:
        heading = int(re.sub(r"\D", "", sheet.auto_filter.ref.split(":")[0]))
        assert sheet.sheet_state == "visible"
        assert sheet.freeze_panes.endswith(str(heading + 1))
        assert sheet.print_title_rows == f"${heading}:${heading}"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert sheet.oddHeader.right.text.startswith("Board version")
        body = sheet.cell(heading + 1, 2)
        assert body.alignment.wrap_text
        assert body.alignment.vertical == "top"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())


def test_the_table_of_every_sheet_has_a_name(
    full: CycleRecord, history: tuple[PastCycle, ...]
) -> None:
    workbook = made(full, history)
    names = {"Front_sheet", "Detail", "Actions", "Ratings_history", "Notes"}
    assert set(workbook.defined_names) == {*names, "Ratings"}
    for name in names:
        ((title, cells),) = workbook.defined_names[name].destinations
        assert title.replace(" ", "_") == name
        table = workbook[title][cells.replace("$", "")]
        headings, last = table[0], table[-1]
        assert all(cell.font.bold and cell.value for cell in headings)
        assert workbook[title].auto_filter.ref == cells.replace("$", "")
        assert last[0].row == workbook[title].max_row


def test_ratings_are_chosen_from_the_scale(full: CycleRecord) -> None:
    workbook = made(full)
    places = {"Front sheet": "C7:C8", "Detail": "J2:J9"}
    for name, place in places.items():
        (validation,) = workbook[name].data_validations.dataValidation
        assert (str(validation.sqref), validation.formula1) == (place, "Ratings")
        assert validation.showErrorMessage
    (statuses,) = workbook["Actions"].data_validations.dataValidation
    assert statuses.formula1 == '"Not started,In progress,Completed"'
    sheet, place = next(workbook.defined_names["Ratings"].destinations)
    offered = [row[0].value for row in workbook[sheet][place.replace("$", "")]]
    assert offered == ["■ Red", "▲ Amber", "● Green", "Not applicable", "Not rated", "Not decided"]


def test_a_rating_has_the_colour_of_its_word(full: CycleRecord) -> None:
    sheet = made(full)["Detail"]
    rules = {rule.formula[0]: rule for each in sheet.conditional_formatting for rule in each.rules}
    assert set(rules) == {'"■ Red"', '"▲ Amber"', '"● Green"'}
    assert rules['"● Green"'].dxf.fill.bgColor.rgb.endswith("0F7A52")


def test_properties(full: CycleRecord) -> None:
    properties = made(full).properties
    assert properties.title == "Northmere Borough Council: Small toolkit, 2025/26"
    assert properties.creator == properties.lastModifiedBy == "Northmere Borough Council"
    assert properties.subject == "Board version: contains restricted text"
    assert properties.created == properties.modified == midnight(2026, 1, 3)


# Whatever is written ---------------------------------------------------------------------------
@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text)[:30])
def test_nasty_text_is_text(text: str, edition: CycleRecord) -> None:
    statement = Statement(Text(text), (1,))
    record = with_question(edition, "1.2", statements=(statement,))
    action = Action(1, Text(text), "not-started", (), None, Text(text), None, (Link("1.2"),))
    workbook = made(dataclasses.replace(record, actions=(action,), council_name=f"{text} x"))
    found = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in found} <= {"s", "n", "d"}
    assert not any(cell.hyperlink or cell.comment for cell in found)
    values = [cell.value for cell in found]
    assert values.count(printable_text(text)) >= 3  # evidence, action, due
    quoted = [cell for cell in found if cell.value == printable_text(text)]
    formula_like = text.startswith(("=", "+", "-", "@", "'"))
    assert all(bool(cell.quotePrefix) == formula_like for cell in quoted)


@settings(with_fixtures, max_examples=10)
@given(data=st.data())
def test_any_record_makes_a_workbook_with_every_text(
    edition: CycleRecord, data: st.DataObject
) -> None:
    record = data.draw(records(edition, []))
    workbook = made(record)
    everything = "\n".join(
        str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row
    )
    for question in record.questions.values():
        for statement in question.statements:
            assert printable_text(statement.text.value) in everything


def test_what_excel_would_read_as_an_escape_is_escaped() -> None:
    workbook = Workbook()
    sheet = Sheet(workbook, "Escapes", [Column("A", 10)])
    sheet.add("_x0041_ and _x004G_")
    assert sheet.sheet["A2"].value == "_x005F_x0041_ and _x004G_"


@pytest.mark.parametrize("letter", ["x", "🦄"])
def test_a_text_too_long_for_a_cell_goes_on_below(letter: str, edition: CycleRecord) -> None:
    statements = tuple(Statement(Text(letter * 20_000), (1,)) for _ in range(4))
    sheet = made(with_question(edition, "1.2", statements=statements))["Detail"]
    parts = [row[6].value for row in sheet.iter_rows() if letter in str(row[6].value)]
    assert "".join(parts) == "\n\n".join([letter * 20_000] * 4)
    assert max(len(part.encode("utf-16-le")) // 2 for part in parts) <= 32_767


def test_a_council_called_with_an_ampersand_prints(edition: CycleRecord) -> None:
    record = dataclasses.replace(edition, council_name="Hammersmith & Fulham" + " x" * 200)
    sheet = made(record)["Detail"]
    data = render_workbook(record, made_on=MADE_ON)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "&amp;LHammersmith &amp;&amp; Fulham x" in xml
    assert len(sheet.oddHeader.left.text) < 255


# The file --------------------------------------------------------------------------------------
def test_the_same_record_is_the_same_file(
    full: CycleRecord, history: tuple[PastCycle, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render_workbook(full, history=history, made_on=MADE_ON)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 0, 0, 0))
    assert render_workbook(full, history=history, made_on=MADE_ON) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("comments" in name or "external" in name for name in archive.namelist())


def test_row_heights_stay_open_to_change(full: CycleRecord) -> None:
    data = render_workbook(full, made_on=MADE_ON)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    assert 'ht="' in xml
    assert "customHeight" not in xml
