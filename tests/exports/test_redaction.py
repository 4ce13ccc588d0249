"""Nothing restricted is in a public file: not in its text, its metadata, or its bytes."""

import dataclasses
import datetime
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from assessments.exports.files import file_name, render
from assessments.models import Audience, Cycle, ExportFormat, Sensitivity
from assessments.record import (
    Action,
    BenchmarkDecision,
    CycleRecord,
    Decision,
    Document,
    Link,
    Owner,
    Person,
    Statement,
    Text,
    Update,
)
from assessments.texts import texts
from tests.exports.hidden_words import everything_in, found
from tests.exports.small_records import MADE_ON, with_question

RESTRICTED = [each for each in Sensitivity if each != Sensitivity.PUBLIC]
CASES = [
    *((each, ExportFormat.JSON) for each in RESTRICTED),
    *((Sensitivity.EXEMPT_7, each) for each in (ExportFormat.PDF, ExportFormat.XLSX)),
    (Sensitivity.NOT_FOR_PUBLICATION, ExportFormat.PDF),
]
DAY = datetime.date(2019, 7, 13)
DAY_OF_UPDATE = datetime.date(2020, 2, 3)


class Canaries:
    """A word of its own for each place that text can stand in."""

    def __init__(self, sensitivity: Sensitivity) -> None:
        self.sensitivity = sensitivity.value
        self.words: list[str] = []

    def word(self) -> str:
        self.words.append(f"Zqcanary{len(self.words):02}q")
        return self.words[-1]

    def text(self) -> Text:
        return Text(self.word(), self.sensitivity)


def full_of(canaries: Canaries, edition: CycleRecord) -> CycleRecord:
    """Every Text there is, and every plain word that belongs to one."""
    answers = tuple(
        dataclasses.replace(answer, decision=Decision(not_applicable=True, reason=canaries.text()))
        for answer in edition.questions["1.1"].answers
    )
    record = with_question(
        edition,
        "1.1",
        assignee=Person(canaries.word(), f"{canaries.word()}@example.org"),
        answers=answers,
        statements=(
            Statement(canaries.text()),
            Statement(canaries.text(), (1, 2)),
            Statement(canaries.text(), (3,)),
        ),
        documents=(Document(canaries.text(), canaries.text(), canaries.text(), DAY, DAY),),
    )
    public_update = Update(
        DAY_OF_UPDATE, canaries.word(), Text(canaries.word()), Text(), canaries.word()
    )
    action = Action(
        1,
        canaries.text(),
        "completed",
        (Owner(canaries.text(), f"{canaries.word()}@example.org"), Owner(canaries.text())),
        None,
        canaries.text(),
        DAY,
        (Link("1.1", 1), Link("2.1")),
        (
            Update(
                DAY_OF_UPDATE, canaries.word(), canaries.text(), canaries.text(), canaries.word()
            ),
            public_update,  # under a restricted action, and may repeat it
        ),
    )
    update = Update(
        DAY_OF_UPDATE, canaries.word(), canaries.text(), canaries.text(), canaries.word()
    )
    open_action = Action(
        2, Text("May be read"), "in-progress", (Owner(Text("Kept"), f"{canaries.word()}@x.org"),),
        None, Text(), None, (Link("1.2"),), (update,),
    )  # fmt: skip
    dated = Action(3, canaries.text(), "in-progress", (), DAY, Text(), None, (Link("2.1"),))
    benchmark = dataclasses.replace(
        record.benchmarks[0],
        decision=BenchmarkDecision(edition.levels[0], reason=canaries.text()),
        actions=canaries.text(),
        comments=canaries.text(),
    )
    return dataclasses.replace(
        record, benchmarks=(benchmark, *record.benchmarks[1:]), actions=(action, open_action, dated)
    )


def made(record: CycleRecord, audience: Audience, format: ExportFormat) -> bytes:
    return render(record.for_audience(audience), format, history=(), made_on=MADE_ON, logo=None)


@pytest.mark.parametrize(("sensitivity", "format"), CASES)
def test_no_restricted_word_is_in_a_public_file(
    sensitivity: Sensitivity, format: ExportFormat, edition: CycleRecord
) -> None:
    canaries = Canaries(sensitivity)
    record = full_of(canaries, edition)
    data = made(record, Audience.PUBLIC, format)
    assert found(canaries.words, data, format) == set()
    assert sensitivity.withheld_text in b"".join(everything_in(data, format)).decode(
        errors="ignore"
    )
    assert not re.search(b"13 Jul 2019|2019-07-13", b"".join(everything_in(data, format)))


@pytest.mark.parametrize("format", list(ExportFormat))
def test_the_search_finds_every_word_in_a_board_file(
    format: ExportFormat, edition: CycleRecord
) -> None:
    """So that finding none in the public one means something."""
    canaries = Canaries(Sensitivity.EXEMPT_7)
    record = full_of(canaries, edition)
    hits = found(canaries.words, made(record, Audience.BOARD, format), format)
    if format == ExportFormat.JSON:
        assert hits == set(canaries.words)
    elif format == ExportFormat.XLSX:  # which has no e-mail addresses
        assert len(hits) == len(canaries.words) - 3
    else:  # nor who is assigned, nor progress updates
        assert set(texts_of(record)) <= hits


def texts_of(record: CycleRecord) -> Iterator[str]:
    updates = {id(text) for action in record.actions for text in texts(action.updates)}
    for text in texts(record):
        if not text.is_public and id(text) not in updates:
            yield text.value


def test_every_kind_of_text_has_its_word(edition: CycleRecord) -> None:
    """A text added to the record has to be added to the canaries."""
    canaries = Canaries(Sensitivity.EXEMPT_1)
    kinds = set(text_fields(full_of(canaries, edition)))
    every_kind = set(text_fields_of_types())
    assert kinds == every_kind


def text_fields(value: Any) -> Iterator[tuple[str, str]]:
    """(record, field) of each restricted text within."""
    if isinstance(value, tuple):
        for part in value:
            yield from text_fields(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Text):
        for each in dataclasses.fields(value):
            part = getattr(value, each.name)
            if isinstance(part, Text) and part and not part.is_public:
                yield type(value).__name__, each.name
            yield from text_fields(part)


def text_fields_of_types() -> Iterator[tuple[str, str]]:
    from assessments import record

    for name, kind in vars(record).items():
        if dataclasses.is_dataclass(kind) and name != "Text":
            for each in dataclasses.fields(kind):
                if re.fullmatch(r"Text|<class '.*\.Text'>", str(each.type)):
                    yield name, each.name


def test_a_restricted_action_keeps_only_its_place_and_status(edition: CycleRecord) -> None:
    record = full_of(Canaries(Sensitivity.EXEMPT_1), edition)
    data = made(record, Audience.PUBLIC, ExportFormat.XLSX)
    rows = list(load_workbook(io.BytesIO(data))["Actions"].iter_rows(values_only=True))
    says = "Not for publication: paragraph 1"
    assert rows[1] == (1, says, None, None, None, "Completed", None, "1.1, prompt 1\n2.1", None)
    assert rows[3] == (3, says, None, None, None, "In progress", None, "2.1", None)


def test_what_is_public_stays(edition: CycleRecord) -> None:
    canaries = Canaries(Sensitivity.PUBLIC)
    record = full_of(canaries, edition)
    public = record.for_audience(Audience.PUBLIC)
    assert [text.value for text in texts(public)] == [text.value for text in texts(record)]


# The command -----------------------------------------------------------------------------------
@pytest.mark.parametrize("format", list(ExportFormat))
def test_the_command_writes_what_the_page_would(
    format: ExportFormat, cycle: Cycle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call_command("export", str(cycle.pk), "--format", format.value, "--made-on", "2026-01-03")
    name = file_name("Northmere Borough Council", "2025/26", Audience.PUBLIC, format)
    first = (tmp_path / name).read_bytes()
    second = tmp_path / "again"
    call_command(
        "export", str(cycle.pk), "--format", format.value, "--audience", "public",
        "--made-on", "2026-01-03", "-o", str(second),
    )  # fmt: skip
    assert second.read_bytes() == first
    assert b"public" in b"".join(everything_in(first, format)).lower()


def test_the_command_refuses_clearly(cycle: Cycle, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no cycle 999"):
        call_command("export", "999", "-o", str(tmp_path / "x.pdf"))
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("export", str(cycle.pk), "--format", "json", "-o", str(tmp_path / "a" / "b"))
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("export", str(cycle.pk), "--format", "docx")


def test_a_board_file_from_the_command_is_the_board_version(cycle: Cycle, tmp_path: Path) -> None:
    file = tmp_path / "board.xlsx"
    call_command("export", str(cycle.pk), "--format", "xlsx", "--audience", "board", "-o", file)
    assert load_workbook(file)["Front sheet"]["A4"].value == "Board version"
