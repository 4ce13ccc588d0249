"""An uploaded file that the draft of an edition starts from."""

from assessments.imports.edition_workbook import read_workbook
from benchmarks.editions.checking import Document, checked, problems_in
from benchmarks.editions.problems import EditionError
from benchmarks.editions.reading import MAX_BYTES, parse


def read_upload(name: str, data: bytes) -> Document:
    """Raises EditionError with everything that is wrong with it, by line or by place."""
    if len(data) > MAX_BYTES:
        raise EditionError([f"The file is larger than {MAX_BYTES:,} bytes"])
    if data.startswith(b"PK"):
        return checked_workbook(read_workbook(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise EditionError(["The file is neither a workbook nor UTF-8 text"]) from None
    return checked(parse(text, "The file"), "The file")


def checked_workbook(document: Document) -> Document:
    """A workbook has no lines, so that a problem is said by its place alone."""
    found = problems_in(document)
    if found:
        raise EditionError([": ".join(filter(None, (each.where, each.says))) for each in found])
    return document
