"""The one list of a report: bullets under a paragraph."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from assessments.exports.report.word.parts import numbering_of
from assessments.exports.report.word.xml import element, fragment

BULLET = (
    '<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="hybridMultilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
    '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1134" w:hanging="340"/></w:pPr></w:lvl>'
    "</w:abstractNum>"
)


def new_bullet_list(document: Document) -> int:
    """Its number, for the style of its paragraphs."""
    numbering = numbering_of(document)
    kind = 1 + greatest(numbering, "w:abstractNum", "w:abstractNumId")
    number = 1 + greatest(numbering, "w:num", "w:numId")
    numbering.insert_element_before(
        fragment(BULLET.format(id=kind)), "w:num", "w:numIdMacAtCleanup"
    )
    entry = element("w:num", numId=number)
    entry.append(element("w:abstractNumId", val=kind))
    numbering.insert_element_before(entry, "w:numIdMacAtCleanup")
    return number


def greatest(numbering: Any, tag: str, attribute: str) -> int:
    return max((int(each.get(qn(attribute))) for each in numbering.findall(qn(tag))), default=0)
