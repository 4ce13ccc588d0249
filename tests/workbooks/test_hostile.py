"""Files made to do harm: each gets a sentence, none an error, and nothing is fetched."""

import io
import os
import random
import socket
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.imports.office import ENCRYPTED, MAX_BYTES, MAX_ENTRIES, OLE
from assessments.imports.problems import ImportProblems
from assessments.imports.spreadsheet import cells, package
from assessments.imports.spreadsheet.cells import read_workbook
from assessments.imports.spreadsheet.findings import MOST_SAID, TOO_MANY_CHANGES
from assessments.models import Cycle, ReturnedWorkbook, User
from tests.cast import SignIn
from tests.office_files import with_part, zipped
from tests.workbooks.sheets import Partner, column, made, sent_back

INPUTS = int(os.environ.get("WORKBOOK_FUZZ_INPUTS", "400"))
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sound() -> bytes:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for row in (["Ref", "Evidence", "Rating"], ["1.1", "We meet.", "Green"], ["1.2", 7, True]):
        sheet.append(row)
    sheet["B2"].hyperlink = "https://example.org/"
    sheet.merge_cells("A5:B6")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SOUND = sound()
SHEET = "xl/worksheets/sheet1.xml"


def sheet_of(rows: str, before: str = "") -> bytes:
    xml = f"{before}<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"
    return with_part(SOUND, SHEET, xml.encode())


def refusal(data: bytes) -> str:
    with pytest.raises(ImportProblems) as problem:
        read_workbook(data)
    (sentence,) = problem.value.messages
    return sentence


TYPES = "[Content_Types].xml"
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>'
BOMB = b" " * (3 * 1024 * 1024)
MACRO_TYPE = b'<T><O ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></T>'

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", package.NOT_A_WORKBOOK),
    "CSV": (lambda: b"Ref,Evidence\n1.1,We meet.\n", package.NOT_A_WORKBOOK),
    "old Excel": (lambda: OLE + bytes(512), package.OLD_EXCEL),
    "password": (lambda: OLE + bytes(512) + ENCRYPTED, package.LOCKED),
    "PDF": (lambda: b"%PDF-1.7", package.OTHERS[0][1]),
    "web page": (lambda: b"<html>", package.OTHERS[2][1]),
    "Word": (lambda: zipped("word/document.xml"), package.FOREIGN_PARTS[0][1]),
    "binary": (lambda: zipped(TYPES, "xl/workbook.bin"), package.FOREIGN_PARTS[2][1]),
    "OpenDocument": (lambda: zipped("content.xml"), package.FOREIGN_PARTS[3][1]),
    "any zip": (lambda: zipped("a.txt"), package.NOT_A_WORKBOOK),
    "no sheets": (lambda: with_part(SOUND, "xl/workbook.xml", b"<a/>"), package.NOT_A_WORKBOOK),
    "cut short": (lambda: SOUND[: len(SOUND) // 2], package.DAMAGED),
    "no XML": (lambda: with_part(SOUND, SHEET, b"<worksheet"), package.DAMAGED),
    "macros": (lambda: with_part(SOUND, "xl/vbaProject.bin", b"x"), package.MACROS),
    "macro type": (lambda: with_part(SOUND, TYPES, MACRO_TYPE), package.MACROS),
    "external entity": (lambda: sheet_of("", ENTITY), package.UNSAFE),
    "entities in entities": (lambda: sheet_of("", LAUGHS), package.UNSAFE),
    "bomb": (lambda: with_part(SOUND, SHEET, BOMB), package.TOO_LARGE_INSIDE),
    "bomb beside": (lambda: with_part(SOUND, "xl/media/a.png", BOMB), package.TOO_LARGE_INSIDE),
    "many entries": (
        lambda: zipped(*(f"a{n}" for n in range(MAX_ENTRIES + 1))),
        package.TOO_LARGE_INSIDE,
    ),
    "too large": (lambda: b"PK" + bytes(MAX_BYTES), "The file is larger than 20 MB."),
    "too many cells": (
        lambda: sheet_of("".join(f"<row><c><v>{n}</v></c></row>" for n in range(100_001))),
        cells.TOO_MANY,
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_each_gets_its_sentence(kind: str) -> None:
    make, says = FILES[kind]
    assert refusal(make()) == says


def after_empty_rows(number: int) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, number + 1))
    return sheet_of(f"{rows}<row><c t='inlineStr'><is><t>last</t></is></c></row>")


def test_a_million_empty_rows_are_passed_over() -> None:
    (sheet,) = read_workbook(after_empty_rows(1_000_000)).sheets
    assert list(sheet.cells) == [1_000_001]


def test_ten_times_the_empty_rows_take_no_more_memory() -> None:
    few, many = (peak_of_reading(after_empty_rows(number)) for number in (20_000, 200_000))
    assert many < 1.1 * few


def peak_of_reading(data: bytes) -> int:
    tracemalloc.start()
    read_workbook(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_rows_beyond_any_sheet_are_no_rows() -> None:
    rows = '<row r="99999999999"><c r="A99999999999"><v>1</v></c><c r="ZZZ1"><v>1</v></c></row>'
    assert read_workbook(sheet_of(rows)).sheets[0].cells == {}


def test_a_part_longer_than_it_may_be_is_not_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART", 500)
    assert refusal(SOUND) == package.TOO_LARGE_INSIDE


def test_depth_costs_nothing() -> None:
    assert read_workbook(sheet_of("<a>" * 50_000 + "</a>" * 50_000)).sheets[0].cells == {}


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was reached for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    outside = (
        b'<Relationships><Relationship Id="rId1" TargetMode="External" '
        b'Type="x/worksheet" Target="http://127.0.0.1:9/sheet.xml"/></Relationships>'
    )
    assert read_workbook(SOUND).sheets[0].at(2, 2).text == "We meet."
    linked = with_part(SOUND, "xl/_rels/workbook.xml.rels", outside)
    assert read_workbook(linked).sheets == []


def test_names_that_climb_out_are_only_names() -> None:
    assert read_workbook(with_part(SOUND, "../../outside.xml", b"<a/>")).sheets


def test_codes_of_characters_that_are_none_are_replaced() -> None:
    cell = "<row><c t='str'><v>a_xD83D_b_x0000_c_x0041_</v></c></row>"
    assert read_workbook(sheet_of(cell)).sheets[0].at(1, 1).text == "a□bcA"


@pytest.mark.django_db
def test_a_key_copied_over_and_over_is_refused(cycle: Cycle, lead: User) -> None:
    partner = Partner(made(cycle, lead))
    sheet = partner.sheet()
    evidence, width = column(sheet, "evidence"), sheet.max_column
    for number in range(MOST_SAID + 1):
        row: list[str | None] = [None] * width
        row[0], row[evidence - 1] = "2.1/0", f"Copy {number}"
        sheet.append(row)
    with pytest.raises(ImportProblems) as refused:
        sent_back(cycle, partner.file, lead)
    assert refused.value.messages == [TOO_MANY_CHANGES]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out or put in, a few at a time."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(max(len(changed), 1))
        kind = chance.randrange(3)
        if kind == 0 and changed:
            changed[at % len(changed)] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randint(1, 50)]
        else:
            changed[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(changed)


TAGS = [b"<row", b"<c ", b"<v>", b"</v>", b' r="', b' t="s"', b' t="n"', b' s="1"', b"<f>", b"<t>"]
TAGS += [
    b"<is>",
    b'="1"',
    b'="-9"',
    b'="99999999999"',
    b'="\xc2\xb2"',
    b"<sheet ",
    b"<si>",
    b"<xf ",
]


@pytest.mark.django_db
def test_whatever_is_done_to_a_workbook_nothing_but_a_sentence_comes_of_it(
    cycle: Cycle, lead: User
) -> None:
    chance = random.Random(20211201)
    whole = made(cycle, lead)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    read, refused = 0, []
    for number in range(INPUTS):
        name = chance.choice([*parts])
        part = parts[name]
        if number % 3 == 0:
            data = damaged(whole, chance)
        elif number % 3 == 1:
            data = with_part(whole, name, damaged(part, chance))
        else:
            old, new = chance.choice(TAGS), chance.choice(TAGS)
            data = with_part(whole, name, part.replace(old, new, chance.randint(1, 3)))
        try:
            sent_back(cycle, data, lead)
        except ImportProblems as problem:
            refused += problem.messages
            continue
        read += 1
    assert all(sentence.endswith(".") for sentence in refused)
    assert read  # else nothing but the first check was tried


@pytest.mark.parametrize("kind", ["old Excel", "password", "bomb", "macros", "cut short", "CSV"])
def test_the_page_says_so(as_: SignIn, lead: User, cycle: Cycle, kind: str) -> None:
    make, says = FILES[kind]
    response = upload(as_(lead), cycle, make())
    content = response.content.decode()
    assert says in content
    assert "<title>Error: " in content
    assert not ReturnedWorkbook.objects.exists()


def upload(client: Client, cycle: Cycle, data: bytes) -> Any:
    file = SimpleUploadedFile("../../etc/back.xlsx", data)
    return client.post(f"/councils/northmere/cycles/{cycle.pk}/workbooks/", {"workbook": file})
