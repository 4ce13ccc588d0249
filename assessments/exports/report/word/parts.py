"""The parts of a Word file: what is kept of a document that a report is written into."""

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

KEPT = {RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.THEME, RT.FONT_TABLE}
# Settings that name notes, other files or people.
NOT_KEPT_SETTINGS = (
    "w:attachedTemplate", "w:mailMerge", "w:documentProtection", "w:writeProtection",
    "w:footnotePr", "w:endnotePr", "w:docVars", "w:rsids", "w:saveThroughXslt",
)  # fmt: skip
# What tracked changes and comments leave in a text.
GONE = (
    "w:del", "w:moveFrom", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference",
    "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:trPrChange", "w:tcPrChange",
    "w:sectPrChange", "w:tblGridChange", "w:moveFromRangeStart", "w:moveFromRangeEnd",
    "w:moveToRangeStart", "w:moveToRangeEnd",
)  # fmt: skip
KEPT_WITHOUT_AUTHOR = ("w:ins", "w:moveTo")


def keep_only(document: Document, *, drop_numbering: bool = False) -> None:
    """The page set-up of its first section, and the parts that say how it looks. Its text,
    comments, custom properties, preview and links to other files go."""
    body: Any = document.element.body
    first = next(body.iter(qn("w:sectPr")), None)
    for child in list(body):
        body.remove(child)
    body.append(first if first is not None else body.get_or_add_sectPr())
    kept = KEPT - {RT.NUMBERING} if drop_numbering else KEPT
    named = {each.get(qn("r:id")) for each in body.sectPr}  # its headers and footers
    part = document.part
    drop_relationships(part, lambda each: each.reltype in kept or each.rId in named)
    drop_relationships(part.package, lambda each: each.reltype == RT.OFFICE_DOCUMENT)
    clean_settings(document)
    forget_edits(body.sectPr, document.styles.element)


def drop_relationships(source: Any, is_kept: Any) -> None:
    """A part that nothing leads to is not saved."""
    for key, relationship in list(source.rels.items()):
        if not is_kept(relationship):
            del source.rels[key]


def clean_settings(document: Document) -> None:
    settings: Any = document.settings.element
    for tag in NOT_KEPT_SETTINGS:
        for each in settings.findall(qn(tag)):
            settings.remove(each)
    drop_relationships(document.part.part_related_by(RT.SETTINGS), lambda _: False)


def forget_edits(*roots: Any) -> None:
    """Word numbers the sessions in which its author changed what."""
    for root in roots:
        for each in [*root.iter(qn("w:rsid"))]:
            each.getparent().remove(each)
        for each in root.iter():
            for name in [name for name in each.attrib if name.startswith(qn("w:rsid"))]:
                del each.attrib[name]


def speak_english(document: Document) -> None:
    """The English of here, for spelling and for screen readers."""
    styles: Any = document.styles.element
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")


def numbering_of(document: Document) -> Any:
    """The document's lists; python-docx can't make the part where there is none."""
    part = document.part
    try:
        return part.part_related_by(RT.NUMBERING).element  # type: ignore[attr-defined]
    except KeyError:
        blob = f"<w:numbering {nsdecls('w')}/>".encode()
        name = PackURI("/word/numbering.xml")
        made = NumberingPart.load(name, CT.WML_NUMBERING, blob, part.package)
        part.relate_to(made, RT.NUMBERING)
        return made.element


def finish_edits(root: Any) -> None:
    """Of a header or footer: as if every tracked change had been accepted and every comment
    removed, and without hidden text. All of these carry words or names that nobody sees."""
    forget_edits(root)
    for tag in GONE:
        for each in [*root.iter(qn(tag))]:
            each.getparent().remove(each)
    for tag in KEPT_WITHOUT_AUTHOR:
        for each in [*root.iter(qn(tag))]:
            for child in [*each]:
                each.addprevious(child)
            each.getparent().remove(each)
    for hidden in [*root.iter(qn("w:vanish"))]:
        run = hidden.getparent().getparent()
        if run.tag == qn("w:r") and run.getparent() is not None:
            run.getparent().remove(run)
