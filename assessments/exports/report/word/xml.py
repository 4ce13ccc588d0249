"""What python-docx has no words for, as WordprocessingML."""

import re
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

Element = Any
# What may follow `w:cols` in a section's properties.
AFTER_COLUMNS = (
    "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi",
    "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange",
)  # fmt: skip


def element(tag: str, **attributes: object) -> Element:
    """`element("w:jc", val="left")`."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def fragment(xml: str) -> Element:
    """An element written as text, without the declaration of its prefix."""
    return parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {nsdecls('w')}", xml))


def set_columns(section: Element, number: int) -> None:
    for old in section.findall(qn("w:cols")):
        section.remove(old)
    columns = element("w:cols", num=number, space=400)
    section.insert_element_before(columns, *AFTER_COLUMNS)


def field(paragraph: Any, name: str) -> None:
    """A field such as PAGE; Word works it out when it lays out the page."""
    for part in ("begin", "separate", "end"):
        run = paragraph.add_run()
        run._r.append(element("w:fldChar", fldCharType=part))
        if part == "begin":
            code = element("w:instrText")
            code.text = f" {name} "
            paragraph.add_run()._r.append(code)
        elif part == "separate":
            paragraph.add_run("1")
