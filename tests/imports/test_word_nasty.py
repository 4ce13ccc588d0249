"""Layouts as people make them when they had no thought of a reader."""

from typing import Any

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assessments.imports.word.blocks import read_rows
from assessments.imports.word.entries import Role, State
from tests.imports.documents import Document, append, saved, with_part
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

TITLES = [each.short_title for each in EDITION.benchmarks]
FIRST, SECOND = PROMPTS["1.2", 1], PROMPTS["1.2", 2]


def answers(*rows: list[str], head: list[str]) -> Document:
    document = Document()
    asked(document, "1.2", [head, *rows])
    return document


# Headings --------------------------------------------------------------------------------------
def test_headings_in_two_rows_with_what_when_and_who_below_one():
    document = Document()
    rows = [
        ["Prompt", "Evidence", "Actions", "", "", "RAG"],
        ["", "", "What", "By whom", "By when", ""],
        [FIRST, "We meet.", "Brief the board", "Lead officer", "Q4 25/26", "Amber"],
    ]
    table = asked(document, "1.2", rows)
    table.cell(0, 2).merge(table.cell(0, 4))
    for column in (0, 1, 5):
        table.cell(0, column).merge(table.cell(1, column))
    record = record_of(document)
    assert statements(record, "1.2") == [("We meet.", (1,))]
    assert levels(record, "1.2")[0] == "Amber"
    (action,) = record.actions
    owners = [owner.name.value for owner in action.owners]
    assert (action.text.value, owners) == ("Brief the board", ["Lead officer"])
    assert action.due_words.value == "Q4 25/26"


@pytest.mark.parametrize(
    "head",
    [
        ["Expectation", "Evidence / work to date", "Action(s) required", "RAG (Red/Amber/Green)"],
        ["Prompt", "Evidence (what is in place?)", "Actions and owner", "Rating"],
        ["Question", "Evidence &\ncommentary", "Action", "Self assessment (RAG)"],
    ],
)
def test_headings_that_say_more_than_the_name(head: list[str]):
    record = record_of(answers([FIRST, "We meet.", "Brief the board", "G"], head=head))
    assert statements(record, "1.2") == [("We meet.", (1,))]
    assert levels(record, "1.2")[0] == "Green"
    assert record.actions[0].text.value == "Brief the board"


def test_answers_that_begin_like_headings_are_answers():
    row = [FIRST, "Comments, and progress", "Action and lead", "Green"]
    record = record_of(answers(row, head=["Prompt", "Evidence", "Action", "RAG"]))
    assert statements(record, "1.2") == [("Comments, and progress", (1,))]


def test_a_column_called_status_that_holds_ratings():
    head = ["Status", "By whom", "By when", "Question", "Work to date", "Action required"]
    row = ["Amber", "Lead officer", "May 2026", FIRST, "We meet.", "Brief the board"]
    empty = ["Green", "", "", SECOND, "They do.", ""]
    record = record_of(answers(row, empty, head=head))
    assert levels(record, "1.2")[:2] == ["Amber", "Green"]
    (action,) = record.actions
    assert (action.text.value, action.status) == ("Brief the board", "not-started")


def test_a_column_called_status_that_tells_where_things_stand():
    record = record_of(answers([FIRST, "We meet monthly.", "G"], head=["Prompt", "Status", "RAG"]))
    assert statements(record, "1.2") == [("We meet monthly.", (1,))]
    assert record.actions == ()


def test_one_table_whose_headings_change_half_way():
    document = Document()
    table = document.add_rows(
        [
            ["Benchmark", "RAG", "Actions", "Comments"],
            [TITLES[0], "Green", "None", "All done"],
            [f"1.2 {EDITION.questions['1.2'].text}", "", "", ""],
            ["Prompt", "Evidence", "Action", "RAG"],
            [FIRST, "We meet.", "Brief the board", "Red"],
        ]
    )
    table.cell(2, 0).merge(table.cell(2, 3))
    record = record_of(document)
    assert record.benchmarks[0].comments.value == "All done"
    assert statements(record, "1.2") == [("We meet.", (1,))]
    assert levels(record, "1.2")[0] == "Red"


def test_a_table_split_over_two_of_which_the_second_has_no_headings():
    document = Document()
    asked(document, "1.2", [["RAG", "Action", "Evidence", "Prompt"], ["G", "", "One.", FIRST]])
    document.add_paragraph("")
    table = document.add_rows([["A", "Brief the board", "Two.", "", SECOND]])
    table.cell(0, 2).merge(table.cell(0, 3))  # drawn anew, with lines elsewhere
    record = record_of(document)
    assert statements(record, "1.2") == [("One.", (1,)), ("Two.", (2,))]
    assert levels(record, "1.2")[:2] == ["Green", "Amber"]
    assert [action.text.value for action in record.actions] == ["Brief the board"]


def test_headings_of_the_front_sheet_say_nothing_of_the_answers():
    document = Document()
    document.add_rows([["Benchmark", "RAG", "Actions", "Comments"], [TITLES[0], "G", "None", "Ok"]])
    asked(document, "1.2", [[FIRST, "We meet.", "Brief the board", "Red"]])
    record = record_of(document)
    assert statements(record, "1.2") == [("We meet.", (1,))]
    assert levels(record, "1.2")[0] == "Red"


# The front sheet -------------------------------------------------------------------------------
def front(record: Any) -> list[tuple[str, str, str]]:
    return [(b.decision.label, b.actions.value, b.comments.value) for b in record.benchmarks[:2]]


EXPECTED = [("Green", "None", "All is well"), ("Amber", "Brief the board\nSoon", "Some gaps")]


@pytest.mark.parametrize("layout", ["a row each", "label and value", "side by side", "no table"])
def test_a_front_sheet_whose_lines_have_rows_of_their_own(layout: str):
    lines = [
        [("RAG Rating:", "Green"), ("Actions;", "None"), ("Comment:", "All is well")],
        [("RAG:", "A"), ("Actions:", "Brief the board\nSoon"), ("Comments:", "Some gaps")],
    ]
    document = Document()
    titles = [f"Benchmark {n}: {title}" for n, title in enumerate(TITLES[:2], 1)]
    if layout == "label and value":
        rows = [
            r for t, each in zip(titles, lines, strict=True) for r in ([t, ""], *map(list, each))
        ]
        document.add_rows(rows)
    elif layout == "side by side":
        said = [[" ".join(pair) for pair in each] for each in lines]
        document.add_rows([titles, *map(list, zip(*said, strict=True))])
    else:
        said = [
            text
            for t, each in zip(titles, lines, strict=True)
            for text in (t, *map(" ".join, each))
        ]
        if layout == "no table":
            for text in said:
                document.add_paragraph(text)
        else:
            document.add_rows([[text] for text in said])
    record = record_of(document)
    assert front(record) == EXPECTED
    assert all(not each.left_over for each in entries_of(document))


# Ticks -----------------------------------------------------------------------------------------
PROGRESS = blank_edition(scale="progress")
NAMES = [level.label for level in PROGRESS.levels]


def control(ticked: bool) -> str:
    checked = f'<w14:checked w14:val="{int(ticked)}"/>'
    space = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    box = f"<w:sdtPr><w14:checkbox {space}>{checked}</w14:checkbox></w:sdtPr>"
    return f"<w:sdt>{box}<w:sdtContent><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt>"


def old_field(ticked: bool) -> str:
    checked = "<w:checked/>" if ticked else ""
    data = f'<w:ffData><w:checkBox><w:default w:val="0"/>{checked}</w:checkBox></w:ffData>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    return f'<w:ins>{begin}{code}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:ins>'


def pictured(ticked: bool) -> str:
    letter = "þ" if ticked else "¨"
    return f'<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>{letter}</w:t></w:r>'


def symbol(ticked: bool) -> str:
    return f'<w:r><w:sym w:font="Wingdings 2" w:char="{"F052" if ticked else "F0A3"}"/></w:r>'


@pytest.mark.parametrize("box", [control, old_field, pictured, symbol])
def test_the_three_columns_to_tick_with_a_box_in_each(box: Any):
    document = Document()
    table = asked(document, "1.2", [["Prompt", "Evidence", *NAMES], [FIRST, "We do.", "", "", ""]])
    for column in (2, 3, 4):
        append(table.cell(1, column).paragraphs[0], box(column == 3))
    assert levels(record_of(document, PROGRESS), "1.2")[0] == NAMES[1]
    assert all(not each.left_over for each in entries_of(document, PROGRESS))


@pytest.mark.parametrize(
    "cell", ["☐ Red ☒ Amber ☐ Green", "Red ☐\nAmber ☒\nGreen ☐", "☐ Red\n☑ Amber\n☐ Green"]
)
def test_one_cell_with_a_box_for_each_level(cell: str):
    record = record_of(answers([FIRST, "We do.", cell], head=["Prompt", "Evidence", "RAG"]))
    assert levels(record, "1.2")[0] == "Amber"


def test_two_boxes_ticked_are_for_a_person():
    document = answers(
        [FIRST, "We do.", "☒ Red ☒ Amber ☐ Green"], head=["Prompt", "Evidence", "RAG"]
    )
    assert levels(record_of(document), "1.2")[0] == "Not rated"
    assert [part.role for part in entries_of(document)[-1].left_over] == [Role.UNKNOWN]


# Forms, frames, sections -----------------------------------------------------------------------
def sdt(content: str, *, blank: bool = False) -> str:
    properties = "<w:showingPlcHdr/>" if blank else ""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_content_controls_are_read_and_what_they_still_ask_for_is_not():
    document = Document()
    table = asked(document, "1.2", [[FIRST, "", "", ""], [SECOND, "Two.", "", ""]])
    run = "<w:r><w:t>{}</w:t></w:r>".format
    append(table.cell(0, 1).paragraphs[0], sdt(run("We do.")))
    append(table.cell(0, 2).paragraphs[0], sdt(run("Click here to enter text."), blank=True))
    cell = table.cell(1, 2)._tc
    parent, place = cell.getparent(), cell.getparent().index(cell)
    cell.append(parse_xml(f"<w:p {nsdecls('w')}>{run('Choose an item.')}</w:p>"))
    around = parse_xml(sdt("", blank=True).replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1))
    around[1].append(cell)
    parent.insert(place, around)
    record = record_of(document)
    assert statements(record, "1.2") == [("We do.", (1,)), ("Two.", (2,))]
    assert record.actions == ()


def test_a_toolkit_in_a_frame_of_one_cell_on_pages_turned_sideways():
    document = Document()
    section = document.docx.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    frame = document.docx.add_table(rows=1, cols=1).cell(0, 0)
    frame.paragraphs[0].text = f"1.2 {EDITION.questions['1.2'].text}"
    table = frame.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, ([FIRST, "One.", "G"], [SECOND, "Two.", "R"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.docx.add_section()
    record = record_of(document)
    assert statements(record, "1.2") == [("One.", (1,)), ("Two.", (2,))]
    assert levels(record, "1.2")[:2] == ["Green", "Red"]


def test_a_row_moved_down_by_a_tracked_change_is_read_where_it_is_now():
    document = Document()
    rows = [[SECOND, "Two."], [FIRST, "One."], [SECOND, "Two."]]
    table = asked(document, "1.2", [["Prompt", "Evidence"], *rows])
    for number, change, move in ((1, "del", "moveFrom"), (3, "ins", "moveTo")):
        row = table.rows[number]
        mark = f'<w:{change} {nsdecls("w")} w:id="1" w:author="A"/>'
        row._tr.get_or_add_trPr().append(parse_xml(mark))
        for cell in row.cells:
            run = cell.paragraphs[0].runs[0]._r
            around = parse_xml(f'<w:{move} {nsdecls("w")} w:id="2" w:author="A"/>')
            run.addprevious(around)
            around.append(run)
    assert statements(record_of(document), "1.2") == [("One.", (1,)), ("Two.", (2,))]


def test_refs_that_word_numbers_itself():
    """In the text of a heading there is no “1.2”; what stands there is counted by Word."""
    document = Document()
    levels_ = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (start, text) in enumerate([(2, "%1"), (4, "%1.%2")])
    )
    numbering = document.docx.part.numbering_part.element
    for xml in (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels_}</w:abstractNum>',
        f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>',
    ):
        numbering.append(parse_xml(xml))
    words = EDITION.questions["2.4"].text.split()
    for depth, text in ((0, TITLES[1]), (1, " ".join(["So", *words[: len(words) * 3 // 4]]))):
        paragraph = document.add_paragraph(text)
        list_of = (
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
        )
        paragraph._p.get_or_add_pPr().append(parse_xml(list_of))
    document.add_rows([["In words of our own?", "He does.", "", ""]])
    entries = entries_of(document)
    assert [each.text(Role.LABEL)[:5] for each in entries if each.is_label] == [
        f"2 {TITLES[1]}"[:5],
        "2.4 S",
    ]
    assert (entries[-1].place, entries[-1].state) == ("2.4 1", State.CHECK)


# How the file itself is made -------------------------------------------------------------------
def test_a_main_part_by_another_name_and_the_strict_form_of_the_format():
    made = saved(answers([FIRST, "We meet.", "G"], head=["Prompt", "Evidence", "RAG"]))
    rows = read_rows(made)
    assert read_rows(renamed(made)) == rows
    assert read_rows(strict(made)) == rows


def parts(data: bytes) -> dict[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def renamed(data: bytes) -> bytes:
    """As some programs call it that several people write in at once."""
    found = parts(data)
    relations = found["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    data = with_part(data, "_rels/.rels", relations)
    data = with_part(data, "word/document2.xml", found["word/document.xml"])
    beside = found["word/_rels/document.xml.rels"]
    data = with_part(data, "word/_rels/document2.xml.rels", beside)
    return with_part(data, "word/document.xml", b"<w/>")


def strict(data: bytes) -> bytes:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        part = parts(data)[name].replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        data = with_part(data, name, part)
    return data
