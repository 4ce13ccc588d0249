"""Word documents made for tests, with the parts that python-docx has no words for."""

import io
import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table, _Cell

from tests.office_files import with_part


class Document:
    def __init__(self) -> None:
        self.docx = docx.Document()

    def add_paragraph(self, text: str, style: str | None = None) -> Any:
        return self.docx.add_paragraph(text, style)

    def add_rows(self, rows: Sequence[Sequence[str]]) -> Table:
        """A table with these texts; None leaves a cell empty."""
        table = self.docx.add_table(rows=len(rows), cols=max(map(len, rows)))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
        return table


def shade(cell: _Cell, fill: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))


def append(paragraph: Any, xml: str) -> None:
    """Raw WordprocessingML at the end of a paragraph."""
    name = re.match(r"<[\w:]+", xml)
    assert name
    paragraph._p.append(parse_xml(f"{name[0]} {nsdecls('w', 'r')}{xml[name.end() :]}"))


def link(paragraph: Any, text: str, address: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    name = paragraph.part.relate_to(address, kind, is_external=True)
    append(paragraph, f'<w:hyperlink r:id="{name}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>')


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.docx.save(stream)
    return stream.getvalue()


NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def long_document(rows: int, asked: Sequence[tuple[str, Sequence[str]]] = ()) -> bytes:
    """A table of four columns below each question: (line, prompts), again and again until it has
    so many rows. Written as XML: python-docx takes minutes for thousands of rows."""
    asked = asked or [("1.1 Question 1.1?", ["How are risks found?", "What changed?"])]
    body, made = [], 0
    while made < rows:
        line, prompts = asked[len(body) % len(asked)]
        taken = list(prompts or [line])[: rows - made]
        body.append(
            paragraph(line) + table([filled(text, made + n) for n, text in enumerate(taken)])
        )
        made += len(taken)
    xml = f"<w:document {NAMESPACE}><w:body>{''.join(body)}</w:body></w:document>"
    return with_part(saved(Document()), "word/document.xml", xml.encode())


def filled(prompt: str, number: int) -> list[str]:
    evidence = f"Officers met the schools {number} times. " * 12
    return [prompt, evidence, f"CSP Manager to report on {number} by 1 May 2022", "Amber"]


def table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
