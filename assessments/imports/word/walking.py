"""From rows to entries with their parts, each under the question it stands below."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessments.imports.word.answer_cells import NamedCells, parts_of, rating
from assessments.imports.word.blocks import Cell, Row
from assessments.imports.word.column_choice import LOOKED_AT, ColumnChoice
from assessments.imports.word.columns import Columns
from assessments.imports.word.entries import Entry, Part, Role, State
from assessments.imports.word.front_sheet import FIELD, Box, FrontCell, FrontRows, read_front_cell
from assessments.imports.word.headings import Heading, HeadingReader
from assessments.imports.word.marks import Mark
from assessments.imports.word.places import FRONT, Place, prompts_of
from assessments.record import CycleRecord, Level


@dataclass(frozen=True)
class Draft:
    """An entry yet to be placed. `ref`, `benchmark`: the headings it stands below; `section`
    counts them. `same_prompt`: its prompt cell is merged with that of the row above;
    `position`: the prompt it stands below, where there is no table."""

    entry: Entry
    ref: str = ""
    benchmark: int = 0
    section: int = 0
    same_prompt: bool = False
    position: int = 0
    in_table: bool = True

    @property
    def asked(self) -> str:
        return self.entry.text(Role.PROMPT)


@dataclass
class Walk:
    edition: CycleRecord
    drafts: list[Draft] = field(default_factory=list)
    heading: Heading = field(default_factory=Heading)
    section: int = 0
    position: int = 0
    columns: Columns | None = None
    open_cells: dict[int, tuple[Role, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headings = HeadingReader(self.edition)
        self.choice = ColumnChoice(self.edition)
        self.levels: Sequence[Level] = self.edition.levels

    def rows(self, rows: Sequence[Row]) -> list[Draft]:
        at = 0
        while at < len(rows):
            end = at + 1
            while rows[at].table and end < len(rows) and rows[end].table == rows[at].table:
                end += 1
            if rows[at].table:
                self.table(rows[at:end])
            else:
                self.line(rows[at])
            at = end
        return self.drafts

    def line(self, row: Row) -> None:
        heading = self.headings.read(row.text, at_the_start=not self.drafts)
        if heading:
            self.enter(heading, row)
        elif position := self.headings.prompt(row.text, self.heading.ref):
            self.position = position
            self.label(row)
        elif not self.heading.ref and (found := self.front_line_of_text(row)):
            self.front_entry(row, found)
        else:
            self.free_text(row)

    def front_line_of_text(self, row: Row) -> FrontCell | None:
        """“RAG Rating: Green” below a benchmark’s title, on a front sheet without a table."""
        if not self.heading.benchmark:
            return None
        boxes = {0: Box(self.heading.benchmark)}
        is_labelled = FIELD.match(row.text)
        found = FrontRows(self.headings, self.levels, boxes).read(row) if is_labelled else ()
        return next((each for _, each in found), None)

    def enter(self, heading: Heading, row: Row) -> None:
        self.label(row)
        if heading.ref or heading.benchmark:
            self.heading, self.position = heading, 0
            self.section += 1

    def label(self, row: Row) -> None:
        parts = tuple(Part(Role.LABEL, cell.text) for cell in row.filled)
        self.add(row, parts, state=State.LABEL)

    def free_text(self, row: Row) -> None:
        """Paragraphs that follow each other are one text."""
        last = self.drafts[-1] if self.drafts else None
        if last and not last.in_table and not last.entry.is_label and last.section == self.section:
            text = f"{last.entry.text(Role.EVIDENCE)}\n{row.text}"
            entry = dataclasses.replace(last.entry, parts=(Part(Role.EVIDENCE, text),))
            self.drafts[-1] = dataclasses.replace(last, entry=entry)
        else:
            self.add(row, (Part(Role.EVIDENCE, row.text),), in_table=False)

    def table(self, rows: Sequence[Row]) -> None:
        self.open_cells = {}
        stacked = FrontRows(self.headings, self.levels)
        if self.is_front_sheet(rows):
            for row in rows:
                self.front_row(row)
        elif stacked.is_one(rows):
            for row in rows:
                self.stacked_row(stacked, row)
        else:
            self.answers(rows)

    def answers(self, rows: Sequence[Row]) -> None:
        self.columns = self.choice.of_table(rows, self.heading.ref)
        first = len(self.drafts)
        for at, row in enumerate(rows):
            self.table_row(row, rows[at + 1 : at + 1 + LOOKED_AT])
        if any(draft.entry.place.startswith(FRONT) for draft in self.drafts[first:]):
            self.choice.named = None  # what a front sheet calls its columns says nothing of others

    def stacked_row(self, stacked: FrontRows, row: Row) -> None:
        for cells, found in stacked.read(row):
            if found:
                self.front_entry(row, found)
            else:
                for cell in cells:
                    self.other_text(row, cell)

    def is_front_sheet(self, rows: Sequence[Row]) -> bool:
        cells = [cell for row in rows for cell in row.filled]
        boxes = sum(self.front_cell(cell) is not None for cell in cells)
        return boxes > 0 and boxes * 2 >= len(cells)

    def front_cell(self, cell: Cell) -> FrontCell | None:
        return read_front_cell(cell, self.headings, self.levels)

    def front_row(self, row: Row) -> None:
        for cell in row.filled:
            found = self.front_cell(cell)
            if found is None:
                self.other_text(row, cell)
            else:
                self.front_entry(row, found)

    def front_entry(self, row: Row, found: FrontCell) -> None:
        is_label = not found.mark and all(part.role == Role.LABEL for part in found.parts)
        self.add(
            row,
            found.parts,
            mark=found.mark,
            state=State.LABEL if is_label else State.PLACED,
            place="" if is_label else str(Place(benchmark=found.benchmark)),
            score=found.score,
        )

    def other_text(self, row: Row, cell: Cell) -> None:
        heading = self.headings.read(cell.text, at_the_start=True)
        role = Role.LABEL if heading else Role.UNKNOWN
        state = State.LABEL if heading else State.TRAY
        self.add(row, (Part(role, cell.text),), state=state)

    def table_row(self, row: Row, below: Sequence[Row]) -> None:
        if columns := self.choice.of_row(row, below):
            self.open_cells = {}
            self.columns = columns
            self.label(row)
        elif len(row.filled) == 1 and self.is_heading_row(row):
            self.enter(self.headings.read(row.text) or Heading(), row)
        else:
            self.answer_row(row)

    def is_heading_row(self, row: Row) -> bool:
        """One cell alone: across the table, or with nothing beside it."""
        found = self.headings.read(row.text)
        continues = any(cell.continues for cell in row.cells)
        return found is not None and not continues and not self.is_asked_here(row.text)

    def is_asked_here(self, text: str) -> bool:
        """The question's own text as the only row below it, as where it has no prompts."""
        question = self.edition.questions.get(self.heading.ref)
        found = self.headings.question(text)
        return bool(question and found and found.ref == question.ref and not prompts_of(question))

    def answer_row(self, row: Row) -> None:
        assert self.columns is not None
        cells = [(self.columns.of(cell), cell) for cell in row.cells]
        asked = "\n".join(c.text for column, c in cells if column and column.role == Role.PROMPT)
        ref = "".join(c.text for column, c in cells if column and column.role == Role.REF)
        heading = self.headings.question(asked) or self.headings.question(ref)
        if asked and heading is None and (front := self.headings.titled(asked)):
            self.front_line(row, cells, front.number)
            return
        if heading and heading.ref != self.heading.ref:
            self.heading, self.position = heading, 0
            self.section += 1
        parts, mark = parts_of(cells, self.levels)
        joined = self.joined(cells)
        if not parts and not joined and not self.rates_alone(cells):
            return
        same = any(c.continues for column, c in cells if column and column.role == Role.PROMPT)
        self.add(row, parts, mark=mark, joined=joined, same_prompt=same)
        self.remember(cells)

    def rates_alone(self, cells: NamedCells) -> bool:
        """An empty row that is coloured where ratings stand, and not for show."""
        return any(
            column and column.role == Role.RATING and rating(cell, column, self.levels)
            for column, cell in cells
        )

    def front_line(self, row: Row, cells: NamedCells, number: int) -> None:
        """A front sheet with a benchmark to the row."""
        parts, mark = parts_of(cells, self.levels)
        roles = {Role.EVIDENCE: Role.FRONT_COMMENTS, Role.ACTION: Role.FRONT_ACTIONS}
        roles[Role.PROMPT] = Role.LABEL
        told = tuple(Part(roles.get(part.role, part.role), part.text) for part in parts)
        place = str(Place(benchmark=number))
        self.add(row, told, mark=mark, state=State.PLACED, place=place, score=100)

    def joined(self, cells: NamedCells) -> dict[str, int]:
        found = (self.open_cells.get(cell.column) for _, cell in cells if cell.continues)
        return {role.value: number for role, number in filter(None, found)}

    def remember(self, cells: NamedCells) -> None:
        """Which entry the text of each column belongs to, for the merged cells below."""
        number = self.drafts[-1].entry.number
        for column, cell in cells:
            if not cell.continues:
                role = column.role if column else Role.UNKNOWN
                self.open_cells[cell.column] = (role, number)

    def add(
        self,
        row: Row,
        parts: tuple[Part, ...],
        *,
        mark: Mark = Mark(),  # noqa: B008 - never altered
        state: State = State.TRAY,
        place: str = "",
        score: int = 0,
        joined: dict[str, int] | None = None,
        same_prompt: bool = False,
        in_table: bool = True,
    ) -> None:
        entry = Entry(
            number=len(self.drafts) + 1,
            table=row.table,
            row=row.row,
            parts=parts,
            state=state,
            place=place,
            proposed=place,
            score=score,
            rating=mark.rating,
            not_applicable=mark.not_applicable,
            joined=joined or {},
        )
        self.drafts.append(
            Draft(
                entry,
                self.heading.ref,
                self.heading.benchmark,
                self.section,
                same_prompt,
                self.position,
                in_table,
            )
        )
