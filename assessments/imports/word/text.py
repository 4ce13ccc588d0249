"""The text of paragraphs and cells as a reader of the accepted document sees it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from assessments.imports.word.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Deleted, moved away or hidden: not there once every change is accepted. Of a drawing kept in
# two forms only the first is read.
LEFT_OUT = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}delText",
    f"{W}instrText",
    f"{W}pPr",
    f"{W}rPr",
    f"{W}tblPr",
    f"{MC}Fallback",
}
PLAIN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
TICKS = {"F0FC": "✓", "F0FE": "✓", "F052": "✓", "F0FB": "✗", "F0FD": "✗"}
BULLET, INDENT = "• ", "  "


class TextReader:
    """Reads the elements of one document in order: numbered lists count on as they go."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.counts: Counter[tuple[str, int]] = Counter()

    def paragraph(self, element: etree._Element) -> str:
        inside = "".join(self.pieces(element))
        return self.list_mark(element) + inside if inside.strip() else ""

    def cell(self, element: etree._Element) -> str:
        """Paragraphs on lines of their own; a table within as lines with its cells apart."""
        return "\n".join(line for line in self.lines(element) if line.strip())

    def lines(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            if child.tag == f"{W}p":
                yield self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self.nested_table(child)
            elif child.tag not in LEFT_OUT:
                yield from self.lines(child)

    def nested_table(self, element: etree._Element) -> Iterator[str]:
        for row in element.iterchildren(f"{W}tr"):
            cells = [" ".join(self.lines(cell)) for cell in row.iterchildren(f"{W}tc")]
            yield " | ".join(cell for cell in cells if cell.strip())

    def pieces(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in LEFT_OUT or is_hidden(child):
                continue
            if tag == f"{W}t":
                yield child.text or ""
            elif tag in PLAIN:
                yield PLAIN[tag]
            elif tag == f"{W}sym":
                yield TICKS.get((child.get(f"{W}char") or "").upper(), "")
            elif tag == f"{W}hyperlink":
                yield self.hyperlink(child)
            elif tag == f"{W}txbxContent":
                yield "\n" + self.cell(child) + "\n"
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                yield self.note(child)
            else:
                yield from self.pieces(child)

    def hyperlink(self, element: etree._Element) -> str:
        text = "".join(self.pieces(element))
        address = self.package.links.get(element.get(f"{R}id") or "", "")
        return f"{text} ({address})" if address and address not in text else text

    def note(self, element: etree._Element) -> str:
        notes = self.footnotes if element.tag == f"{W}footnoteReference" else self.endnotes
        # Its own text is read once; a reference within a note is not followed.
        text = " ".join("".join(notes.get(element.get(f"{W}id") or "", [])).split())
        return f" [{text}]" if text else ""

    @cached_property
    def footnotes(self) -> dict[str, list[str]]:
        return notes_of(self.package.footnotes)

    @cached_property
    def endnotes(self) -> dict[str, list[str]]:
        return notes_of(self.package.endnotes)

    def list_mark(self, paragraph: etree._Element) -> str:
        name, level = self.list_of(paragraph)
        kind = self.list_kinds.get((name, level))
        if name == "0" or kind in (None, "none"):
            return ""
        if kind == "bullet":
            return INDENT * level + BULLET
        self.counts[name, level] += 1
        for deeper in range(level + 1, 9):
            self.counts[name, deeper] = 0
        return f"{INDENT * level}{self.counts[name, level]}. "

    def list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        """The list by number, and the level in it: the paragraph's own, else its style's."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            return numbered(own)
        style = value_of(paragraph.find(f"{W}pPr/{W}pStyle"))
        return self.list_styles.get(style, ("", 0))

    @cached_property
    def list_styles(self) -> dict[str, tuple[str, int]]:
        root = self.package.styles
        found = [] if root is None else list(root.iterchildren(f"{W}style"))
        lists = [(each, each.find(f"{W}pPr/{W}numPr")) for each in found]
        return {
            each.get(f"{W}styleId") or "": numbered(numbering)
            for each, numbering in lists
            if numbering is not None
        }

    @cached_property
    def list_kinds(self) -> dict[tuple[str, int], str]:
        """(list, level) → bullet, decimal, …"""
        root = self.package.numbering
        if root is None:
            return {}
        kinds = {
            (each.get(f"{W}abstractNumId") or "", int(digits(level.get(f"{W}ilvl")) or 0) % 9): (
                value_of(level.find(f"{W}numFmt"))
            )
            for each in root.iterchildren(f"{W}abstractNum")
            for level in each.iterchildren(f"{W}lvl")
        }
        abstract = {
            each.get(f"{W}numId") or "": value_of(each.find(f"{W}abstractNumId"))
            for each in root.iterchildren(f"{W}num")
        }
        return {
            (name, level): kind
            for name, of in abstract.items()
            for (number, level), kind in kinds.items()
            if number == of
        }


def numbered(numbering: etree._Element) -> tuple[str, int]:
    level = int(digits(value_of(numbering.find(f"{W}ilvl"))) or 0) % 9
    return value_of(numbering.find(f"{W}numId")), level


def notes_of(root: etree._Element | None) -> dict[str, list[str]]:
    if root is None:
        return {}
    return {
        each.get(f"{W}id") or "": [text.text or "" for text in each.iter(f"{W}t")] for each in root
    }


def is_hidden(element: etree._Element) -> bool:
    vanish = element.find(f"{W}rPr/{W}vanish") if element.tag == f"{W}r" else None
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false")


def value_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val") or ""


def digits(value: str | None) -> str:
    """At most four, so that no number in the file grows without bounds."""
    found = re.match(r"[0-9]{1,4}", value or "", re.ASCII)
    return found[0] if found else ""
