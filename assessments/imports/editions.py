"""An uploaded file that the draft of an edition starts from, or takes in later."""

from assessments.imports.edition_workbook import read_workbook
from benchmarks.editions.checking import Document, checked, problems_in
from benchmarks.editions.problems import EditionError, Parsed
from benchmarks.editions.reading import MAX_BYTES, parse


def read_upload(name: str, data: bytes) -> Document:
    """Raises EditionError with everything that is wrong with it, by line or by place."""
    if data.startswith(b"PK"):
        return checked_workbook(read_contents(data).data)
    return checked(read_contents(data), "The file")


def read_contents(data: bytes) -> Parsed:
    """What stands in it, sound or not. Raises EditionError where it can't be read at all."""
    if len(data) > MAX_BYTES:
        raise EditionError([f"The file is larger than {MAX_BYTES:,} bytes"])
    if data.startswith(b"PK"):
        return Parsed(read_workbook(data), {}, [])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EditionError(["The file is neither a workbook nor UTF-8 text"]) from None
    return parse(text, "The file")


def read_for_draft(data: bytes) -> Document:
    """It may be as incomplete as the draft that it is read into, and what is missing in both is
    left to that draft. Raises EditionError where it can't be read."""
    parsed = read_contents(data)
    if parsed.problems:
        raise EditionError([problem.in_file("The file") for problem in parsed.problems])
    document: Document = parsed.data
    return document


def checked_workbook(document: Document) -> Document:
    """A workbook has no lines, so that a problem is said by its place alone."""
    found = problems_in(document)
    if found:
        raise EditionError([": ".join(filter(None, (each.where, each.says))) for each in found])
    return document
