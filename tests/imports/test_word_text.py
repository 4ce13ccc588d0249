"""What a cell of a Word document can hold besides plain text."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assessments.imports.word.blocks import read_rows
from assessments.imports.word.entries import Role
from tests.imports.documents import Document, append, link, saved
from tests.imports.reading import PROMPTS, asked, entries_of, record_of, statements
from tests.office_files import with_part


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


def test_lists_within_lists_keep_their_levels_and_count_on():
    def item(level: int, text: str) -> str:
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        return f"<w:p {nsdecls('w')}><w:pPr>{numbering}</w:pPr>{run(text)}</w:p>"

    def fill(document: Document, cell: Any) -> None:
        kinds = ["decimal", "bullet"]
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="{kind}"/></w:lvl>'
            for n, kind in enumerate(kinds)
        )
        numbering = document.docx.part.numbering_part.element
        for xml in (
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>',
            f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>',
        ):
            numbering.append(parse_xml(xml))
        for level, text in ((0, "one"), (1, "inner"), (0, "two")):
            cell._tc.append(parse_xml(item(level, text)))

    assert cell_text(fill) == "Before\n1. one\n  • inner\n2. two"


def test_a_footnote_stands_where_it_is_called():
    made = Document()
    paragraph = made.add_paragraph("See")
    append(paragraph, '<w:r><w:footnoteReference w:id="2"/></w:r>')
    append(paragraph, run(" and"))
    append(paragraph, '<w:r><w:endnoteReference w:id="3"/></w:r>')
    data = saved(made)
    for kind, number, text in (("foot", 2, "the minutes"), ("end", 3, "the plan")):
        note = f'<w:{kind}note w:id="{number}"><w:p>{run(text)}</w:p></w:{kind}note>'
        xml = f"<w:{kind}notes {nsdecls('w')}>{note}</w:{kind}notes>"
        data = with_part(data, f"word/{kind}notes.xml", xml.encode())
    assert [row.text for row in read_rows(data)] == ["See [the minutes] and [the plan]"]


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


def test_what_was_moved_is_read_where_it_went():
    def fill(_: Document, cell: Any) -> None:
        moved = '<w:{} w:id="{}" w:author="A">{}</w:{}>'
        append(cell.paragraphs[0], moved.format("moveFrom", 1, run(" away"), "moveFrom"))
        append(cell.paragraphs[0], moved.format("moveTo", 2, run(" here"), "moveTo"))

    assert cell_text(fill) == "Before here"


def test_a_row_that_was_deleted_is_not_read_and_one_put_in_is():
    document = Document()
    rows = [[PROMPTS["1.2", n], f"Said {n}"] for n in (1, 2)]
    table = asked(document, "1.2", rows)
    for row, change in zip(table.rows, ("del", "ins"), strict=True):
        mark = f'<w:{change} {nsdecls("w")} w:id="1" w:author="A"/>'
        row._tr.get_or_add_trPr().append(parse_xml(mark))
    assert statements(record_of(document), "1.2") == [("Said 2", (2,))]


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


def complex_field(code: str, shown: str) -> str:
    """As Word writes one: its code in several runs, and what it shows."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(each)}</w:instrText></w:r>'
        for each in (code[:half], code[half:])
    )
    return f"{mark('begin')}{codes}{mark('separate')}{shown}{mark('end')}"


def simple_field(code: str, shown: str) -> str:
    return f"<w:fldSimple w:instr={quoteattr(code)}>{shown}</w:fldSimple>"


ADDRESS = "https://example.org/minutes"


@pytest.mark.parametrize("kind", [complex_field, simple_field])
@pytest.mark.parametrize(
    ("code", "says"),
    [
        (f' HYPERLINK "{ADDRESS}" \\o "tip" ', f" the minutes ({ADDRESS})"),
        (f"HYPERLINK {ADDRESS}", f" the minutes ({ADDRESS})"),
        (' HYPERLINK \\l "a_place" ', " the minutes"),
        (" REF _Ref123 \\h ", " the minutes"),
    ],
)
def test_a_link_made_by_a_field_is_kept_with_its_address(kind: Any, code: str, says: str):
    def fill(_: Document, cell: Any) -> None:
        append(cell.paragraphs[0], f"<w:ins>{kind(code, run(' the ') + run('minutes'))}</w:ins>")
        append(cell.paragraphs[0], run(" of May"))

    assert cell_text(fill) == f"Before{says} of May"


def test_an_address_that_is_its_own_text_stands_once_even_within_another_field():
    inner = complex_field(f' HYPERLINK "{ADDRESS}" ', run(f" {ADDRESS}"))

    def fill(_: Document, cell: Any) -> None:
        append(cell.paragraphs[0], f"<w:ins>{complex_field(' IF 1 = 1 ', inner)}</w:ins>")

    assert cell_text(fill) == f"Before {ADDRESS}"


def test_a_field_that_never_ends_takes_no_text_with_it():
    def fill(_: Document, cell: Any) -> None:
        broken = complex_field(' HYPERLINK "x" ', run(" on")).rpartition("<w:r>")[0]
        append(cell.paragraphs[0], f"<w:ins>{broken}</w:ins>")
        cell.add_paragraph("After")

    assert cell_text(fill) == "Before on\nAfter"


def test_a_footnote_is_read_as_accepted_with_its_link_and_once():
    made = Document()
    for _ in range(2):
        append(made.add_paragraph("See"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    gone = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
    link_in_it = f'<w:hyperlink r:id="rId9">{run("the plan")}</w:hyperlink>'
    note = f'<w:footnote w:id="2"><w:p>{gone}{link_in_it}</w:p></w:footnote>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="rId9" Type="{kind}" Target="{ADDRESS}" TargetMode="External"/>'
    data = saved(made)
    for name, xml in (
        ("footnotes.xml", f"<w:footnotes {nsdecls('w', 'r')}>{note}</w:footnotes>"),
        ("_rels/footnotes.xml.rels", f'<Relationships xmlns="{space}">{relation}</Relationships>'),
    ):
        data = with_part(data, f"word/{name}", xml.encode())
    assert [row.text for row in read_rows(data)] == [f"See [the plan ({ADDRESS})]", "See"]


def test_of_a_drawing_kept_in_three_forms_one_is_read():
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def boxed(text: str) -> str:
        inside = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
        return f"<w:r><w:pict>{inside}</w:pict></w:r>"

    def fill(_: Document, cell: Any) -> None:
        choices = f"<mc:Choice>{boxed('boxed')}</mc:Choice><mc:Choice>{boxed('again')}</mc:Choice>"
        old = f"<mc:Fallback>{boxed('old')}</mc:Fallback>"
        for inside in (choices + old, old):
            xml = f"<mc:AlternateContent {namespace}>{inside}</mc:AlternateContent>"
            cell.paragraphs[0]._p.append(parse_xml(xml.replace("<w:r>", f"<w:r {nsdecls('w')}>")))

    assert cell_text(fill).split() == ["Before", "boxed", "old"]


def test_two_paragraphs_whose_break_was_deleted_are_one():
    def fill(_: Document, cell: Any) -> None:
        mark = f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="A"/></w:rPr>'
        cell.paragraphs[0]._p.get_or_add_pPr().append(parse_xml(mark))
        cell.add_paragraph(" and after")

    assert cell_text(fill) == "Before and after"


@pytest.mark.parametrize(
    ("kind", "text", "start", "marks"),
    [
        ("decimal", "%1)", 3, ["3) ", "4) "]),
        ("lowerLetter", "(%1)", 1, ["(a) ", "(b) "]),
        ("upperRoman", "%1.", 4, ["IV. ", "V. "]),
        ("upperLetter", "Point %1:", 26, ["Point Z: ", "Point AA: "]),
        ("decimal", "", 1, ["", ""]),
    ],
)
def test_a_list_is_numbered_as_word_shows_it(kind: str, text: str, start: int, marks: list[str]):
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    begin = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'

    def fill(document: Document, cell: Any) -> None:
        numbering = document.docx.part.numbering_part.element
        for xml in (
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{level}</w:abstractNum>',
            f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/>{begin}</w:num>',
        ):
            numbering.append(parse_xml(xml))
        for _ in marks:
            xml = f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr>{run('so')}</w:p>"
            cell._tc.append(parse_xml(xml))

    assert cell_text(fill) == "Before" + "".join(f"\n{mark}so" for mark in marks)
