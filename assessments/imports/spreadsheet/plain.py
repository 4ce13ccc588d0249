"""A spreadsheet that isn't ours, read by columns that a person names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assessments.imports.spreadsheet.findings import NOT_RATED_HERE, Reading
from assessments.imports.spreadsheet.grid import Grid
from assessments.imports.word.actions import propose
from assessments.imports.word.columns import HEADINGS
from assessments.imports.word.entries import Role
from assessments.imports.word.marks import says_nothing
from assessments.imports.word.matching import CLEAR_LEAD, POSSIBLE, SURE, SURE_ANYWHERE
from assessments.imports.word.wording import likeness, plain
from assessments.record import CycleRecord, Question
from assessments.workbooks.rows import Note, Row, Said
from assessments.workbooks.values import (
    ACTION,
    ACTION_READERS,
    BESIDE,
    COMPLETED_ON,
    COVERS,
    DUE,
    EVIDENCE,
    OWNERS,
    PROGRESS,
    RATING,
    READERS,
    REASON,
    STATUS,
    Raw,
    Unreadable,
    Vocabulary,
    text_of,
)

NUMBER = "number"
ROLES = {
    Role.REF.value: "Number of the question, such as 7.1",
    NUMBER: "Number of the prompt",
    Role.PROMPT.value: "Wording of the prompt or question",
    Role.RATING.value: "Rating",
    Role.EVIDENCE.value: "Evidence",
    Role.ACTION.value: "Action",
    Role.OWNER.value: "Who does the action",
    Role.DUE.value: "When the action is due",
    Role.STATUS.value: "Status of the action",
}
PLACES = {Role.REF.value, Role.PROMPT.value}
CONTENTS = {Role.RATING.value, Role.EVIDENCE.value, Role.ACTION.value}
HEADINGS_WITHIN = 20
NO_MATCH = "Nothing in the toolkit is like it"
KEPT = "Somebody has kept it in the tray"
NO_ACTION = "No action stands beside it"
NUMBERS_A_ROW = 10  # of what a row says, so that each keeps its number wherever the row goes
PARTS = (RATING, EVIDENCE, ACTION)
REF = re.compile(r"(?:q(?:uestion)?\s*)?(\d{1,2}\.\d{1,2})(?!\d)", re.I)
AT_PROMPT = re.compile(r"[\s./(,]+(?:prompt\s*)?(\d{1,2})\)?\Z", re.I)

Columns = Mapping[str, int]  # role → column, from 1
Where = tuple[str, int]  # a question and a position of its prompts; 0: as a whole


@dataclass(frozen=True)
class Guess:
    heading: int
    columns: dict[str, int]


def guess(grid: Grid) -> Guess:
    """By the words of the headings that people use."""
    best = Guess(0, {})
    for number, texts in grid.rows[:HEADINGS_WITHIN]:
        found: dict[str, int] = {}
        for column, text in enumerate(texts, start=1):
            role = role_called(text)
            if role:
                found.setdefault(role, column)
        if len(found) > max(len(best.columns), 1):
            best = Guess(number, found)
    return best


def role_called(text: str) -> str:
    words = plain(text)
    if words in {"prompt no", "prompt number"}:
        return NUMBER
    return next((role.value for role, names in HEADINGS.items() if words in names), "")


def blank(row: Row) -> Row:
    """What a spreadsheet is compared with that was never sent: nothing."""
    cells = {COVERS: str(row.position or ""), READERS: "public"}
    answer = {RATING: "", REASON: ""} if row.answer is not None else {}
    return Row(row.key, row.ref, row.position, row.answer, cells={EVIDENCE: "", **cells, **answer})


def read_plain(
    grid: Grid,
    heading: int,
    columns: Columns,
    *,
    edition: CycleRecord,
    vocabulary: Vocabulary,
    readers: str,
) -> Reading:
    """`readers`: who may read the texts that are added."""
    reader = PlainReader(grid, heading, columns, edition, vocabulary, readers)
    for number, texts in grid.rows:
        if number > heading:
            reader.read(number, texts)
    return reader.reading


def read_row(
    grid: Grid,
    number: int,
    heading: int,
    columns: Columns,
    place: Where | None,
    *,
    edition: CycleRecord,
    vocabulary: Vocabulary,
    readers: str,
) -> Reading:
    """One row, at the place that a person chose; None: in the tray."""
    reader = PlainReader(grid, heading, columns, edition, vocabulary, readers)
    reader.number, reader.texts = number, grid.texts(number) or []
    reader.take(place, KEPT)
    return reader.reading


def row_of(said: Said) -> int:
    return said.number // NUMBERS_A_ROW


class PlainReader:
    def __init__(
        self,
        grid: Grid,
        heading: int,
        columns: Columns,
        edition: CycleRecord,
        vocabulary: Vocabulary,
        readers: str,
    ) -> None:
        self.grid, self.columns, self.edition = grid, columns, edition
        self.headings = [text.strip() for text in grid.texts(heading) or []]
        self.vocabulary, self.readers = vocabulary, readers
        self.reading = Reading()
        self.question: Question | None = None  # that of the rows above
        self.above: Where | None = None

    def read(self, number: int, texts: Sequence[str]) -> None:
        self.number, self.texts = number, texts
        self.above = self.find()
        if any(self.text(role) for role in CONTENTS):  # no heading, and somebody answered it
            self.take(self.above, NO_MATCH)

    def take(self, place: Where | None, unless: str) -> None:
        """`unless`: what the note says where there is no place."""
        if place is None:
            self.note(unless, self.whole, in_tray=True)
            return
        self.rating(*place)
        self.evidence(*place)
        self.action(*place)

    def text(self, role: str) -> str:
        column = self.columns.get(role, 0)
        return self.texts[column - 1].strip() if 0 < column <= len(self.texts) else ""

    @property
    def whole(self) -> str:
        """The row as it stands, under its headings, to be read without the file."""
        cells = zip_longest(self.headings[: len(self.texts)], self.texts, fillvalue="")
        said = ((name, text) for name, text in cells if text.strip())
        return "\n".join(f"{name}: {text}" if name else text for name, text in said)

    @property
    def place(self) -> str:
        return f"{self.grid.title}, row {self.number}"

    def note(self, says: str, text: str = "", *, in_tray: bool = False) -> None:
        self.reading.notes.append(Note(self.place, says, text, self.number, in_tray))

    def say(self, key: str, cell: str, value: str, where: Where, **more: str) -> None:
        number = self.number * NUMBERS_A_ROW + PARTS.index(cell)
        self.reading.said.append(Said(number, key, cell, value, self.place, *where, more))

    def find(self) -> Where | None:
        """The question by its number, else that of the rows above; the prompt by its number or
        its words. A row that names neither goes on where the row above stands."""
        words, said = self.text(Role.PROMPT), self.text(Role.REF)
        match = REF.match(said) or REF.match(words)
        if match and (named := self.edition.questions.get(match[1])):
            self.question = named
            at = AT_PROMPT.match(said.removeprefix(match[0]))
            words = words.removeprefix(match[0]).strip()
            return self.within(words, at[1] if at else self.text(NUMBER), is_named=True)
        if match:
            return None
        if not words:
            return self.above
        return self.within(words, self.text(NUMBER)) or self.anywhere(words)

    def within(self, words: str, number: str, *, is_named: bool = False) -> Where | None:
        question = self.question
        if question is None:
            return None
        prompts = {each.position: each.prompt for each in question.answers if each.position}
        if number.isascii() and number.isdigit() and int(number) in prompts:
            return question.ref, int(number)
        if is_named and not (words and prompts) or likeness(words, question.text) >= SURE:
            return question.ref, 0
        scores = sorted(((likeness(words, text), at) for at, text in prompts.items()), reverse=True)
        best, position = scores[0] if scores else (0, 0)
        lead = best - (scores[1][0] if len(scores) > 1 else 0)
        is_sure = best >= SURE or (best >= POSSIBLE and lead >= CLEAR_LEAD)
        return (question.ref, position) if is_sure and lead > 0 else None

    def anywhere(self, words: str) -> Where | None:
        """The liker one, unless two are alike: a text may stand at two prompts."""
        scores = sorted(
            (
                (likeness(words, each.prompt or question.text), ref, each.position)
                for ref, question in self.edition.questions.items()
                for each in question.answers
            ),
            reverse=True,
        )
        best, ref, position = scores[0]
        if best < SURE_ANYWHERE or (len(scores) > 1 and scores[1][0] == best):
            return None
        self.question = self.edition.questions[ref]
        return ref, position

    def rating(self, ref: str, position: int) -> None:
        said = self.text(Role.RATING)
        if not said:
            return
        if position not in {each.position for each in self.edition.questions[ref].answers}:
            self.note(NOT_RATED_HERE, said)
            return
        try:
            value = self.vocabulary.read(RATING, Raw(said))
        except Unreadable as problem:
            self.note(str(problem), said)
            return
        if value:
            self.say(f"{ref}/{position}", RATING, value, (ref, position))

    def evidence(self, ref: str, position: int) -> None:
        said = self.text(Role.EVIDENCE)
        if not said or says_nothing(said):
            return
        if text := self.readable(said):
            more = {COVERS: str(position or ""), READERS: self.readers}
            self.say(f"new/{self.place}", EVIDENCE, text, (ref, position), **more)

    def action(self, ref: str, position: int) -> None:
        said = self.text(Role.ACTION)
        owner, due, status = beside = [
            self.text(role) for role in (Role.OWNER, Role.DUE, Role.STATUS)
        ]
        if not said or says_nothing(said):
            if left := [each for each in beside if each and not says_nothing(each)]:
                self.note(NO_ACTION, "\n".join(left))
            return
        found = propose(said, owner=owner, due=due, status=status)
        if text := self.readable(found.text):
            more = {
                OWNERS: "\n".join(found.owners),
                DUE: found.due_date.isoformat() if found.due_date else found.due_words,
                STATUS: found.status,
                COMPLETED_ON: "",
                BESIDE: f"{ref} {position}",
                ACTION_READERS: self.readers,
                PROGRESS: "",
            }
            self.say(f"new/action {self.place}", ACTION, text, (ref, position), **more)

    def readable(self, said: str) -> str:
        """Nothing, and a note, where it is too long."""
        try:
            return text_of(said)
        except Unreadable as problem:
            self.note(str(problem), said)
            return ""
