"""What is found in a workbook that came back, beside what was sent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assessments.imports.problems import ImportProblems
from assessments.workbooks.rows import Note, Row, Said
from assessments.workbooks.values import Vocabulary

MOST_SAID, MOST_NOTES = 5_000, 500
TOO_MANY_CHANGES = "This workbook changes more than 5,000 cells, more than it was sent with."
LEFT_OUT = "Left out: "
NOT_RATED_HERE = "Only prompts have a rating, and questions without prompts"
TWICE = "The same key stands in two rows, and the first of them counts"
UNKNOWN_KEY = "Its key isn’t one of this workbook"
NO_PLACE = "It doesn’t say which question or prompt it belongs to"
NO_QUESTION = "It doesn’t say which question it stands beside"
MOVED = "An action is moved to another question on its own page"
NO_WORDS = "An action can’t be without words: remove it on its own page"
OTHER_COLUMN = "Its column isn’t one of this workbook"
NO_SUCH_PROMPT = "The question has no such prompt"
NO_HEADINGS = "Its headings have gone, so only columns that are known by what stands there are read"
MERGED = "Cells that have been merged are read once, for the first of their rows"


@dataclass
class Reading:
    said: list[Said] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class Findings:
    """`base`: the rows as they were sent, by key. `positions`: of the prompts of each question.
    `seen`: the keys that a file has; `claimed`: those given to rows that had lost theirs."""

    def __init__(
        self, rows: Sequence[Row], vocabulary: Vocabulary, positions: Mapping[str, set[int]]
    ) -> None:
        self.base = {row.key: row for row in rows}
        self.vocabulary, self.positions = vocabulary, positions
        self.reading = Reading()
        self.seen: set[str] = set()
        self.claimed: set[str] = set()

    @cached_property
    def at_place(self) -> dict[tuple[str, int], list[Row]]:
        found = defaultdict(list)
        for row in self.base.values():
            if row.action is None:
                found[row.ref, row.position].append(row)
        return found

    def say(
        self, key: str, cell: str, value: str, place: str, row: Row, more: Mapping[str, str] = {}
    ) -> None:
        said = self.reading.said
        if len(said) >= MOST_SAID:
            raise ImportProblems(TOO_MANY_CHANGES)
        said.append(Said(len(said) + 1, key, cell, value, place, row.ref, row.position, dict(more)))

    def note(self, place: str, says: str, text: str = "") -> None:
        if len(self.reading.notes) < MOST_NOTES:
            self.reading.notes.append(Note(place, says, text))

    def note_missing(self) -> None:
        if missing := len(self.base.keys() - self.seen):
            rows = "1 row" if missing == 1 else f"{missing} rows"
            self.note("", f"Not in the file any more, so left as it stands: {rows} of the workbook")
