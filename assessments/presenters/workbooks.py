"""What a workbook that came back would change, as a person reviews it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from assessments.imports.spreadsheet.plain import row_of
from assessments.models import Cycle, ReturnedWorkbook, User
from assessments.services.history import last_author
from assessments.services.workbooks import merge_of, source_of, vocabulary_of
from assessments.words import Piece, readable_diff, word_diff
from assessments.workbooks.merging import LEAVE, TAKE, TOGETHER, Change, Merge
from assessments.workbooks.reading import CycleRows, read_state
from assessments.workbooks.rows import Note, notes_from
from assessments.workbooks.values import (
    ACTION,
    PROGRESS,
    STATEMENT_CELLS,
    TEXTS,
    TITLES,
    Vocabulary,
    place_words,
)

CHANGES_A_PAGE = 50
LONGEST_NAME = 60
TO_DECIDE, NEW, LEFT, REFUSED = "decide", "new", "left", "refused"
NOTHING = "(nothing)"


@dataclass(frozen=True)
class ShownChange:
    change: Change
    rows: CycleRows
    vocabulary: Vocabulary
    was_sent: bool

    @property
    def number(self) -> int:
        return self.change.said.number

    @property
    def cell(self) -> str:
        return self.change.said.cell

    @property
    def what(self) -> str:
        """“Rating”, “New evidence”."""
        if self.change.is_new and self.cell != PROGRESS:
            return f"New {TITLES[self.cell].lower()}"
        return TITLES[self.cell]

    @property
    def where(self) -> str:
        """“7.1, prompt 2”, or the words of the action."""
        said = self.change.said
        if self.change.row.action is not None:
            words = self.change.row.cells.get(ACTION, "")
            short = words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME]}…"
            return f"Action “{short}”"
        return place_words(said.ref, str(said.position))

    @property
    def title(self) -> str:
        """Without a word of the council's, which a title may not hold."""
        of_action = self.change.row.action is not None
        return f"{'Action' if of_action else self.where}: {self.what}"

    @property
    def asked(self) -> str:
        """The wording there."""
        question = self.rows.asked.by_ref.get(self.change.said.ref)
        if question is None or self.change.row.action is not None:
            return ""
        prompts = {prompt.position: prompt.text for prompt in question.prompts.all()}
        return prompts.get(self.change.said.position, question.text)

    @property
    def tag(self) -> tuple[str, str]:
        change = self.change
        if change.refused:
            return "Not yours", "new"
        if change.choice:
            return {
                TAKE: ("Taken", "done"),
                TOGETHER: ("Both together", "done"),
                LEAVE: ("Left out", "new"),
            }[change.choice]
        if change.is_gone:
            return "Removed meanwhile", "late"
        if change.is_conflict:
            return ("Saved meanwhile" if self.was_sent else "Differs"), "late"
        if change.is_rival:
            return "Two rows differ", "late"
        if change.is_emptied:
            return "Emptied", "waiting"
        return ("New", "started") if change.is_new else ("Change", "started")

    @property
    def row(self) -> int:
        """Of a spreadsheet that isn't ours, whose rows can be placed elsewhere; else 0."""
        return 0 if self.was_sent else row_of(self.change.said)

    @property
    def is_text(self) -> bool:
        return self.cell in TEXTS

    @property
    def sent(self) -> str:
        return self.words(self.change.sent)

    @property
    def stands(self) -> str:
        return self.words(self.change.stands)

    @property
    def said(self) -> str:
        return self.words(self.change.said.value)

    @property
    def after(self) -> str:
        """What will stand there."""
        return self.words(self.change.value if self.change.is_taken else self.change.stands)

    @property
    def pieces(self) -> Sequence[Piece]:
        """What is saved and what the workbook says, in one."""
        return readable_diff(self.change.stands, self.change.said.value)

    @property
    def all_pieces(self) -> Sequence[Piece]:
        return word_diff(self.change.stands, self.change.said.value)

    @property
    def details(self) -> list[tuple[str, str]]:
        """The other cells of what is new."""
        more = self.change.said.more.items()
        return [(TITLES[name], self.vocabulary.words(name, value)) for name, value in more if value]

    def words(self, value: str) -> str:
        return self.vocabulary.words(self.cell, value) or NOTHING

    @cached_property
    def saved_by(self) -> str:
        """Who saved what stands there now. One query."""
        row, state = self.change.row, self.rows.state
        statement = state.statements.get(row.statement or 0)
        answer = state.answers.get(row.answer or 0)
        of_statement = self.cell in STATEMENT_CELLS
        record = state.actions.get(row.action or 0) or (statement if of_statement else answer)
        return last_author(record)[0] if record else ""


class Review:
    """What one file would change. Six queries, for what the cycle holds now; seven for a person
    who is `limited_to` what is given to them."""

    def __init__(
        self,
        returned: ReturnedWorkbook,
        *,
        limited_to: User | None = None,
        show: str = "",
        page: str | None = None,
    ) -> None:
        self.returned, self.limited_to = returned, limited_to
        self.show = show if show in FILTERS else ""
        self.number = page
        self.rows = CycleRows(returned.cycle, read_state(returned.cycle))
        self.vocabulary = vocabulary_of(self.rows)

    @cached_property
    def merge(self) -> Merge:
        return merge_of(self.returned, self.rows.state, limited_to=self.limited_to)

    @property
    def source(self) -> str:
        return source_of(self.returned)

    @property
    def notes(self) -> list[Note]:
        return [each for each in notes_from(self.returned.notes) if not each.in_tray]

    @property
    def tray(self) -> list[Note]:
        """Rows without a place, as they stand in the file."""
        return in_tray(self.returned)

    @property
    def refused(self) -> int:
        return len(self.merge.refused)

    @property
    def to_decide(self) -> int:
        return len(self.merge.waiting)

    @property
    def taken(self) -> int:
        return len(self.merge.taken)

    @property
    def left(self) -> int:
        return len(self.found(LEFT))

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        """Address, name, and how many."""
        counted = [(each, name, len(self.found(each))) for each, name in FILTERS.items()]
        shown = [each for each in counted if each[2] or each[0] != REFUSED]
        return [("", "Everything", len(self.merge.changes)), *shown]

    def found(self, show: str) -> list[Change]:
        if show == TO_DECIDE:
            return self.merge.waiting
        if show == NEW:
            return [each for each in self.merge.changes if each.is_new]
        if show == REFUSED:
            return self.merge.refused
        if show == LEFT:
            found = (each for each in self.merge.changes if not each.refused)
            return [each for each in found if not (each.is_taken or each.is_for_a_person)]
        return [*self.merge.changes]

    @cached_property
    def page(self) -> Page[Change]:
        return Paginator(self.found(self.show), CHANGES_A_PAGE).get_page(self.number)

    @property
    def changes(self) -> list[ShownChange]:
        return [self.shown(each) for each in self.page.object_list]

    def shown(self, change: Change) -> ShownChange:
        was_sent = self.returned.workbook is not None
        return ShownChange(change, self.rows, self.vocabulary, was_sent)

    def change(self, number: int) -> ShownChange | None:
        found = (each for each in self.merge.changes if each.said.number == number)
        return next(map(self.shown, found), None)

    @property
    def unreasoned(self) -> list[ShownChange]:
        return [self.shown(each) for each in self.merge.unreasoned]

    def next_to_decide(self, after: int) -> int | None:
        """The next one; after the last, the first."""
        waiting = [each.said.number for each in self.merge.waiting]
        return next((each for each in waiting if each > after), waiting[0] if waiting else None)


FILTERS = {TO_DECIDE: "To decide", NEW: "New", LEFT: "Left out", REFUSED: "Not yours"}


def with_leftovers(cycle: Cycle) -> QuerySet[ReturnedWorkbook]:
    """Files that have been written, and hold something that wasn't taken."""
    return cycle.returned_workbooks.exclude(confirmed_at=None).exclude(notes=[])


def left_over(cycle: Cycle) -> list[tuple[ReturnedWorkbook, list[Note]]]:
    """File by file, the latest first. One query."""
    found = (
        with_leftovers(cycle).select_related("by").only("file_name", "uploaded_at", "notes", "by")
    )
    return [(each, notes_from(each.notes)) for each in found]


def in_tray(returned: ReturnedWorkbook) -> list[Note]:
    """In the order of the file."""
    found = [each for each in notes_from(returned.notes) if each.in_tray]
    return sorted(found, key=lambda each: each.row)
