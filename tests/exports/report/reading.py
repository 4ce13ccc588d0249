"""What stands in a report, read back out of each format in the order of a screen reader."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import docx
import lxml.html
import pikepdf
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from assessments.exports.characters import printable
from assessments.exports.report import words
from assessments.report import (
    Block,
    Bullets,
    Cell,
    FrontSheet,
    Heading,
    Link,
    Paragraph,
    Rated,
    Report,
    Run,
    Table,
)
from tests.exports.pdf_reading import Tagged, squeezed, structure
from tests.exports.report.sample import MADE_ON

Grid = list[list[str]]


@dataclass
class Found:
    """Texts without their white space. `lines`: paragraphs, headings and cells that hold any."""

    lines: list[str]
    headings: list[str]
    tables: list[Grid]
    addresses: set[str]

    def __post_init__(self) -> None:
        """A PDF writes “<” in an address as “%3C”, which is the same one."""
        self.addresses = set(map(unquote, self.addresses))

    @property
    def text(self) -> str:
        return "".join(self.lines)


def expected(report: Report) -> Found:
    """From the report itself."""
    report = printable(report)
    lines = [words.standing(report), report.committee, report.title]
    lines += [part for line in report.facts for part in (line.label, line.text)]
    lines += [report.publicity, *(line for block in report.blocks for line in lines_of(block))]
    closing = words.closing(report, MADE_ON)
    lines += map(plain, closing)
    facts = [[squeezed(line.label), squeezed(line.text)] for line in report.facts]
    runs = [run for runs in (*runs_in(report), *closing) for run in runs]
    headings = [squeezed(f"{each.number}{each.marking}{each.text}") for each in report.headings]
    return Found(
        lines=list(filter(None, map(squeezed, lines))),
        headings=[squeezed(report.title), *headings],
        tables=[*([facts] if facts else []), *map(grid_of, report.tables)],
        addresses={run.address for run in runs if isinstance(run, Link)},
    )


def plain(runs: tuple[Run, ...]) -> str:
    return "".join(run.words if isinstance(run, Link) else run for run in runs)


def runs_in(report: Report) -> Iterator[tuple[Run, ...]]:
    for block in report.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items


def lines_of(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{block.number} {block.marking} {block.text}"
        case Paragraph():
            yield f"{block.number} {block.marking} {block.lead} {plain(block.text)}"
        case Bullets():
            yield block.marking
            yield from map(plain, block.items)
        case Table():
            yield block.caption
            yield from (cell for row in grid_of(block) for cell in row)
            yield block.source
        case FrontSheet():
            yield block.caption
            for entry in block.entries:
                yield from (entry.title, entry.rating.mark)
                yield from (f"{line.label}: {line.text}" for line in entry.lines)
            yield block.source


def grid_of(table: Table) -> Grid:
    heads = [squeezed(column.heading) for column in table.columns]
    return [heads, *([squeezed(words_of(cell)) for cell in row] for row in table.rows)]


def words_of(cell: Cell) -> str:
    return cell.mark if isinstance(cell, Rated) else cell


# PDF -----------------------------------------------------------------------------------------
def found_in_pdf(data: bytes) -> Found:
    """Paragraphs that cross a page come in two parts, so that only `text` can be compared."""
    document = structure(data)
    lines: list[str] = []
    headings: list[str] = []
    collect(document, lines, headings)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        annotations = [each for page in pdf.pages for each in page.get("/Annots", [])]
        addresses = {str(each.A.URI) for each in annotations if "/A" in each}
    tables = [
        [[squeezed(cell.text) for cell in row.children] for row in table.all("TR")]
        for table in document.all("Table")
    ]
    return Found(list(filter(None, lines)), headings, tables, addresses)


def collect(element: Tagged, lines: list[str], headings: list[str]) -> None:
    for child in element.children:
        if child.kind in {"H1", "H2", "H3"}:
            headings.append(squeezed(child.text))
        if (
            child.kind in {"P", "H1", "H2", "H3", "TH", "TD", "Caption"}
            or child.kind == "LBody"
            and not list(child.all("P"))
        ):
            lines.append(squeezed(child.text))
        else:
            collect(child, lines, headings)


# Word ----------------------------------------------------------------------------------------
def found_in_docx(data: bytes) -> Found:
    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    headings: list[str] = []
    tables: list[Grid] = []
    addresses: set[str] = set()
    for part in document.iter_inner_content():
        if isinstance(part, WordTable):
            tables.append(grid_in_word(part))
            lines += [cell for row in tables[-1] for cell in row]
        else:
            lines.append(squeezed(part.text))
            addresses.update(link.address for link in part.hyperlinks)
            if is_heading(part):
                headings.append(squeezed(part.text))
    return Found(list(filter(None, lines)), headings, tables, addresses)


def is_heading(paragraph: WordParagraph) -> bool:
    name = paragraph.style.name if paragraph.style else ""
    return name in {"Title", "Heading 1", "Heading 2"}


def text_in(paragraph: object) -> str:
    return WordParagraph(paragraph, None).text  # type: ignore[arg-type]


def grid_in_word(table: WordTable) -> Grid:
    return [
        [squeezed("".join(text_in(each) for each in cell.p_lst)) for cell in row.tc_lst]
        for row in table._tbl.tr_lst
    ]


# Web -----------------------------------------------------------------------------------------
LEAVES = ["p", "h1", "h2", "h3", "th", "td", "caption", "li"]


def found_in_html(page: str) -> Found:
    tree = lxml.html.document_fromstring(page)
    for aside in tree.xpath("//nav | //footer/p[last()]"):
        aside.drop_tree()
    main, footer = tree.xpath("//main | //footer")
    leaves = [
        each
        for part in (main, footer)
        for each in part.iter(*LEAVES)
        if not (each.tag == "li" and each.find("p") is not None)
    ]
    tables = [
        [[squeezed(cell.text_content()) for cell in row] for row in table.iter("tr")]
        for table in main.iter("table")
    ]
    return Found(
        lines=list(filter(None, (squeezed(each.text_content()) for each in leaves))),
        headings=[squeezed(each.text_content()) for each in main.iter("h1", "h2", "h3")],
        tables=tables,
        addresses={link.get("href") for part in (main, footer) for link in part.iter("a")},
    )
