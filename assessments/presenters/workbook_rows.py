"""One row of a spreadsheet that isn't ours, and the places it can go to, as people see them."""

from collections.abc import Sequence
from functools import cached_property

from openpyxl.utils import get_column_letter

from assessments.imports.spreadsheet.grid import Grid
from assessments.imports.spreadsheet.plain import Where
from assessments.imports.word.places import Place, prompt_place, question_place
from assessments.models import ReturnedWorkbook, User
from assessments.presenters.import_rows import place_name, question_choices
from assessments.presenters.workbooks import in_tray
from assessments.record_builder import blank_record_on
from assessments.services.workbook_rows import Placed, placed_of

Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class SpreadsheetRow:
    """`number` is that of the sheet; a heading is no such row. `limited_to`: a person who
    answers only what is given to them; one query."""

    def __init__(self, returned: ReturnedWorkbook, number: int, *, limited_to: User | None) -> None:
        self.returned, self.number, self.limited_to = returned, number, limited_to
        self.grid = Grid.read(returned.sheets[returned.columns["sheet"]])
        self.placed = placed_of(returned, number)

    @property
    def is_there(self) -> bool:
        return self.number > self.heading and self.grid.texts(self.number) is not None

    @property
    def heading(self) -> int:
        return int(self.returned.columns["heading"])

    @property
    def name(self) -> str:
        return f"{self.grid.title}, row {self.number}"

    @property
    def cells(self) -> list[tuple[str, str]]:
        """What stands in it, under the headings of the sheet."""
        headings = self.grid.texts(self.heading) or []
        texts = self.grid.texts(self.number) or []
        names = [*headings, *[""] * len(texts)]
        return [
            (names[at].strip() or f"Column {get_column_letter(at + 1)}", text)
            for at, text in enumerate(texts)
            if text.strip()
        ]

    @cached_property
    def groups(self) -> Groups:
        edition = blank_record_on(self.returned.cycle.toolkit, self.returned.cycle.scale)
        groups = question_choices(edition)
        if self.limited_to is None:
            return groups
        given = self.returned.cycle.questions.filter(assignee=self.limited_to)
        mine = {*given.values_list("question__ref", flat=True)}
        return [each for each in groups if Place.read(each[1][0][0]).ref in mine]

    @property
    def place(self) -> str:
        """As the form has it; nothing: in the tray."""
        return self.written(self.placed.where) if self.placed.where else ""

    def written(self, where: Where) -> str:
        edition = blank_record_on(self.returned.cycle.toolkit, self.returned.cycle.scale)
        question = edition.questions[where[0]]
        return str(prompt_place(question, where[1]) if where[1] else question_place(question))

    def said_meanwhile(self, theirs: Placed) -> str:
        """To somebody who chose a place for the row as it was before."""
        now = "it is in the tray"
        if theirs.where:
            now = f"it goes to {place_name(self.written(theirs.where))}"
        return f"{theirs.by} has placed this row meanwhile: {now}. Save again to change that"

    @property
    def next_in_tray(self) -> int | None:
        """The next one, and after the last none: who leaves rows in the tray isn't led round."""
        return next((e.row for e in in_tray(self.returned) if e.row > self.number), None)
