"""The parts of an .xlsx, opened safely: nothing is fetched, expanded, calculated or run."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.parsers import expat

from assessments.imports import office
from assessments.imports.office import Refusals
from assessments.imports.problems import ImportProblems

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PART = 150 * 1024 * 1024  # a sheet with a million formatted rows; streamed, never held
CHUNK = 64 * 1024

NOT_A_WORKBOOK = "This is not an Excel workbook (.xlsx). Save it as “Excel workbook (.xlsx)”."
DAMAGED = "This workbook is damaged or cut short. Open it, save it again and retry."
TOO_LARGE_INSIDE = (
    "This workbook unpacks to far more than a self-assessment could hold, so it was not opened."
)
OLD_EXCEL = (
    "This is an old Excel workbook (.xls). Open it in Excel or LibreOffice, choose “Save as”, then "
    "“Excel workbook (.xlsx)”, and upload that."
)
LOCKED = "This workbook is protected by a password. Take the password off and save it."
MACROS = "This workbook holds macros. Save it as “Excel workbook (.xlsx)”, which has none."
UNSAFE = "This workbook holds definitions (a DTD) that no program writes, so it was refused."
OTHERS = [
    (b"%PDF", "This is a PDF. Upload the workbook itself (.xlsx)."),
    (b"{\\rtf", "This is a rich text file (.rtf). Upload a workbook (.xlsx)."),
    (b"<", "This is a web page or XML file. Save it as “Excel workbook (.xlsx)”."),
]
FOREIGN_PARTS = [
    ("word/", "This is a Word document, not a workbook. Upload an .xlsx file."),
    ("ppt/", "This is a presentation, not a workbook. Upload an .xlsx file."),
    ("xl/workbook.bin", "This is a binary workbook (.xlsb). Save it as “Excel workbook (.xlsx)”."),
    (
        "content.xml",
        "This is an OpenDocument file (.ods). Choose “Save as” in LibreOffice, then “Excel "
        "2007–365 (.xlsx)”, and upload that.",
    ),
]
SAYS = Refusals(NOT_A_WORKBOOK, OLD_EXCEL, LOCKED, MACROS, TOO_LARGE_INSIDE, OTHERS)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Raises ImportProblems, one sentence, for anything but a sound .xlsx without macros."""
    office.check_kind(data, SAYS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_entries(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise ImportProblems(DAMAGED) from error
    except (NotImplementedError, RuntimeError, ValueError, LookupError) as error:
        raise ImportProblems(DAMAGED) from error


def check_entries(archive: zipfile.ZipFile) -> None:
    names = office.check_entries(archive, SAYS, most=MAX_UNPACKED)
    foreign = office.foreign(names, FOREIGN_PARTS)
    if "[content_types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise ImportProblems(next(foreign, NOT_A_WORKBOOK))
    if says := next(foreign, ""):
        raise ImportProblems(says)


def walk(
    archive: zipfile.ZipFile,
    name: str,
    *,
    start: Start,
    end: End | None = None,
    text: Text | None = None,
) -> None:
    """Tells what a part holds, element by element, without ever holding it: nothing where there
    is no such part. Names come without their namespace. No DTD, so no entities; no network."""
    if name not in archive.namelist():
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: start(local(tag), attributes)
    if end:
        parser.EndElementHandler = lambda tag: end(local(tag))
    if text:
        parser.CharacterDataHandler = text
    feed(parser, archive, name)


def feed(parser: expat.XMLParserType, archive: zipfile.ZipFile, name: str) -> None:
    length = 0
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(CHUNK):
                length += len(chunk)
                if length > MAX_PART:
                    raise ImportProblems(TOO_LARGE_INSIDE)
                parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ImportProblems(DAMAGED) from error


def refuse(*_: object) -> None:
    raise ImportProblems(UNSAFE)


def local(name: str) -> str:
    return name.rpartition(" ")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """Whatever its namespace: the two kinds of .xlsx name them differently."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def relations(archive: zipfile.ZipFile, of: str) -> dict[str, tuple[str, str]]:
    """Id → kind and part, of those within the file; what is outside is never looked at."""
    folder, _, name = of.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    walk(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), start=start)
    return found
