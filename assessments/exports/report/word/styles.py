"""The named styles that a report uses. A council's template may bring its own of any name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor

from assessments.exports.report.word.lists import new_bullet_list
from assessments.exports.report.word.template_problem import TemplateProblem
from assessments.exports.report.word.xml import element, fragment

PARAGRAPH, CHARACTER, TABLE = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE
KINDS = {PARAGRAPH: "a paragraph", CHARACTER: "a character", TABLE: "a table"}
HANGING = Mm(16)  # the number of a paragraph stands in it
INK, GREY, DARK_RED, LINK_BLUE, PURPLE = "0B0C0C", "47525B", "942514", "1A4F8A", "2A1950"


@dataclass(frozen=True)
class Look:
    """One of our styles, for where a template has none of its name. Lengths in points."""

    name: str
    size: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    before: float = 0
    after: float = 0
    hanging: bool = False
    centred: bool = False
    with_next: bool = False
    level: int | None = None
    xml: Mapping[str, str] = field(default_factory=dict)  # further properties, by their place


TITLE, COMMITTEE = "Title", "Subtitle"
HEADING_1, HEADING_2 = "Heading 1", "Heading 2"
TEXT, NUMBERED, BULLET = "Body Text", "Numbered Paragraph", "List Bullet"
CAPTION, CELL, SOURCE = "Caption", "Table Text", "Table Source"
ENTRY, ENTRY_TEXT = "Front Sheet Entry", "Front Sheet Text"
NOTICE, PUBLICITY, CLOSING = "Report Notice", "Report Publicity", "Report Closing"
HEADER, FOOTER = "Header", "Footer"
HYPERLINK, RESTRICTED, WITHHELD, LEAD = "Hyperlink", "Restricted Text", "Withheld Text", "Strong"
DATA_TABLE, FACTS_TABLE = "Report Table", "Report Facts"

NOTICE_BORDERS = "<w:pBdr>{}</w:pBdr>".format(
    "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="4" w:color="{DARK_RED}"/>'
        for side in ("top", "left", "bottom", "right")
    )
)
ENTRY_BORDER = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="3" w:color="6B7780"/></w:pBdr>'
END_BORDER = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="6B7780"/></w:pBdr>'
PARAGRAPHS = (
    Look(COMMITTEE, 13, bold=True, before=6, after=6, centred=True, with_next=True),
    Look(TITLE, 14, bold=True, before=6, after=10, centred=True, with_next=True),
    Look(HEADING_1, 13, bold=True, before=20, after=8, hanging=True, with_next=True, level=0),
    Look(HEADING_2, 11, bold=True, before=12, after=6, hanging=True, with_next=True, level=1),
    Look(TEXT, after=8),
    Look(NUMBERED, after=8, hanging=True),
    Look(CAPTION, 11, bold=True, before=4, after=4, with_next=True),
    Look(CELL, 10, before=2, after=2),
    Look(SOURCE, 9, colour=GREY, before=4, after=10),
    Look(ENTRY, 10, bold=True, before=6, after=2, with_next=True, xml={"pPr": ENTRY_BORDER}),
    Look(ENTRY_TEXT, 10, after=3),
    Look(NOTICE, bold=True, colour=DARK_RED, after=10, xml={"pPr": NOTICE_BORDERS}),
    Look(PUBLICITY, bold=True, before=6, after=6),
    Look(CLOSING, 9.5, colour=GREY, after=2, xml={"pPr": END_BORDER}),
    Look(HEADER, 9, colour=GREY),
    Look(FOOTER, 8.5, colour=GREY),
)
CHARACTERS = (
    Look(HYPERLINK, colour=LINK_BLUE, xml={"rPr": '<w:u w:val="single"/>'}),
    Look(LEAD, bold=True),
    Look(WITHHELD, italic=True),
    Look(
        RESTRICTED,
        8,
        bold=True,
        colour=PURPLE,
        xml={"rPr": '<w:shd w:val="clear" w:color="auto" w:fill="ECE6F6"/>'},
    ),
)
EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="6B7780"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
MARGINS = (
    '<w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
)
GRID = f"<w:tblPr><w:tblBorders>{EDGES}</w:tblBorders>{MARGINS}</w:tblPr>"
BOLD = "<w:rPr><w:b/><w:bCs/></w:rPr>"
HEADS = (
    f'<w:tblStylePr w:type="firstRow">{BOLD}'
    '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E9EDF0"/></w:tcPr></w:tblStylePr>'
)
TABLES = {
    DATA_TABLE: (GRID, HEADS),
    FACTS_TABLE: (GRID, f'<w:tblStylePr w:type="firstCol">{BOLD}</w:tblStylePr>'),
}
BUILT_IN = {
    TITLE, COMMITTEE, HEADING_1, HEADING_2, TEXT, BULLET, CAPTION, HEADER, FOOTER, HYPERLINK, LEAD,
}  # fmt: skip


def add_missing_styles(document: Document) -> None:
    for look in PARAGRAPHS:
        if is_missing(document, look.name, PARAGRAPH):
            set_paragraph(added(document, look.name, PARAGRAPH, "Normal"), look)
    for look in CHARACTERS:
        if is_missing(document, look.name, CHARACTER):
            set_letters(added(document, look.name, CHARACTER), look)
    for name, parts in TABLES.items():
        if is_missing(document, name, TABLE):
            style = added(document, name, TABLE, "Normal Table")
            style.element.extend([fragment(part) for part in parts])
    if is_missing(document, BULLET, PARAGRAPH):
        style = added(document, BULLET, PARAGRAPH, "Normal")
        style.paragraph_format.space_after = Pt(4)
        place = style.element.get_or_add_pPr().get_or_add_numPr()
        place.append(element("w:numId", val=new_bullet_list(document)))


def is_missing(document: Document, name: str, kind: WD_STYLE_TYPE) -> bool:
    styles = document.styles
    if name not in styles:
        return True
    if styles[name].type != kind:
        raise TemplateProblem(f"Its style “{name}” is not {KINDS[kind]} style.")
    return False


def added(document: Document, name: str, kind: WD_STYLE_TYPE, base: str = "") -> Any:
    style: Any = document.styles.add_style(name, kind, builtin=name in BUILT_IN)
    if base and base in document.styles:
        style.base_style = document.styles[base]
    style.hidden, style.quick_style = False, kind != TABLE
    return style


def set_paragraph(style: Any, look: Look) -> None:
    set_letters(style, look)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.keep_with_next = look.with_next or None
    if look.centred:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if look.hanging:
        layout.left_indent, layout.first_line_indent = HANGING, -HANGING
        layout.tab_stops.add_tab_stop(HANGING, WD_TAB_ALIGNMENT.LEFT)
    properties = style.element.get_or_add_pPr()
    if look.level is not None:
        properties.append(element("w:outlineLvl", val=look.level))
    if borders := look.xml.get("pPr"):
        properties.insert_element_before(fragment(borders), *AFTER_BORDERS)


AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def set_letters(style: Any, look: Look) -> None:
    font = style.font
    if look.size:
        font.size = Pt(look.size)
    font.bold, font.italic = look.bold or None, look.italic or None
    if look.colour:
        font.color.rgb = RGBColor.from_string(look.colour)
    if more := look.xml.get("rPr"):
        style.element.get_or_add_rPr().append(fragment(more))
