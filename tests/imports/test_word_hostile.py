"""Files made to do harm: each gets a sentence, none an error, and nothing is fetched."""

import io
import multiprocessing
import os
import random
import socket
import tracemalloc
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import django
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assessments.imports import office
from assessments.imports.problems import ImportProblems
from assessments.imports.word import package
from assessments.imports.word.apart import TOO_MUCH, read_apart
from assessments.imports.word.blocks import TOO_MANY, TOO_MUCH_TEXT, read_rows
from assessments.imports.word.entries import characters, sum_of
from assessments.imports.word.matching import match
from tests import office_files
from tests.imports.documents import Document, append, link, saved, shade
from tests.imports.editions import blank_edition
from tests.office_files import zipped

EDITION = blank_edition()
INPUTS = int(os.environ.get("WORD_FUZZ_INPUTS", "600"))
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
CODE = '<w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText></w:r>'
SHOWN = "<w:r><w:t>there</w:t></w:r>"
FIELD = f"<w:ins>{MARK('begin')}{CODE}{MARK('separate')}{SHOWN}{MARK('end')}</w:ins>"
BOX = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
THEMED = 'w:val="pct20" w:fill="auto" w:themeFill="accent6" w:themeFillTint="99"'


def sound() -> bytes:
    document = Document()
    document.add_paragraph("Benchmark 1")
    document.add_paragraph(f"1.2 {EDITION.questions['1.2'].text}")
    prompts = [answer.prompt for answer in EDITION.questions["1.2"].answers]
    rows = [["Prompt", "Evidence", "Action", "RAG"]]
    table = document.add_rows(rows + [[text, "We do.", "Board to meet", "R"] for text in prompts])
    table.cell(1, 1).merge(table.cell(2, 1))
    shade(table.cell(1, 3), "00B050")
    link(table.cell(1, 1).paragraphs[0], "here", "https://example.org/")
    append(table.cell(2, 2).paragraphs[0], FIELD)
    append(table.cell(2, 3).paragraphs[0], BOX)
    table.cell(2, 3)._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} {THEMED}/>"))
    document.add_paragraph("A bullet", style="List Bullet")
    return saved(document)


SOUND = sound()


def with_part(name: str, data: bytes, start: bytes = SOUND) -> bytes:
    return office_files.with_part(start, name, data)


def body(inside: str, before: str = "") -> bytes:
    xml = f"{before}<w:document {SPACE}><w:body>{inside}</w:body></w:document>"
    return with_part("word/document.xml", xml.encode())


def refusal(data: bytes) -> str:
    with pytest.raises(ImportProblems) as problem:
        read_rows(data)
    (sentence,) = problem.value.messages
    return sentence


OLE = office.OLE + bytes(512)
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>'
BOMB = b" " * (3 * 1024 * 1024)

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", package.NOT_WORD),
    "text": (lambda: b"Hello", package.NOT_WORD),
    "old Word": (lambda: OLE, package.OLD_WORD),
    "password": (lambda: OLE + office.ENCRYPTED, package.LOCKED),
    "PDF": (lambda: b"%PDF-1.7", package.OTHERS[0][1]),
    "rich text": (lambda: b"{\\rtf1", package.OTHERS[1][1]),
    "spreadsheet": (lambda: zipped("xl/workbook.xml"), package.FOREIGN_PARTS[0][1]),
    "presentation": (lambda: zipped("ppt/presentation.xml"), package.FOREIGN_PARTS[1][1]),
    "OpenDocument": (lambda: zipped("content.xml"), package.FOREIGN_PARTS[2][1]),
    "any zip": (lambda: zipped("a.txt"), package.NOT_WORD),
    "cut short": (lambda: SOUND[: len(SOUND) // 2], package.DAMAGED),
    "no XML": (lambda: with_part("word/document.xml", b"<w:document"), package.DAMAGED),
    "macros": (lambda: with_part("word/vbaProject.bin", b"x"), package.MACROS),
    "macro type": (
        lambda: with_part(
            "[Content_Types].xml", b'<T><O ContentType="application/macroEnabled"/></T>'
        ),
        package.MACROS,
    ),
    "external entity": (lambda: body("<w:p/>", ENTITY), package.UNSAFE),
    "entities in entities": (lambda: body("<w:p/>", LAUGHS), package.UNSAFE),
    "bomb": (lambda: with_part("word/document.xml", BOMB), package.TOO_LARGE_INSIDE),
    "bomb beside": (lambda: with_part("word/media/a.png", BOMB), package.TOO_LARGE_INSIDE),
    "many entries": (
        lambda: zipped(*(f"a{n}" for n in range(office.MAX_ENTRIES + 1))),
        package.TOO_LARGE_INSIDE,
    ),
    "nothing in it": (lambda: body("<w:p/>"), "There is no text in this document."),
    "too large": (
        lambda: b"PK" + bytes(office.MAX_BYTES),
        "The file is larger than 20 MB.",
    ),
    "deep": (lambda: body("<w:sdt>" * 5_000), package.DAMAGED),
}


@pytest.mark.parametrize("kind", FILES)
def test_each_gets_its_sentence(kind: str):
    make, says = FILES[kind]
    assert refusal(make()) == says


def test_an_entity_is_not_followed_where_no_definition_gives_it_away():
    xml = f"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><w:document {SPACE}/>"
    assert refusal(with_part("word/document.xml", xml.encode("utf-16"))) == package.UNSAFE


def test_a_part_longer_than_it_says_is_not_read_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(package, "MAX_PART", 1000)
    assert refusal(SOUND) == package.TOO_LARGE_INSIDE


def test_empty_rows_are_bounded():
    row = "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"
    assert refusal(body(f"<w:tbl>{row * 5_100}</w:tbl>")) == TOO_MANY


def test_a_million_empty_rows_stay_within_bounds():
    tracemalloc.start()
    data = body("<w:tbl>" + "<w:tr/>" * 1_000_000 + "</w:tbl>")
    assert refusal(data) in (package.TOO_LARGE_INSIDE, "There is no text in this document.")
    assert tracemalloc.get_traced_memory()[1] < 300_000_000
    tracemalloc.stop()


def test_more_text_than_any_toolkit_is_refused():
    words = random.Random(1).randbytes(5_000).hex()
    assert refusal(body(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" * 310)) == TOO_MUCH_TEXT


def test_what_grows_in_memory_is_stopped_before_it_grows_far():
    """Within every limit of the archive; as a tree it would take gigabytes. In a fresh process,
    because the memory that one has freed before is its own to use again."""
    chance = random.Random(1)
    filler = "".join(f'<w:p w:a="{chance.getrandbits(60):x}" w:b=""/>' for _ in range(700_000))
    data = body(filler)
    assert len(data) < office.MAX_BYTES
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh, initializer=django.setup) as process:
        assert process.submit(refusal_of, data).result() in (TOO_MUCH, package.DAMAGED)


def refusal_of(data: bytes) -> str:
    with pytest.raises(ImportProblems) as problem:
        read_apart(data, EDITION, lambda _: None)
    return problem.value.messages[0]


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OUTSIDE = ["https://example.org/a", "file:///etc/passwd", "\\\\server\\share\\a.dotm"]


def pointing_outside() -> bytes:
    """A template, a picture, a part to be put in, and links, all of them elsewhere."""
    kinds = ["attachedTemplate", "image", "aFChunk", "subDocument", "frame"]
    made = Document()
    paragraph = made.add_paragraph("Before")
    for kind in kinds:
        for address in OUTSIDE:
            name = paragraph.part.relate_to(address, f"{RELATIONS}/{kind}", is_external=True)
            append(paragraph, f'<w:altChunk r:id="{name}"/>')
    for address in OUTSIDE:
        link(paragraph, " link", address)
    return saved(made)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something outside was reached for")

    data = pointing_outside()
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert any("https://example.org/" in row.text for row in read_rows(SOUND))
    (row,) = read_rows(data)
    assert row.text == "Before" + "".join(f" link ({address})" for address in OUTSIDE)


def test_what_looks_like_a_formula_is_text_and_fields_are_not_run():
    made = Document()
    paragraph = made.add_paragraph("=1+1")
    field = 'DDEAUTO c:\\\\windows\\\\cmd.exe "/c calc"'
    append(paragraph, f"<w:r><w:instrText>{field}</w:instrText></w:r>")
    append(
        paragraph, '<w:fldSimple w:instr="INCLUDETEXT a.txt"><w:r><w:t>!</w:t></w:r></w:fldSimple>'
    )
    assert [row.text for row in read_rows(saved(made))] == ["=1+1!"]


def test_names_that_climb_out_are_only_names():
    assert read_rows(with_part("../../outside.xml", b"<a/>"))


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled or put in, a few at a time."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if not changed:
            break
        at = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randint(1, 50)]
        elif kind == 2:
            changed[at:at] = changed[at : at + chance.randint(1, 50)]
        else:
            changed[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(changed)


def damaged_within(chance: random.Random) -> bytes:
    """The file itself sound, one of its parts not; often with markup that is well-formed."""
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        names = [each for each in archive.namelist() if each in PARTS]
        name = chance.choice(names)
        part = archive.read(name)
    if chance.random() < 0.5:
        return with_part(name, damaged(part, chance))
    for _ in range(chance.randint(1, 4)):
        old, new = chance.choice(TAGS), chance.choice(TAGS)
        part = part.replace(old, new, chance.randint(1, 3) if chance.random() < 0.5 else -1)
    return with_part(name, part)


PARTS = {
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/theme/theme1.xml",
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
}
TAGS = [b"w:tbl", b"w:tr", b"w:tc", b"w:p", b"w:r", b"w:t", b"w:tcPr", b"w:vMerge", b"w:gridSpan"]
TAGS += [b"w:numPr", b"w:val", b"w:body", b"w:pPr", b"w:hyperlink", b"w:sym", b'="1"', b'="-9"']
TAGS += [b"w:fldChar", b"w:instrText", b"begin", b"end", b"w:ins", b"w:del", b"a:accent6", b"a:lt1"]
TAGS += [b'="99999999999"', b'="\xc2\xb2"', b"w:footnoteReference", b"w:shd", b"w:ilvl"]


@pytest.mark.parametrize("make", [damaged, damaged_within])
def test_whatever_is_done_to_a_document_nothing_but_a_sentence_comes_of_it(make: Callable):
    chance = random.Random(20211201)
    read, refused = 0, []
    for _ in range(INPUTS // 2):
        data = make(chance) if make is damaged_within else make(SOUND, chance)
        try:
            rows = read_rows(data)
        except ImportProblems as problem:
            refused += problem.messages
            continue
        read += 1
        entries = match(rows, EDITION)
        assert sum_of(entries, sum(characters(row.text) for row in rows)).comes_out
    assert all(sentence.endswith(".") for sentence in refused)
    assert read  # else nothing but the first check was tried
