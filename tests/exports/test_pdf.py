"""The printed toolkit: what stands where in it, whatever is written."""

import dataclasses
import io
import re
import subprocess
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from assessments.exports.characters import printable_text
from assessments.exports.detail import detail_rows
from assessments.models import Audience
from assessments.record import (
    Action,
    Answer,
    BenchmarkDecision,
    CycleRecord,
    Decision,
    Document,
    Link,
    Owner,
    Statement,
    Text,
)
from tests.exports.pdf_reading import all_text, squeezed, structure
from tests.exports.small_records import made, named, with_question
from tests.exports.strategies import NASTY, records, with_fixtures

EMOJI = re.compile("[\U0001f000-\U0001ffff]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u07ff\u202e]")


def rows_of(data: bytes, table: int) -> list[list[str]]:
    tables = list(structure(data).all("Table"))
    return [[squeezed(cell.text) for cell in row.children] for row in tables[table].all("TR")]


# What stands where ---------------------------------------------------------------------------
def test_evidence_that_covers_several_prompts_stands_once_beside_their_ratings(
    edition: CycleRecord,
) -> None:
    red, amber, green = (Decision(level) for level in edition.levels)
    first, second, third = edition.questions["1.1"].answers
    record = with_question(
        edition,
        "1.1",
        answers=(
            dataclasses.replace(first, decision=green),
            dataclasses.replace(second, decision=red),
            dataclasses.replace(third, decision=amber),
        ),
        statements=(
            Statement(Text("Shared by two"), (1, 3)),
            Statement(Text("Only the first"), (1,)),
            Statement(Text("In general")),
        ),
        documents=(Document(Text("Risk profile"), Text("https://example.org/r"), Text("CS/1")),),
    )
    action = Action(
        1, Text("Do it"), "in-progress", (Owner(Text("The lead")), Owner(Text("All"))),
        None, Text("Q4 21/22"), None, (Link("1.1", 3),),
    )  # fmt: skip
    data = made(dataclasses.replace(record, actions=(action,)))
    assert rows_of(data, 0) == [
        ["Expectation", "Evidence", "Action", "Rating"],
        [
            "1.Howarerisksfound?3.Whatchanged?",
            "SharedbytwoPrompt1:Onlythefirst",
            "Prompt3:DoitWho:Thelead,All.Due:Q421/22.Status:Inprogress",
            "1.●Green3.▲Amber",
        ],
        ["2.Whoownsthem?", "", "", "■Red"],
        [
            "Thequestionasawhole",
            "IngeneralDocument:Riskprofile,CS/1,https://example.org/r",
            "",
            "",
        ],
    ]


def test_prompts_stand_together_only_where_evidence_joins_them(edition: CycleRecord) -> None:
    answers = tuple(Answer(n, f"Prompt {n}", Decision()) for n in range(1, 7))
    covers = [(1, 2), (2, 4), (5,), ()]
    statements = tuple(Statement(Text(f"{each}"), each) for each in covers)
    question = dataclasses.replace(edition.questions["1.1"], answers=answers, statements=statements)
    rows = detail_rows(edition, question)
    assert [tuple(a.position for a in row.answers) for row in rows] == [
        (1, 2, 4), (3,), (5,), (6,), (),
    ]  # fmt: skip
    placed = [placed.statement for row in rows for placed in row.statements]
    assert sorted(map(str, placed)) == sorted(map(str, statements))


def test_a_question_without_prompts_is_rated_itself(edition: CycleRecord) -> None:
    answer = Answer(0, "", Decision(edition.levels[2]))
    data = made(with_question(edition, "2.1", answers=(answer,)))
    assert rows_of(data, 2)[1:] == [["Thequestionasawhole", "", "", "●Green"]]


def test_a_statement_that_is_the_question_is_printed_once(edition: CycleRecord) -> None:
    first, second = edition.benchmarks
    (question, *_) = first.questions
    alone = dataclasses.replace(
        first, questions=(dataclasses.replace(question, text=first.statement),)
    )
    text = squeezed(all_text(made(dataclasses.replace(edition, benchmarks=(alone, second)))))
    assert text.count(squeezed(first.statement)) == 1
    assert squeezed(f"{question.ref} {first.statement}") in text
    assert text.count(squeezed(second.statement)) == 1


def test_why_a_prompt_is_not_applicable(edition: CycleRecord) -> None:
    decision = Decision(not_applicable=True, reason=Text("No venues of our own"))
    answers = edition.questions["2.2"].answers
    answers = (dataclasses.replace(answers[0], decision=decision), answers[1])
    statement = Statement(Text("Both"), (1, 2))
    data = made(with_question(edition, "2.2", answers=answers, statements=(statement,)))
    (row,) = rows_of(data, 3)[1:]
    assert row[1] == "BothPrompt1:Notapplicablebecause:Novenuesofourown"
    assert row[3] == "1.Notapplicable2.Notrated"


def test_front_sheet_and_cover(edition: CycleRecord) -> None:
    first = dataclasses.replace(
        edition.benchmarks[0],
        decision=BenchmarkDecision(edition.levels[1], reason=Text("Two are behind")),
        actions=Text("Refresh the profile"),
        comments=Text("On course"),
    )
    record = dataclasses.replace(edition, benchmarks=(first, *edition.benchmarks[1:]))
    data = made(record)
    text = squeezed(structure(data).text + all_text(data))
    for expected in (
        "Northmere Borough Council",
        "Small toolkit",
        "Self-assessment 2025/26",
        "Position as at 1 December 2025",
        "Not a signed copy",
        "Document made on 3 January 2026",
        "1. Local risk ▲ Amber",
        "Actions: Refresh the profile",
        "Comments: On course",
        "2. Training Not decided",
        "Reason for the rating: Two are behind",
        "▲ Amber 1 benchmark Not decided 1 benchmark",
        "Page 2 of ",
        "Invented for tests.",
    ):
        assert squeezed(expected) in text, expected


@pytest.mark.parametrize(
    ("sensitivity", "audience", "says"),
    [
        ("public", Audience.PUBLIC, "Public version"),
        ("exempt-3", Audience.PUBLIC, "Public version"),
        ("public", Audience.BOARD, "Board version"),
        ("exempt-3", Audience.BOARD, "Board version: contains restricted text"),
    ],
)
def test_every_page_says_for_whom_it_is(
    sensitivity: str, audience: Audience, says: str, edition: CycleRecord
) -> None:
    statement = Statement(Text("Operation Nightjar", sensitivity), (1,))
    record = with_question(edition, "1.2", statements=(statement,)).for_audience(audience)
    data = made(record)
    text = all_text(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert text.count(says) == len(pdf.pages)
    withheld = sensitivity != "public" and audience == Audience.PUBLIC
    assert ("Operation Nightjar" in text) != withheld
    assert ("Not for publication: paragraph 3" in text) == withheld
    marked = "Exempt, paragraph 3: financial or business affairs Operation Nightjar"
    assert (squeezed(marked) in squeezed(text)) == (says.endswith("restricted text"))


# Whatever is written -------------------------------------------------------------------------
def test_nasty_text_is_text(edition: CycleRecord) -> None:
    nasty = [each for each in NASTY if not EMOJI.search(each)]
    statements = tuple(Statement(Text(each), (1,)) for each in nasty)
    record = with_question(edition, "1.2", statements=statements)
    cell = rows_of(made(named(record, council_name="<b>&amp; Co</b>")), 1)[1][1]
    for each in nasty:
        if not RIGHT_TO_LEFT.search(each):  # is drawn from its end, so is met from its end
            assert squeezed(printable_text(each)) in cell, each


def test_characters_of_no_font_are_still_in_the_text(edition: CycleRecord, tmp_path: Path) -> None:
    """Drawn as boxes where no font has them. pdfplumber can't read the map of such a font."""
    statement = Statement(Text("before 👩 🦄 مرحبا after"), (1,))
    file = tmp_path / "toolkit.pdf"
    file.write_bytes(made(with_question(edition, "1.2", statements=(statement,))))
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert "before 👩 🦄" in text
    assert {"م", "ر", "ح", "ب", "ا"} <= set(text)


def test_control_characters_are_shown_as_such() -> None:
    assert printable_text("a\x00b\x1bc\r\nd\x85\ufffe\U0001ffff\tz") == "a□b□c\nd□□□\tz"
    assert printable_text("one\u2028two\rthree") == "one\ntwo\nthree"
    assert printable_text("\uf0b7 from Word") == "• from Word"


def test_a_text_of_many_pages_is_all_there_and_one_cell(edition: CycleRecord) -> None:
    words = " ".join(f"word{number}" for number in range(2_300))
    assert 19_000 < len(words) < 20_000
    benchmark = dataclasses.replace(edition.benchmarks[0], comments=Text(words))
    record = dataclasses.replace(edition, benchmarks=(benchmark, *edition.benchmarks[1:]))
    record = with_question(
        record, "1.1", statements=(Statement(Text(words), (1,)), Statement(Text("After"), (2,)))
    )
    data = made(record)
    document = structure(data)
    tables = list(document.all("Table"))
    assert len(tables) == len(record.questions)
    rows = rows_of(data, 0)
    assert [row[0] for row in rows] == [
        "Expectation", "1.Howarerisksfound?", "2.Whoownsthem?", "3.Whatchanged?",
    ]  # fmt: skip
    assert squeezed(rows[1][1]) == squeezed(words)
    assert squeezed(words) in squeezed("".join(p.text for p in document.all("P")))


def test_a_word_longer_than_its_column_breaks(edition: CycleRecord) -> None:
    statement = Statement(Text("x" * 400), (1,))
    data = made(with_question(edition, "1.2", statements=(statement,)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        width = float(pdf.pages[0].mediabox[2])
    with pdfplumber.open(io.BytesIO(data)) as readable:
        rights = [char["x1"] for page in readable.pages for char in page.chars]
    assert max(rights) < width - 40


@settings(with_fixtures, max_examples=4)
@given(data=st.data())
def test_any_record_makes_a_sound_pdf(
    edition: CycleRecord, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    record = data.draw(records(edition, []))
    file = tmp_path_factory.mktemp("pdf") / "toolkit.pdf"
    file.write_bytes(made(record))
    errors = [each for each in validate(file).findings if each.severity.name == "ERROR"]
    assert errors == []
