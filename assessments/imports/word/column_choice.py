"""Which columns a table has: by its own headings, by those of the table before, or by guessing."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.imports.word.blocks import Row
from assessments.imports.word.columns import (
    Columns,
    carried_on,
    guessed_columns,
    heading_columns,
    named_columns,
    settled,
)
from assessments.imports.word.places import prompts_of
from assessments.imports.word.wording import most_alike
from assessments.record import CycleRecord

PROMPT_LIKE = 70
LOOKED_AT = 40  # rows; a table may have thousands


@dataclass
class ColumnChoice:
    """`named`: by a row of headings, which often stands only once. `heads`: of the row before,
    where it was one of headings."""

    edition: CycleRecord
    named: Columns | None = None
    heads: Columns | None = None

    def of_table(self, rows: Sequence[Row], ref: str) -> Columns:
        """`ref`: of the question it stands below."""
        self.heads = None
        if named := named_columns(rows, self.edition.levels):
            self.named = settled(named, rows[:LOOKED_AT], self.edition.levels)
            return self.named
        guessed = self.guess(rows, ref)
        carried = carried_on(self.named, rows) if self.named else None
        self.named = carried if carried and carried.asks_in(guessed) else None
        return self.named or guessed

    def of_row(self, row: Row, below: Sequence[Row]) -> Columns | None:
        """Where it is a row of headings, which may be the second of two."""
        self.heads = heading_columns(row, self.edition.levels, self.heads)
        return self.heads and settled(self.heads, below[:LOOKED_AT], self.edition.levels)

    def guess(self, rows: Sequence[Row], ref: str) -> Columns:
        """The column of prompts is the one that reads most like those asked here."""
        question = self.edition.questions.get(ref)
        asked = [question] if question else list(self.edition.questions.values())
        wordings = [w for each in asked for w in (each.text, *prompts_of(each).values())]
        scores: dict[int, float] = {}
        for row in rows[:LOOKED_AT]:
            for cell in row.filled:
                best = most_alike(cell.text, wordings, least=PROMPT_LIKE) or PROMPT_LIKE
                scores[cell.column] = scores.get(cell.column, 0) + best - PROMPT_LIKE
        first = min((cell.column for row in rows for cell in row.cells), default=0)
        column = max(scores, key=lambda start: (scores[start], -start), default=first)
        return guessed_columns(rows, column, self.edition.levels)
