"""Names and small values in the XML of a document."""

import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def children(element: etree._Element) -> Iterator[etree._Element]:
    """Of a drawing kept in several forms only the first."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            kept = child.find(f"{MC}Choice")
            kept = child.find(f"{MC}Fallback") if kept is None else kept
            if kept is not None:
                yield from children(kept)
        elif not is_placeholder(child):
            yield child


def is_placeholder(element: etree._Element) -> bool:
    """A field of a form that still says “Click here to enter text”."""
    if element.tag != f"{W}sdt":
        return False
    return is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr"))


def is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")


def value_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val") or ""


def digits(value: str | None) -> str:
    """At most four, so that no number in the file grows without bounds."""
    found = re.match(r"[0-9]{1,4}", value or "", re.ASCII)
    return found[0] if found else ""
