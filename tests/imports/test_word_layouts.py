"""Other layouts of completed toolkits, and what a Word document can hold besides plain text."""

import datetime
from collections.abc import Sequence
from typing import Any

import pytest

from assessments.imports.word.blocks import read_rows
from assessments.imports.word.building import build_record
from assessments.imports.word.entries import Entry, Role, State, characters, sum_of
from assessments.imports.word.matching import match
from assessments.record import CycleRecord
from tests.imports.documents import Document, append, link, saved, shade
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


# Whole layouts ---------------------------------------------------------------------------------
def test_one_table_with_everything_in_it_and_columns_of_its_own():
    """Refs, headings across the table, owner, date and status in columns, progress first."""
    document = Document()
    question = EDITION.questions["2.4"]
    table = document.add_rows(
        [
            ["RAG", "Work to date", "Question", "Action required", "By whom", "By when", "Status"],
            ["Benchmark 2: Board"] + [""] * 6,
            [f"2.4 {question.text}"] + [""] * 6,
            ["A", "He chairs it.", PROMPTS["2.4", 1], "Brief him", "CSP manager; Police", "1/4/22"]
            + ["Complete"],
            ["Green", "They do.", PROMPTS["2.4", 2], "None", "", "", ""],
        ]
    )
    for row in (1, 2):
        table.rows[row].cells[0].merge(table.rows[row].cells[6])
    record = record_of(document)
    assert statements(record, "2.4") == [("He chairs it.", (1,)), ("They do.", (2,))]
    assert levels(record, "2.4") == ["Amber", "Green"]
    (action,) = record.actions
    assert action.text.value == "Brief him"
    assert [owner.name.value for owner in action.owners] == ["CSP manager", "Police"]
    assert (action.due_date, action.status) == (datetime.date(2022, 4, 1), "completed")


def test_the_form_with_three_columns_to_tick():
    edition = blank_edition(scale="progress")
    document = Document()
    names = [level.label for level in edition.levels]
    asked(
        document,
        "1.2",
        [
            ["Prompt", "Evidence", *names],
            [PROMPTS["1.2", 1], "We help.", "", "x", ""],
            [PROMPTS["1.2", 2], "They are.", "", "", "✓"],
        ],
    )
    record = record_of(document, edition)
    assert levels(record, "1.2") == names[1:]


def test_no_tables_at_all():
    document = Document()
    document.add_paragraph(f"Question 1.2: {EDITION.questions['1.2'].text}")
    document.add_paragraph(PROMPTS["1.2", 1])
    document.add_paragraph("Yes, each quarter,")
    document.add_paragraph("by a questionnaire.")
    document.add_paragraph(PROMPTS["1.2", 2])
    document.add_paragraph("They are tested.")
    assert statements(record_of(document), "1.2") == [
        ("Yes, each quarter,\nby a questionnaire.", (1,)),
        ("They are tested.", (2,)),
    ]


def test_no_question_lines_either_but_prompts_that_stand_only_once():
    document = Document()
    texts = [PROMPTS["1.2", 1], PROMPTS["2.4", 2], PROMPTS["8.2", 1]]
    document.add_rows(
        [["Prompt", "Evidence"], *([text, f"Said {n}"] for n, text in enumerate(texts))]
    )
    record = record_of(document)
    found = [statements(record, ref) for ref in ("1.2", "2.4", "8.2")]
    assert found == [[("Said 0", (1,))], [("Said 1", (2,))], [("Said 2", (1,))]]


def test_a_prompt_that_stands_twice_goes_where_its_question_line_says():
    document = Document()
    for ref in ("10.2", "10.1"):
        asked(document, ref, [[PROMPTS[ref, 1], f"Of {ref}", "", ""]])
    assert PROMPTS["10.1", 1] == PROMPTS["10.2", 1]
    record = record_of(document)
    assert statements(record, "10.1") == [("Of 10.1", (1,))]
    assert statements(record, "10.2") == [("Of 10.2", (1,))]


def test_without_its_question_line_a_person_is_asked():
    document = Document()
    document.add_rows([["Prompt", "Evidence"], [PROMPTS["10.1", 1], "Which one?"]])
    (entry,) = [each for each in entries_of(document) if not each.is_label]
    assert entry.state == State.CHECK


def test_an_edition_without_prompts():
    edition = blank_edition("home-office-2023", "score")
    document = Document()
    first, second = list(edition.questions.values())[:2]
    document.add_rows(
        [
            ["Question", "Evidence", "RAG"],
            [f"{first.ref} {first.text}", "The first.", "3"],
            [second.text, "The second.", "5"],
        ]
    )
    record = record_of(document, edition)
    assert statements(record, first.ref) == [("The first.", ())]
    assert statements(record, second.ref) == [("The second.", ())]
    assert [levels(record, each.ref) for each in (first, second)] == [["3"], ["5"]]


@pytest.mark.parametrize("in_columns", [False, True])
def test_a_front_sheet_in_boxes_or_in_columns(in_columns: bool):
    document = Document()
    titles = [benchmark.short_title for benchmark in EDITION.benchmarks]
    if in_columns:
        rows = [[f"{n}. {t}", "Amber", f"Do {n}", f"Note {n}"] for n, t in enumerate(titles, 1)]
        document.add_rows([["Benchmark", "RAG", "Actions", "Comments"], *rows])
    else:
        boxes = [
            f"Benchmark {n} - {t}\nRAG: AMBER\nActions; Do {n}\nComment:\nNote {n}"
            for n, t in enumerate(titles, 1)
        ]
        document.add_rows([[box] for box in boxes])
    for number, benchmark in enumerate(record_of(document).benchmarks, start=1):
        assert benchmark.decision.label == "Amber"
        assert (benchmark.actions.value, benchmark.comments.value) == (
            f"Do {number}",
            f"Note {number}",
        )


# Rows ------------------------------------------------------------------------------------------
def test_ratings_by_shade_alone():
    document = Document()
    table = asked(document, "1.2", [[PROMPTS["1.2", n], "Said.", "", ""] for n in (1, 2)])
    shade(table.rows[0].cells[3], "FF0000")
    for cell in table.rows[1].cells:
        shade(cell, "92D050")
    assert levels(record_of(document), "1.2") == ["Red", "Green"]


def test_one_rating_and_one_action_for_merged_rows():
    document = Document()
    rows = [["Prompt", "Evidence", "Action", "RAG"]]
    rows += [[PROMPTS["1.2", n], f"Said {n}", "", ""] for n in (1, 2)]
    table = asked(document, "1.2", rows)
    for column, text in ((2, "Board to meet"), (3, "Amber")):
        table.cell(1, column).merge(table.cell(2, column)).text = text
    record = record_of(document)
    assert levels(record, "1.2") == ["Amber", "Amber"]
    assert [link.position for link in record.actions[0].links] == [1, 2]


def test_evidence_in_two_rows_of_one_merged_prompt():
    document = Document()
    table = asked(document, "1.2", [[PROMPTS["1.2", 1], "First.", ""], ["", "Second.", ""]])
    table.cell(0, 0).merge(table.cell(1, 0))
    assert statements(record_of(document), "1.2") == [("First.", (1,)), ("Second.", (1,))]


def test_a_row_that_is_nothing_of_the_toolkit_waits_in_the_tray():
    document = Document()
    rows = [["Prompt", "Evidence"], ["Our canteen’s opening hours", "From nine to five."]]
    document.add_rows(rows)
    entries = entries_of(document)
    (entry,) = [each for each in entries if not each.is_label]
    assert entry.state == State.TRAY
    assert [part.text for part in entry.left_over] == rows[1]


def test_a_paragraph_below_a_question_is_for_a_person():
    document = Document()
    asked(document, "1.2", [[PROMPTS["1.2", 1], "Said."]])
    document.add_paragraph("We also keep a log.")
    entry = entries_of(document)[-1]
    assert (entry.state, entry.place) == (State.CHECK, "1.2 whole")


# Text ------------------------------------------------------------------------------------------
def cell_text(fill: Any) -> str:
    document = Document()
    table = asked(document, "1.2", [[PROMPTS["1.2", 1], "Before"]])
    fill(document, table.cell(0, 1))
    (entry,) = [each for each in entries_of(document) if each.text(Role.EVIDENCE)]
    return entry.text(Role.EVIDENCE)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_bullets_and_what_is_nested_in_them():
    def fill(_: Document, cell: Any) -> None:
        cell.add_paragraph("outer", style="List Bullet")
        cell.add_paragraph("one", style="List Number")
        cell.add_paragraph("two", style="List Number")

    assert cell_text(fill) == "Before\n• outer\n1. one\n2. two"


def test_a_link_is_kept_with_its_address():
    def fill(_: Document, cell: Any) -> None:
        link(cell.paragraphs[0], " our page", "https://example.org/prevent")

    assert cell_text(fill) == "Before our page (https://example.org/prevent)"


def test_changes_are_read_as_accepted():
    def fill(_: Document, cell: Any) -> None:
        new, old = run(" new"), "<w:r><w:delText> old</w:delText></w:r>"
        append(cell.paragraphs[0], f'<w:ins w:id="1" w:author="A">{new}</w:ins>')
        append(cell.paragraphs[0], f'<w:del w:id="2" w:author="A">{old}</w:del>')

    assert cell_text(fill) == "Before new"


def test_a_table_within_a_cell_is_text():
    def fill(_: Document, cell: Any) -> None:
        table = cell.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Schools", "12"

    assert cell_text(fill) == "Before\nSchools | 12"


def test_a_text_box_is_text_once_though_kept_in_two_forms():
    box = f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"
    namespace = "http://schemas.openxmlformats.org/markup-compatibility/2006"

    def fill(_: Document, cell: Any) -> None:
        append(
            cell.paragraphs[0],
            f'<mc:AlternateContent xmlns:mc="{namespace}"><mc:Choice><w:r>{box}</w:r></mc:Choice>'
            f"<mc:Fallback><w:r>{box}</w:r></mc:Fallback></mc:AlternateContent>",
        )

    assert cell_text(fill).split() == ["Before", "boxed"]


def test_hidden_text_and_field_codes_are_not_read():
    def fill(_: Document, cell: Any) -> None:
        append(cell.paragraphs[0], "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>")
        append(cell.paragraphs[0], "<w:r><w:instrText> PAGE </w:instrText></w:r>")

    assert cell_text(fill) == "Before"
