"""The document that a report is written into where a council supplies no template."""

from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assessments.exports.report.word.parts import keep_only, speak_english
from assessments.exports.report.word.styles import add_missing_styles

NEEDED = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}


def own_base() -> Document:
    """python-docx's empty document with nothing of it but A4 and the styles all others rest on."""
    document = docx.Document()
    keep_only(document, drop_numbering=True)
    speak_english(document)
    set_compatibility(document)
    styles: Any = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in NEEDED:
            styles.remove(style)
    set_normal(document)
    set_page(document)
    add_missing_styles(document)
    return document


def set_compatibility(document: Document) -> None:
    """Word says “compatibility mode” over what was made for one before 2013."""
    for each in document.settings.element.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")


def set_normal(document: Document) -> None:
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(11)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), "Arial")
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.15


def set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(25), Mm(24)
    section.left_margin = section.right_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
