"""A council's own Word template, read as what anybody may have sent."""

import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from assessments.exports.report.word.base import set_page
from assessments.exports.report.word.parts import finish_edits, keep_only, speak_english
from assessments.exports.report.word.styles import add_missing_styles
from assessments.exports.report.word.template_problem import TemplateProblem

LARGEST = 20_000_000  # bytes, unpacked
MOST_PARTS = 500
PROGRAMS = ("vbaproject", "activex", "embeddings/", "vbadata")
# Fields, in either way of writing them; a name may be cut into runs, which nobody does by hand.
ASKS_FOR_OTHERS = re.compile(rb"(?:instrText[^>]*>|instr=.)\s*(?:INCLUDE|DDE|LINK|IMPORT)", re.I)


def opened_template(data: bytes) -> Document:
    """With its styles, headers, footers and page set-up, and nothing else of it."""
    check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        check_links(document)
        keep_only(document)
        for part in headers_and_footers(document):
            finish_edits(part.element)
        speak_english(document)
        add_missing_styles(document)
        if has_no_page(document):
            set_page(document)
    except TemplateProblem:
        raise
    except Exception as error:  # a library's reader fails in as many ways as files are broken
        raise TemplateProblem("It is not a Word document (.docx) that can be read.") from error
    return document


def has_no_page(document: Document) -> bool:
    page = document.sections[0]
    return None in (page.page_width, page.page_height, page.left_margin, page.right_margin)


def check_package(data: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            names = {part.filename.lower() for part in parts}
            kinds = package.read("[Content_Types].xml") if len(parts) <= MOST_PARTS else b""
    except (BadZipFile, KeyError, OSError, RuntimeError, ValueError, NotImplementedError) as error:
        raise TemplateProblem("It is not a Word document (.docx).") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise TemplateProblem("It is too large: a template holds styles, headers and footers.")
    if b"macroenabled" in kinds.lower() or any(word in name for name in names for word in PROGRAMS):
        raise TemplateProblem("It holds macros or other programs: save it as a plain .docx.")
    if b"template.main+xml" in kinds:
        raise TemplateProblem("It is a .dotx: open it in Word and save it as a .docx.")
    if "word/document.xml" not in names:
        raise TemplateProblem("It is not a Word document (.docx).")


def check_links(document: Document) -> None:
    """A header that takes a picture from elsewhere would ask for it whenever it is opened."""
    for part in headers_and_footers(document):
        for relationship in part.rels.values():
            if relationship.is_external and relationship.reltype != RT.HYPERLINK:
                raise TemplateProblem("Its header or footer takes a picture from another file.")
        if ASKS_FOR_OTHERS.search(part.blob):
            raise TemplateProblem("Its header or footer has a field that reads another file.")


def headers_and_footers(document: Document) -> Iterator[Any]:
    for relationship in document.part.rels.values():
        if relationship.reltype in {RT.HEADER, RT.FOOTER} and not relationship.is_external:
            yield relationship.target_part
