"""Three texts of each cell: as it was sent, as the file has it, and as it stands now."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assessments.workbooks.reading import CycleRows
from assessments.workbooks.rows import Row, Said
from assessments.workbooks.values import (
    ACTION,
    BESIDE,
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


NOT_YOURS = "This question isn’t given to you: ask a toolkit lead to take it over"
NOT_YOUR_ACTION = "This action is neither yours nor beside a question given to you"


@dataclass(frozen=True)
class Reach:
    """What a person may change who answers only what is given to them: questions by their ref,
    actions by primary key."""

    refs: frozenset[str]
    actions: frozenset[int]

    def refuses(self, said: Said, row: Row) -> str:
        """Why it can't be theirs to change; nothing where it can."""
        if row.action is not None:
            return "" if row.action in self.actions else NOT_YOUR_ACTION
        beside = {each.split()[0] for each in said.more.get(BESIDE, "").splitlines()}
        return "" if {said.ref, *beside} <= self.refs else NOT_YOURS


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
    refused: str = ""  # why it isn't this person's to change
    is_rival: bool = False  # another row of the file says something else of the same cell

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
        return not self.refused and (not self.is_gone or self.said.cell == EVIDENCE)

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
        is_open = self.is_conflict or self.is_emptied or self.is_rival
        return is_open and not (self.choice or self.refused)

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

    @property
    def rivals(self) -> list[Change]:
        """Taken where another row of the file, which says something else, is taken, too."""
        taken = Counter((each.row.key, each.said.cell) for each in self.taken if each.is_rival)
        return [e for e in self.taken if e.is_rival and taken[e.row.key, e.said.cell] > 1]

    @property
    def refused(self) -> list[Change]:
        return [each for each in self.changes if each.refused]


class Merger:
    """`reach`: None for who may change everything."""

    def __init__(self, rows: CycleRows, vocabulary: Vocabulary, reach: Reach | None) -> None:
        self.rows, self.state, self.vocabulary = rows, rows.state, vocabulary
        self.reach = reach

    def merge(
        self, base: Iterable[Row], said: Iterable[Said], decided: Mapping[str, Decided]
    ) -> Merge:
        """`decided`: by number of what was said."""
        by_key = {row.key: row for row in base}
        changes = [
            self.change(each, by_key.get(each.key), decided.get(str(each.number), Decided()))
            for each in said
        ]
        left = with_rivals([each for each in changes if not each.is_there])
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
        refused = self.reach.refuses(said, row) if self.reach and not self.lost(row) else ""
        sent, now = row.cells.get(said.cell, ""), self.rows.now(row).get(said.cell)
        whole = Change(said, row, sent, now, False, decided, refused)
        if whole.is_new:
            now, is_there = None if self.lost(row) else "", self.is_added(said, row)
            return replace(whole, sent="", now=now, is_there=is_there)
        return replace(whole, is_there=self.vocabulary.same(said.cell, said.value, now or ""))

    def lost(self, row: Row) -> bool:
        """Whether it is of an action that has been removed."""
        return row.action is not None and row.action not in self.state.actions

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


def with_rivals(changes: Sequence[Change]) -> list[Change]:
    """Rows of a spreadsheet that isn't ours may say two things of one cell."""
    says: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in changes:
        if not each.is_new:
            says[each.row.key, each.said.cell].add(each.said.value)
    return [
        replace(each, is_rival=len(says.get((each.row.key, each.said.cell), ())) > 1)
        for each in changes
    ]
