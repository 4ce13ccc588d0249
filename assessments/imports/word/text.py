"""The text of paragraphs and cells as a reader of the accepted document sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from assessments.imports.word.lists import ListReader
from assessments.imports.word.package import Package
from assessments.imports.word.signs import checkbox, form_field, sign, typed
from assessments.imports.word.styles import Styles
from assessments.imports.word.xml import R, W, children, is_on

# Deleted, moved away or hidden: not there once every change is accepted.
LEFT_OUT = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}delText",
    f"{W}pPr",
    f"{W}rPr",
    f"{W}tblPr",
    f"{W}sdtPr",
}
PLAIN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
ADDRESS = re.compile(r'\A\s*HYPERLINK\s+(?!\\)(?:"([^"]*)"|(\S+))', re.IGNORECASE)
DEEPEST_FIELD, LONGEST_CODE = 50, 4_000


@dataclass
class Field:
    """A field under way: its code, then what it shows."""

    code: str = ""
    shows: list[str] = field(default_factory=list)
    has_code: bool = False


class TextReader:
    """Reads the elements of one document in order: numbered lists count on as they go."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self.package = package
        self.lists = ListReader(package, styles)
        self.links = package.links
        self.fields: list[Field] = []
        self.is_in_note = False

    def paragraph(self, element: etree._Element) -> str:
        inside = "".join(self.pieces(element))
        return self.lists.mark(element) + inside if inside.strip() else ""

    def cell(self, element: etree._Element) -> str:
        """Paragraphs on lines of their own; a table within as lines with its cells apart."""
        return "\n".join(line for line in self.lines(element) if line.strip())

    def lines(self, element: etree._Element) -> Iterator[str]:
        """Where the end of a paragraph was deleted, the next one goes on in its line."""
        begun = ""
        for child in children(element):
            if child.tag == f"{W}p":
                begun += self.paragraph(child)
                if child.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                    continue
            elif child.tag == f"{W}tbl":
                yield from self.nested_table(child)
            elif child.tag not in LEFT_OUT:
                yield from self.lines(child)
            if begun:
                yield begun
                begun = ""
        if begun:
            yield begun

    def nested_table(self, element: etree._Element) -> Iterator[str]:
        for row in element.iterchildren(f"{W}tr"):
            cells = [" ".join(self.lines(cell)) for cell in row.iterchildren(f"{W}tc")]
            yield " | ".join(cell for cell in cells if cell.strip())

    def pieces(self, element: etree._Element) -> Iterator[str]:
        for child in children(element):
            tag = child.tag
            if tag in LEFT_OUT or is_hidden(child):
                continue
            if tag == f"{W}t":
                yield self.shown(typed(element, child.text or ""))
            elif tag in PLAIN:
                yield PLAIN[tag]
            elif tag == f"{W}sym":
                yield sign(child)
            elif tag == f"{W}hyperlink":
                yield self.hyperlink(child)
            elif tag in (f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
                yield self.field(child)
            elif tag == f"{W}txbxContent":
                yield "\n" + self.cell(child) + "\n"
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                yield self.note(child)
            else:
                yield checkbox(child) or "".join(self.pieces(child))

    def hyperlink(self, element: etree._Element) -> str:
        text = "".join(self.pieces(element))
        return with_address(text, self.links.get(element.get(f"{R}id") or "", ""))

    def field(self, element: etree._Element) -> str:
        """Nothing is run: a field shows what it showed when it was saved. Of a link its code
        says the address."""
        if element.tag == f"{W}fldSimple":
            text = "".join(self.pieces(element))
            return with_address(text, address_in(element.get(f"{W}instr") or ""))
        if element.tag == f"{W}instrText":
            if self.fields and not self.fields[-1].has_code:
                self.fields[-1].code += (element.text or "")[:LONGEST_CODE]
            return ""
        return self.field_mark(element)

    def field_mark(self, element: etree._Element) -> str:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin" and len(self.fields) < DEEPEST_FIELD:
            self.fields.append(Field())
            return form_field(element)
        if kind == "separate" and self.fields:
            self.fields[-1].has_code = True
        if kind == "end" and self.fields:
            ended = self.fields.pop()
            text = "".join(ended.shows)
            return with_address(text, address_in(ended.code)).removeprefix(text)
        return ""

    def shown(self, text: str) -> str:
        for each in self.fields:
            if each.has_code and address_in(each.code):
                each.shows.append(text)
        return text

    def note(self, element: etree._Element) -> str:
        """Read once, where it is first called; one called within a note is not followed."""
        is_footnote = element.tag == f"{W}footnoteReference"
        notes = self.footnotes if is_footnote else self.endnotes
        found = None if self.is_in_note else notes.pop(element.get(f"{W}id") or "", None)
        if found is None:
            return ""
        package = self.package
        self.is_in_note = True
        self.links = package.footnote_links if is_footnote else package.endnote_links
        text = " ".join(" ".join(self.lines(found)).split())
        self.links, self.is_in_note = package.links, False
        return f" [{text}]" if text else ""

    @cached_property
    def footnotes(self) -> dict[str, etree._Element]:
        return notes_of(self.package.footnotes)

    @cached_property
    def endnotes(self) -> dict[str, etree._Element]:
        return notes_of(self.package.endnotes)


def with_address(text: str, address: str) -> str:
    return f"{text} ({address})" if text.strip() and address and address not in text else text


def address_in(code: str) -> str:
    """Of a link's code; one to a place in the document has none."""
    found = ADDRESS.match(code)
    return (found[1] or found[2] or "") if found else ""


def notes_of(root: etree._Element | None) -> dict[str, etree._Element]:
    return {} if root is None else {each.get(f"{W}id") or "": each for each in root}


def is_hidden(element: etree._Element) -> bool:
    return element.tag == f"{W}r" and is_on(element.find(f"{W}rPr/{W}vanish"))
