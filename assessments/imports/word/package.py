"""The parts of a .docx that hold text, opened safely: nothing is fetched, expanded or run."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from lxml import etree

from assessments.imports import office
from assessments.imports.office import Refusals
from assessments.imports.problems import ImportProblems

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PART = 30 * 1024 * 1024
# “Strict Open XML Document”, which Word offers too, has other names for the same elements.
USUAL = b"http://schemas.openxmlformats.org"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": USUAL + b"/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main": USUAL + b"/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": USUAL
    + b"/officeDocument/2006/relationships",
}

NOT_WORD = "This is not a Word document (.docx). Save it in Word as “Word document (.docx)”."
DAMAGED = "This Word document is damaged or cut short. Open it in Word, save it again and retry."
TOO_LARGE_INSIDE = (
    "This Word document unpacks to far more than it should ever hold, so it was not opened."
)
OLD_WORD = (
    "This is an old Word document (.doc). Open it in Word, choose “Save as”, then “Word document "
    "(.docx)”, and upload that."
)
LOCKED = "This document is protected by a password. Take the password off in Word and save it."
MACROS = "This document holds macros. Save it as “Word document (.docx)”, which has none."
UNSAFE = "This Word document holds definitions (a DTD) that Word never writes, so it was refused."

OTHERS = [
    (b"%PDF", "This is a PDF. Upload the Word document that it was made from."),
    (b"{\\rtf", "This is a rich text file (.rtf). Save it in Word as “Word document (.docx)”."),
]
FOREIGN_PARTS = [
    ("xl/", "This is a spreadsheet, not a Word document. Upload a .docx file."),
    ("ppt/", "This is a presentation, not a Word document. Upload a .docx file."),
    ("content.xml", "This is an OpenDocument file. Save it as “Word document (.docx)” first."),
]
SAYS = Refusals(NOT_WORD, OLD_WORD, LOCKED, MACROS, TOO_LARGE_INSIDE, OTHERS)


@dataclass(frozen=True)
class Package:
    document: etree._Element
    numbering: etree._Element | None
    styles: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    theme: etree._Element | None
    # Relationship id → web address, only ever kept as text.
    links: dict[str, str]
    footnote_links: dict[str, str]
    endnote_links: dict[str, str]


def open_package(data: bytes) -> Package:
    """Raises ImportProblems, one sentence, for anything but a sound .docx without macros."""
    check_kind(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_entries(archive)
            return read_package(partial(read_part, archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise ImportProblems(DAMAGED) from error
    except (NotImplementedError, RuntimeError, etree.LxmlError, LookupError) as error:
        raise ImportProblems(DAMAGED) from error


def check_kind(data: bytes) -> None:
    office.check_kind(data, SAYS)


def check_entries(archive: zipfile.ZipFile) -> None:
    names = office.check_entries(archive, SAYS, most=MAX_UNPACKED)
    if not any(name.startswith("word/") for name in names):
        raise ImportProblems(next(office.foreign(names, FOREIGN_PARTS), NOT_WORD))


Read = Callable[[str], etree._Element | None]


def read_package(read: Read) -> Package:
    types = read("[Content_Types].xml")
    if types is not None and any("macro" in (each.get("ContentType") or "") for each in types):
        raise ImportProblems(MACROS)
    main = next(parts_beside("", read("_rels/.rels"), "officeDocument"), "word/document.xml")
    document = read(main)
    if document is None:
        raise ImportProblems(NOT_WORD)
    relations = read(relations_of(main))

    def name(kind: str, usual: str = "") -> str:
        return next(parts_beside(main, relations, kind), f"word/{usual or kind}.xml")

    return Package(
        document,
        numbering=read(name("numbering")),
        styles=read(name("styles")),
        footnotes=read(name("footnotes")),
        endnotes=read(name("endnotes")),
        theme=read(name("theme", "theme/theme1")),
        links=web_links(relations),
        footnote_links=web_links(read(relations_of(name("footnotes")))),
        endnote_links=web_links(read(relations_of(name("endnotes")))),
    )


def relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def parts_beside(part: str, relations: etree._Element | None, kind: str) -> Iterator[str]:
    """Names within the file. Programs call the same part differently, the main one too."""
    for each in relations if relations is not None else ():
        is_inside = each.get("TargetMode") != "External"
        if is_inside and (each.get("Type") or "").endswith(f"/{kind}"):
            target = posixpath.join("/", posixpath.dirname(part), each.get("Target") or "")
            yield posixpath.normpath(target).lstrip("/")


def read_part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """None where the document has no such part. Reads no further than a part may be long."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise ImportProblems(TOO_LARGE_INSIDE)
    return parse(data)


def parse(data: bytes) -> etree._Element:
    """No entities, no DTD, no network; lxml's own limits on depth and length stay on."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for strict, usual in STRICT.items():
        data = data.replace(strict, usual)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise ImportProblems(UNSAFE)
    return root


def web_links(relations: etree._Element | None) -> dict[str, str]:
    if relations is None:
        return {}
    return {
        each.get("Id", ""): each.get("Target", "")
        for each in relations
        if (each.get("Type") or "").endswith("/hyperlink")
    }
