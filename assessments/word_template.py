"""A council's own Word template: a sound .docx that runs nothing and fetches nothing."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from docx import Document
from lxml import etree

from assessments.imports.problems import ImportProblems
from assessments.imports.word.package import DAMAGED, open_package, read_part

MOST_BYTES = 5 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATE_PART = "wordprocessingml.template.main+xml"
EMBEDDED = ("word/embeddings/", "word/activex/")
ATTACHED = "/attachedTemplate"
SETTINGS, SETTINGS_LINKS = "word/settings.xml", "word/_rels/settings.xml.rels"
OPENED_BY_PEOPLE = ("https:", "http:", "mailto:")
# Fields that take in what stands elsewhere, or start another program.
FETCHING = re.compile(r"\b(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\b", re.IGNORECASE)

TOO_LARGE = "The template must be smaller than 5 MB"
DOTX = (
    "This is a Word template (.dotx). Open it in Word, choose “Save as”, then “Word document "
    "(.docx)”, and upload that"
)
NO_STYLES = "This Word document has no named styles. Open it in Word and save it again"
OBJECTS = "The template holds embedded objects. Remove them in Word and save it again"
OUTSIDE = (
    "The template takes something in from outside, such as a linked picture or a linked file. "
    "Put it into the document itself and save it again"
)


class NotATemplate(Exception):
    """The message says to the person what to do."""


def check_template(file: IO[bytes]) -> bytes:
    """The file, no longer attached to the template that Word made it from. Raises
    NotATemplate."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotATemplate(TOO_LARGE)
    try:
        styles = open_package(data).styles
        data = detached(data)
        check_parts(data)
    except ImportProblems as problem:
        raise NotATemplate(" ".join(problem.messages)) from problem
    except (zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, OSError) as error:
        raise NotATemplate(DAMAGED) from error
    if styles is None or styles.find(f"{W}style") is None:
        raise NotATemplate(NO_STYLES)
    check_opens(data)
    return data


def detached(data: bytes) -> bytes:
    """Most documents of an office hang on its own template, somewhere on its network."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        settings, links = read_part(archive, SETTINGS), read_part(archive, SETTINGS_LINKS)
        if settings is None or links is None:
            return data
        ours = [each for each in links if (each.get("Type") or "").endswith(ATTACHED)]
        ours += settings.findall(f"{W}attachedTemplate")
        for element in ours:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        return rewritten(archive, {SETTINGS: settings, SETTINGS_LINKS: links}) if ours else data


def rewritten(archive: zipfile.ZipFile, changed: dict[str, etree._Element]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in archive.infolist():
            part = changed.get(entry.filename)
            content = archive.read(entry) if part is None else as_bytes(part)
            target.writestr(entry, content)
    return out.getvalue()


def as_bytes(part: etree._Element) -> bytes:
    return etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True)


def check_parts(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(TEMPLATE_PART in (each.get("ContentType") or "") for each in types(archive)):
            raise NotATemplate(DOTX)
        if any(name.lower().startswith(EMBEDDED) for name in archive.namelist()):
            raise NotATemplate(OBJECTS)
        if any(fetches(part) for part in parts(archive)):
            raise NotATemplate(OUTSIDE)


def check_opens(data: bytes) -> None:
    """With the library that will write into it."""
    try:
        Document(io.BytesIO(data))
    except Exception as error:  # whatever a file that isn't whole makes it stumble over
        raise NotATemplate(DAMAGED) from error


def types(archive: zipfile.ZipFile) -> list[etree._Element]:
    found = read_part(archive, "[Content_Types].xml")
    return [] if found is None else list(found)


def parts(archive: zipfile.ZipFile) -> Iterator[etree._Element]:
    for name in archive.namelist():
        if name.lower().endswith((".rels", ".xml")):
            part = read_part(archive, name)
            if part is not None:
                yield part


def fetches(part: etree._Element) -> bool:
    """Whether Word would take something in when it opens the part."""
    if part.tag.endswith("}Relationships"):
        return any(leads_outside(relation) for relation in part)
    typed = "".join(each.text or "" for each in part.iter(f"{W}instrText"))
    simple = " ".join(each.get(f"{W}instr", "") for each in part.iter(f"{W}fldSimple"))
    return bool(FETCHING.search(typed) or FETCHING.search(simple))


def leads_outside(relation: etree._Element) -> bool:
    """A link to a web page or an e-mail address doesn't: only a person opens it."""
    target = (relation.get("Target") or "").lower()
    is_link = (relation.get("Type") or "").endswith("/hyperlink")
    if is_link and target.startswith(OPENED_BY_PEOPLE):
        return False
    return (relation.get("TargetMode") or "").lower() == "external" or "://" in target
