"""Three texts of each cell: as it was sent, as the file has it, and as it stands now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assessments.workbooks.reading import CycleRows
from assessments.workbooks.rows import Row, Said
from assessments.workbooks.values import (
    ACTION,
    EVIDENCE,
    NOT_APPLICABLE_VALUE,
    PROGRESS,
    RATING,
    REASON,
    TEXTS,
    Vocabulary,
    comparable,
)

TAKE, LEAVE, TOGETHER = "take", "leave", "together"


@dataclass(frozen=True)
class Decided:
    """What a person chose for a change, and what stood there as they chose. `version` counts
    the choices."""

    choice: str = ""
    text: str = ""
    seen: str = ""
    by: str = ""
    version: int = 0


@dataclass(frozen=True)
class Change:
    """`sent`, `now`: plain values; `now` is None where what was sent has been removed."""

    said: Said
    row: Row
    sent: str
    now: str | None
    is_there: bool  # what the file says stands there already
    decided: Decided = field(default_factory=Decided)

    @property
    def stands(self) -> str:
        return self.now or ""

    @property
    def is_new(self) -> bool:
        """Something is added rather than changed."""
        cell = self.said.cell
        is_blank = (self.row.statement if cell == EVIDENCE else self.row.action) is None
        return cell == PROGRESS or (cell in (EVIDENCE, ACTION) and is_blank)

    @property
    def is_gone(self) -> bool:
        return self.now is None

    @property
    def can_be_taken(self) -> bool:
        """Evidence that has been removed can come back; what hung on it, or on an action, can't."""
        return not self.is_gone or self.said.cell == EVIDENCE

    @property
    def is_conflict(self) -> bool:
        """Somebody has saved something else since the workbook was made."""
        return self.is_gone or (not self.is_new and self.now != self.sent)

    @property
    def is_emptied(self) -> bool:
        return not self.said.value and bool(self.stands)

    @property
    def choice(self) -> str:
        """A person's, as long as what they saw still stands."""
        return self.decided.choice if self.decided.seen == self.stands else ""

    @property
    def is_for_a_person(self) -> bool:
        return (self.is_conflict or self.is_emptied) and not self.choice

    @property
    def is_taken(self) -> bool:
        chosen = self.choice in (TAKE, TOGETHER) or not (self.choice or self.is_for_a_person)
        return chosen and self.can_be_taken

    @property
    def value(self) -> str:
        """What is written where it is taken."""
        return self.decided.text if self.choice == TOGETHER else self.said.value

    @property
    def can_be_joined(self) -> bool:
        return self.said.cell in TEXTS and bool(self.stands and self.said.value)


@dataclass(frozen=True)
class Merge:
    """`same`: how many cells say what somebody has saved meanwhile, so that nothing is left to
    do. `unreasoned`: of the answers that would be *not applicable* without a reason."""

    changes: Sequence[Change]
    same: int
    unreasoned: Sequence[Change]

    @property
    def waiting(self) -> list[Change]:
        return [each for each in self.changes if each.is_for_a_person]

    @property
    def taken(self) -> list[Change]:
        return [each for each in self.changes if each.is_taken]


class Merger:
    def __init__(self, rows: CycleRows, vocabulary: Vocabulary) -> None:
        self.rows, self.state, self.vocabulary = rows, rows.state, vocabulary

    def merge(
        self, base: Iterable[Row], said: Iterable[Said], decided: Mapping[str, Decided]
    ) -> Merge:
        """`decided`: by number of what was said."""
        by_key = {row.key: row for row in base}
        changes = [
            self.change(each, by_key.get(each.key), decided.get(str(each.number), Decided()))
            for each in said
        ]
        left = [each for each in changes if not each.is_there]
        return Merge(left, len(changes) - len(left), [*self.unreasoned(left)])

    def unreasoned(self, changes: Sequence[Change]) -> Iterator[Change]:
        for change, cells in self.answers(changes):
            if cells[RATING] == NOT_APPLICABLE_VALUE and not cells[REASON].strip():
                yield change

    def answers(self, changes: Sequence[Change]) -> Iterator[tuple[Change, dict[str, str]]]:
        """The first change of each answer, and what would stand there."""
        firsts: dict[str, Change] = {}
        cells: dict[str, dict[str, str]] = {}
        for each in changes:
            if each.is_taken and each.said.cell in (RATING, REASON):
                firsts.setdefault(each.row.key, each)
                cells.setdefault(each.row.key, self.rows.now(each.row))[each.said.cell] = each.value
        yield from ((change, cells[key]) for key, change in firsts.items())

    def change(self, said: Said, row: Row | None, decided: Decided) -> Change:
        row = row or Row(said.key, said.ref, said.position)
        sent = row.cells.get(said.cell, "")
        now = self.rows.now(row).get(said.cell)
        blank = Change(said, row, sent, now, False, decided)
        if blank.is_new:
            is_gone = row.action is not None and row.action not in self.state.actions
            return Change(said, row, "", None if is_gone else "", self.is_added(said, row), decided)
        is_there = self.vocabulary.same(said.cell, said.value, now or "")
        return Change(said, row, sent, now, is_there, decided)

    def is_added(self, said: Said, row: Row) -> bool:
        """Whether it was added meanwhile, as where a file is uploaded twice."""
        text = comparable(said.value)
        if said.cell == EVIDENCE:
            return text in self.statements[self.rows.asked.by_ref[said.ref].pk]
        if said.cell == ACTION:
            return text in self.actions
        action = self.state.actions.get(row.action or 0)
        updates = action.updates.all() if action else []
        return any(comparable(each.text) == text for each in updates)

    @cached_property
    def actions(self) -> set[str]:
        return {comparable(each.text) for each in self.state.actions.values()}

    @cached_property
    def statements(self) -> defaultdict[int, set[str]]:
        """By question."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for each in self.state.statements.values():
            found[each.question_id].add(comparable(each.text))
        return found
