"""An edition filled in as a workbook, read back into the document it makes."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assessments.exports.edition_workbook import FACTS, LINK, LISTS, LOOK_FOR, RULE, TITLES
from benchmarks.editions.checking import Document
from benchmarks.editions.problems import EditionError
from benchmarks.editions.storing import without_blanks

MAX_UNPACKED = 50_000_000
MAX_ENTRIES = 500
MAX_ROWS = 5_000
CHUNK = 1_000_000
FORBIDDEN = (b"<!doctype", b"<!entity")
LONGEST = max(map(len, FORBIDDEN))
YES = {"yes": True, "true": True, "no": False, "false": False}
DAMAGED = "This workbook can’t be read. Open it, save it as “Excel workbook (.xlsx)” and try again."
UNSAFE = "This workbook holds something that a toolkit never needs, so it was not opened."

Row = dict[str, Any]


def read_workbook(data: bytes) -> Document:
    """Raises EditionError where it isn't such a workbook; what it says may still be unsound."""
    try:
        check_package(data)
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {sheet.title.strip().lower(): sheet for sheet in workbook.worksheets}
        missing = [title for title in TITLES if title.lower() not in sheets]
        if missing:
            says = f"the workbook has no sheet “{missing[0]}”: start from a toolkit’s own workbook"
            raise EditionError([says])
        return document_of({title: list(rows(title, sheets[title.lower()])) for title in TITLES})
    except (zipfile.BadZipFile, zlib.error, InvalidFileException, EOFError, OSError) as error:
        raise EditionError([DAMAGED]) from error
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        raise EditionError([DAMAGED]) from error  # what openpyxl says of parts that aren't there


def check_package(data: bytes) -> None:
    """Before anything is unpacked that could grow, or define entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        macros = any("vbaproject" in entry.filename.lower() for entry in entries)
        if macros or len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
            raise EditionError([UNSAFE])
        for entry in entries:
            with archive.open(entry) as part:
                check_part(part)


def check_part(part: IO[bytes]) -> None:
    """To its end: a comment may stand before a DTD, as long as one likes."""
    before = b""
    while piece := part.read(CHUNK):
        piece = before + piece.replace(b"\0", b"").lower()
        if any(each in piece for each in FORBIDDEN):
            raise EditionError([UNSAFE])
        before = piece[-LONGEST:]


def rows(title: str, sheet: Any) -> Iterator[Row]:
    """Each row that says anything, by the titles of its columns, in whatever order they are."""
    sheet.reset_dimensions()
    lines = sheet.iter_rows(max_col=50, values_only=True)
    headings = [plain(cell).lower() for cell in next(lines, ())]
    missing = [name for name in TITLES[title] if name not in headings]
    if missing:
        raise EditionError([f"sheet “{title}” has no column “{missing[0]}”"])
    places = {name: headings.index(name) for name in TITLES[title]}
    for number, line in enumerate(lines, start=2):
        row = {name: cell(line, at) for name, at in places.items()}
        if any(value not in ("", None) for value in row.values()):
            if number > MAX_ROWS:
                raise EditionError([f"sheet “{title}” has more than {MAX_ROWS:,} rows"])
            yield row


def cell(line: Sequence[Any], at: int) -> Any:
    value = line[at] if at < len(line) else None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def plain(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def document_of(sheets: dict[str, list[Row]]) -> Document:
    facts = {plain(row["name"]): row["value"] for row in sheets["About"]}
    known = {name: fact(name, facts.get(name)) for name in [*FACTS, *RULE]}
    return {
        **without_blanks({name: known[name] for name in FACTS}),
        "roll_up": without_blanks({name: known[name] for name in RULE}),
        "scales": scales(sheets["Scales"]),
        "benchmarks": [benchmark(row, sheets) for row in sheets["Benchmarks"]],
    }


def fact(name: str, value: Any) -> Any:
    if name in LISTS:
        return [each.strip() for each in plain(value).split("\n") if each.strip()]
    return plain(value)[:10] if name == "issued_on" else plain(value)


def scales(found: list[Row]) -> list[dict[str, Any]]:
    by_slug: dict[str, dict[str, Any]] = {}
    for row in found:
        slug = plain(row["scale"])
        scale = by_slug.setdefault(slug, {"slug": slug, "name": "", "levels": []})
        scale["name"] = scale["name"] or plain(row["scale name"])
        scale["levels"].append(level(row))
    return list(by_slug.values())


def level(row: Row) -> dict[str, Any]:
    return {
        "slug": plain(row["level"]),
        "label": plain(row["label"]),
        "rank": row["rank"],
        "colour": plain(row["colour"]),
        "met": YES.get(plain(row["met"]).lower(), row["met"]),
        "meaning": plain(row["meaning"]),
    }


def benchmark(row: Row, sheets: dict[str, list[Row]]) -> dict[str, Any]:
    def own(title: str) -> list[Row]:
        return [each for each in sheets[title] if each["benchmark"] == row["number"]]

    said = own("Guidance")
    points = [plain(each["text"]) for each in said if plain(each["kind"]).lower() == LOOK_FOR]
    links = [
        {"title": plain(each["text"]), "url": plain(each["web address"])}
        for each in said
        if plain(each["kind"]).lower() == LINK
    ]
    fields = {
        "number": row["number"],
        "short_title": plain(row["short title"]),
        "statement": plain(row["statement"]),
        "outcome": plain(row["outcome"]),
    }
    return {
        **without_blanks(fields),
        "guidance": {"summary": plain(row["guidance"]), "look_for": points, "links": links},
        "questions": [question(each, sheets["Prompts"]) for each in own("Questions")],
    }


def question(row: Row, prompts: list[Row]) -> dict[str, Any]:
    ref = plain(row["ref"])
    fields = {
        "ref": ref,
        "category": plain(row["category"]).lower().replace(" ", "_"),
        "text": plain(row["text"]),
        "prompts": [plain(each["text"]) for each in prompts if plain(each["question"]) == ref],
    }
    return without_blanks(fields)
