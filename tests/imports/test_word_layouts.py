"""Other layouts of completed toolkits."""

import datetime

import pytest

from assessments.imports.word.entries import State
from tests.imports.documents import Document, shade
from tests.imports.editions import blank_edition
from tests.imports.reading import (
    EDITION,
    PROMPTS,
    asked,
    entries_of,
    levels,
    record_of,
    statements,
)


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


@pytest.mark.parametrize("mark", ["x", "✓", "Yes", "shade", "its own name"])
def test_a_column_for_each_level_marked_in_many_ways(mark: str):
    edition = blank_edition(scale="progress")
    names = [level.label for level in edition.levels]
    document = Document()
    texts = {"shade": "", "its own name": names[2]}
    row = [PROMPTS["1.2", 1], "We help.", "", "", texts.get(mark, mark)]
    table = asked(document, "1.2", [["Prompt", "Evidence", *names], row])
    if mark == "shade":
        shade(table.cell(1, 4), "00B050")
    assert levels(record_of(document, edition), "1.2")[0] == names[2]


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


ORDERS = [
    ["Question", "Current position", "Action required", "By whom", "By when", "Status", "RAG"],
    ["By when", "By whom", "Status", "RAG", "Work to date", "Action required", "Expectation"],
    ["RAG Rating", "Expectation", "Evidence", "Actions", "Owner", "Deadline", "Action status"],
]
CALLED = {
    "prompt": {"Question", "Expectation"},
    "evidence": {"Current position", "Work to date", "Evidence"},
    "action": {"Action required", "Actions"},
    "owner": {"By whom", "Owner"},
    "due": {"By when", "Deadline"},
    "status": {"Status", "Action status"},
    "rating": {"RAG", "RAG Rating"},
}
SAID = {
    "evidence": "We meet.",
    "action": "Brief the board",
    "owner": "Lead officer",
    "due": "Spring 2022",
    "status": "Part-complete",
    "rating": "Green",
}


@pytest.mark.parametrize("names", ORDERS)
def test_columns_in_any_order_and_by_other_names(names: list[str]):
    said = SAID | {"prompt": PROMPTS["1.2", 2]}
    roles = [next(role for role, called in CALLED.items() if name in called) for name in names]
    document = Document()
    asked(document, "1.2", [names, [said[role] for role in roles]])
    record = record_of(document)
    assert statements(record, "1.2") == [("We meet.", (2,))]
    assert levels(record, "1.2")[1] == "Green"
    (action,) = record.actions
    assert [owner.name.value for owner in action.owners] == ["Lead officer"]
    assert (action.due_words.value, action.status) == ("Spring 2022", "in-progress")
    assert action.text.value == "Brief the board\nPart-complete"


@pytest.mark.parametrize(
    "box",
    [
        "3. {}\nRAG Rating: Amber\nActions; To do\nComment: Noted",
        "{}\nRAG rating – A\nAction: To do\nComments: Noted",
        "Benchmark 3: {}\nRating: amber\nOutstanding actions: To do\nNotes:\nNoted",
        "BENCHMARK 3\nStatus: AMBER\nNext steps: To do\nSummary: Noted",
    ],
)
def test_a_box_of_the_front_sheet_in_its_variants(box: str):
    document = Document()
    document.add_rows([[box.format(EDITION.benchmarks[2].short_title)]])
    benchmark = record_of(document).benchmarks[2]
    assert benchmark.decision.label == "Amber"
    assert (benchmark.actions.value, benchmark.comments.value) == ("To do", "Noted")


@pytest.mark.parametrize(
    "line",
    ["Benchmark 2", "BENCHMARK 2 - {}", "Benchmarks 2: {}", "2. {}", "Benchmark No. 2 – {}"],
)
def test_a_benchmark_heading_in_its_variants(line: str):
    document = Document()
    document.add_paragraph(line.format(EDITION.benchmarks[1].short_title))
    asked(document, "2.4", [[PROMPTS["2.4", 1], "He does."]])
    label, question, row = entries_of(document)
    assert label.is_label
    assert question.is_label
    assert (row.place, row.state) == ("2.4 1", State.PLACED)


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


def test_a_prompt_reworded_by_a_council_finds_its_place():
    words = PROMPTS["2.4", 2].split()
    document = Document()
    reworded = " ".join([*words[:3], "also", *words[3:-2]])
    asked(document, "2.4", [[PROMPTS["2.4", 1], "First."], [reworded, "Second."]])
    assert [entry.place for entry in entries_of(document) if not entry.is_label] == [
        "2.4 1",
        "2.4 2",
    ]


def test_two_prompts_written_as_one_are_one_row_for_both():
    both = f"{PROMPTS['1.2', 1]} {PROMPTS['1.2', 2]}"
    document = Document()
    asked(document, "1.2", [[both, "Of both.", "", "Green"]])
    record = record_of(document)
    assert statements(record, "1.2") == [("Of both.", (1, 2))]
    assert levels(record, "1.2") == ["Green", "Green"]
