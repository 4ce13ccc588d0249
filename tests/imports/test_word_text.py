"""What a cell of a Word document can hold besides plain text."""

from typing import Any

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
