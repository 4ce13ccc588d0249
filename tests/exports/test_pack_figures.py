"""Every file of one pack says the same as the snapshot: ratings, counts, actions, evidence."""

import datetime
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Audience,
    Cycle,
    EvidenceStatement,
    Pack,
    PackFile,
    PackVersion,
    PartKind,
    User,
)
from assessments.record import CycleRecord
from assessments.report.blocks import Source
from assessments.services.pack_files import contents, make_version
from assessments.services.pack_sections import add_part
from assessments.snapshots import thaw
from tests.exports.pdf_reading import squeezed, structure
from tests.exports.report.reading import Found, found_in_docx, found_in_html, found_in_pdf
from tests.packs import freeze_now, pack_on, section

LABELS = ("Green", "Amber", "Red", "Notapplicable", "Notdecided")
STATUSES = ("Completed", "Inprogress", "Notstarted")
BLOCKS = (PartKind.RATINGS, PartKind.SCORES, PartKind.OVERDUE)


def filled(cycle: Cycle) -> Cycle:
    """Two benchmarks rated, four actions, evidence; some of it exempt."""
    levels = {level.label: level for level in cycle.scale.levels.all()}
    for number, label, actions, comments in (
        (1, "Green", "All complete", "Reviewed every quarter"),
        (2, "Amber", "Plan the offer", "Uptake fell"),
    ):
        cycle.benchmarks.filter(benchmark__number=number).update(
            rating=levels[label], actions=actions, comments=comments
        )
    questions = {row.question.ref: row.question for row in cycle.questions.all()}
    day = datetime.date(2025, 9, 30)
    for ref, status, due, sensitivity in (
        ("1.1", "completed", day, "public"),
        ("1.1", "in-progress", day, "public"),
        ("1.2", "not-started", None, "public"),
        ("2.2", "in-progress", day, "exempt-1"),
    ):
        action = Action.objects.create(
            council=cycle.council,
            text=f"Act on {ref}, {status}",
            status=status,
            due_date=due,
            sensitivity=sensitivity,
        )
        ActionOwner.objects.create(action=action, name=f"Owner of {ref}")
        ActionLink.objects.create(action=action, cycle=cycle, question=questions[ref])
    for ref, covers, sensitivity in (
        ("1.1", [1, 2], "public"),
        ("1.1", [3], "exempt-7"),
        ("2.1", [], "public"),
    ):
        EvidenceStatement.objects.create(
            cycle=cycle,
            question=questions[ref],
            text=f"Evidence of {ref} {covers}",
            covers=covers,
            sensitivity=sensitivity,
        )
    return cycle


@pytest.fixture
def pack(cycle: Cycle, lead: User, chair: User) -> Pack:
    pack = pack_on(freeze_now(filled(cycle), chair), lead)
    for kind in BLOCKS:
        add_part(section=section(pack, "reasons"), kind=kind, snapshot=pack.snapshot, by=lead)
    return pack


@pytest.fixture
def version(pack: Pack, lead: User) -> PackVersion:
    return make_version(pack=pack, is_draft=False, by=lead)


@pytest.fixture
def source(pack: Pack) -> Source:
    return Source.of(thaw(pack.snapshot.content), Audience.PUBLIC)


@pytest.fixture
def record(source: Source) -> CycleRecord:
    return source.record


def file(version: PackVersion, document: str, format: str) -> bytes:
    wanted = PackFile(
        pack_version=version, document=document, format=format, audience=Audience.PUBLIC
    )
    return contents(wanted, lambda step: None)


def report(version: PackVersion, format: str) -> Found:
    data = file(version, "report", format)
    if format == "html":
        return found_in_html(data.decode())
    return found_in_pdf(data) if format == "pdf" else found_in_docx(data)


# What the snapshot says ------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """One benchmark on a front sheet."""

    title: str
    rating: str
    actions: str
    comments: str


def lines_of(record: CycleRecord) -> list[Line]:
    return [
        Line(
            squeezed(f"{each.number}. {each.short_title}"),
            squeezed(each.decision.label),
            squeezed(str(each.actions)),
            squeezed(str(each.comments)),
        )
        for each in record.benchmarks
    ]


def counts_of(record: CycleRecord) -> Counter[str]:
    return Counter(line.rating for line in lines_of(record))


def actions_of(record: CycleRecord) -> Counter[tuple[str, str]]:
    """Text and status, once for each question that an action stands beside."""
    return Counter(
        (squeezed(str(action.text)), squeezed(action.status_label))
        for action in record.actions
        for _ in {link.ref for link in action.links}
    )


def evidence_of(record: CycleRecord) -> list[str]:
    return [
        squeezed(str(statement.text))
        for question in record.questions.values()
        for statement in question.statements
    ]


def label_of(mark: str) -> str:
    """Without its shape."""
    return next(label for label in LABELS if mark.endswith(label))


# What the report says --------------------------------------------------------------------------
REPORTS = pytest.mark.parametrize("format", ["pdf", "docx", "html"])


def counts_in(words: str) -> Counter[str]:
    """“rates 1 benchmark Green and 1 Amber” → how many of each."""
    said = re.search(r"rates((?:and|,|\d+|benchmarks?|" + "|".join(LABELS) + ")+)", words)
    assert said
    found = re.findall(rf"(\d+)(?:benchmarks?)?({'|'.join(LABELS)})", said[1])
    return Counter({label: int(number) for number, label in found})


def front_sheets_in(found: Found, record: CycleRecord) -> Iterator[list[Line]]:
    """Each of the report's, as its lines stand in order."""
    titles = [line.title for line in lines_of(record)]
    starts = [place for place, line in enumerate(found.lines) if line == titles[0]]
    for start in starts:
        lines = found.lines[start : start + 4 * len(titles)]
        if lines[2].startswith("Actions:"):
            yield [
                Line(
                    title, label_of(mark), actions.removeprefix("Actions:"),
                    comments.removeprefix("Comments:"),
                )
                for title, mark, actions, comments in zip(*[iter(lines)] * 4, strict=True)
            ]  # fmt: skip


@REPORTS
def test_the_report_says_what_the_snapshot_says(
    format: str, version: PackVersion, source: Source
) -> None:
    record, found = source.record, report(version, format)
    sheets = list(front_sheets_in(found, record))
    assert len(sheets) == 2  # the one it begins with, and ours
    assert all(sheet == lines_of(record) for sheet in sheets)
    (scores,) = [grid for grid in found.tables if grid[0] == ["Benchmark", "Rating"]]
    assert [(title, label_of(mark)) for title, mark in scores[1:]] == [
        (line.title, line.rating) for line in lines_of(record)
    ]
    said = [line for line in found.lines if "rates" in line and "benchmark" in line]
    assert len(said) >= 3
    assert all(counts_in(line) == counts_of(record) for line in said)


@REPORTS
def test_the_report_shows_every_overdue_action(
    format: str, version: PackVersion, source: Source
) -> None:
    grids = [grid for grid in report(version, format).tables if grid[0] == ["Action", "Who", "Due"]]
    assert len(source.overdue) == 1, "an exempt one has no date that the public may know"
    for grid in grids:
        assert grid[1:] == [
            [squeezed(str(action.text)), squeezed("Owner of 1.1"), squeezed(f"{due:%-d %B %Y}")]
            for action, due in source.overdue
        ]
    assert len(grids) == 2


# What the appendix says ------------------------------------------------------------------------
def test_the_appendix_on_paper_says_what_the_snapshot_says(
    version: PackVersion, record: CycleRecord
) -> None:
    document = structure(file(version, "appendix", "pdf"))
    said = squeezed(document.text)
    cards = [squeezed(each.text) for each in document.all("H3")][: len(record.benchmarks)]
    assert [label_of(card) for card in cards] == [line.rating for line in lines_of(record)]
    for line in lines_of(record):
        assert f"Actions:{line.actions}Comments:{line.comments}" in said
    for label, number in counts_of(record).items():
        assert re.search(rf"{label}{number}benchmark", said)
    cells = [
        [squeezed(cell.text) for cell in row.all("TD")]
        for table in document.all("Table")
        for row in table.all("TR")
    ]
    rows = [row for row in cells if row]
    assert read_actions("".join(row[2] for row in rows)) == actions_of(record)
    evidence = "".join(row[1] for row in rows)
    assert [text for text in evidence_of(record) if evidence.count(text) != 1] == []


def read_actions(words: str) -> Counter[tuple[str, str]]:
    """Texts with their statuses, out of all cells of the column for actions."""
    facts = rf"(?:Who:.*?)?(?:Due:.*?)?Status:({'|'.join(STATUSES)})(?:on\d+[A-Z][a-z]+\d{{4}})?"
    return Counter(re.findall(rf"(.+?){facts}", re.sub(r"Wholequestion:", "", words)))


def test_the_workbook_says_what_the_snapshot_says(
    version: PackVersion, record: CycleRecord
) -> None:
    sheets = load_workbook(io.BytesIO(file(version, "appendix", "xlsx")))
    front = [row for row in sheets["Front sheet"].iter_rows(values_only=True) if is_count(row[0])]
    assert [
        Line(squeezed(f"{row[0]}. {row[1]}"), label_of(squeezed(row[2])), *map(as_text, row[3:5]))
        for row in front
    ] == lines_of(record)
    rows = [row for row in sheets["Actions"].iter_rows(values_only=True) if is_count(row[0])]
    assert [(row[0], row[1], row[5]) for row in rows] == [
        (each.number, str(each.text), each.status_label) for each in record.actions
    ]
    detail = list(sheets["Detail"].iter_rows(values_only=True))
    (column,) = [row.index("Evidence") for row in detail if "Evidence" in row]
    said = "".join(as_text(row[column]) for row in detail)
    assert [text for text in evidence_of(record) if text not in said] == []


def is_count(value: object) -> bool:
    return isinstance(value, int)


def as_text(value: object) -> str:
    return squeezed(str(value or ""))
