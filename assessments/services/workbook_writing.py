"""Writes what is taken from a workbook, through the services that forms use."""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from django.utils import timezone

from assessments.models import Action, ActionStatus, Sensitivity, User
from assessments.services.actions import (
    ActionInput,
    OwnerInput,
    Place,
    UpdateInput,
    add_action,
    add_update,
    change_action,
    places_of,
    quarter_of,
)
from assessments.services.answers import AnswerInput, StatementInput, save_question
from assessments.workbooks.merging import Change
from assessments.workbooks.reading import CycleRows
from assessments.workbooks.rows import Row
from assessments.workbooks.values import (
    ACTION,
    ACTION_READERS,
    ANSWER_CELLS,
    BESIDE,
    COMPLETED_ON,
    COVERS,
    DUE,
    EVIDENCE,
    NOT_APPLICABLE_VALUE,
    OWNERS,
    PROGRESS,
    RATING,
    READERS,
    REASON,
    REASON_READERS,
    STATEMENT_CELLS,
    STATUS,
    date_of,
)


class Writer:
    """Within one transaction that holds the locks: each record is at the version read."""

    def __init__(self, rows: CycleRows, changes: Sequence[Change], by: User) -> None:
        self.rows, self.changes, self.by = rows, changes, by
        self.cycle, self.state = rows.cycle, rows.state

    def write(self) -> None:
        groups: defaultdict[str, list[Change]] = defaultdict(list)
        for change in self.changes:
            groups[change.row.key].append(change)
        answers: defaultdict[str, list[AnswerInput]] = defaultdict(list)
        statements: defaultdict[str, list[StatementInput]] = defaultdict(list)
        for changes in groups.values():
            row = changes[0].row
            said = {each.said.cell: each for each in changes}
            if said.keys() & set(ANSWER_CELLS):
                answers[row.ref].append(self.answer(row, said))
            if said.keys() & set(STATEMENT_CELLS):
                statements[row.ref].append(self.statement(row, said))
            if not said.keys() & {*ANSWER_CELLS, *STATEMENT_CELLS}:
                self.action(row, said)
        self.questions(answers, statements)

    def questions(
        self,
        answers: Mapping[str, list[AnswerInput]],
        statements: Mapping[str, list[StatementInput]],
    ) -> None:
        refs = answers.keys() | statements.keys()
        for assessment in self.cycle.questions.filter(question__ref__in=refs).select_related(
            "question"
        ):
            assessment.cycle = self.cycle
            ref = assessment.question.ref
            saved = save_question(
                assessment=assessment,
                answers=answers.get(ref, []),
                statements=statements.get(ref, []),
                by=self.by,
            )
            assert not saved.has_conflicts, "the cycle was not locked"

    def answer(self, row: Row, said: Mapping[str, Change]) -> AnswerInput:
        answer = self.state.answers[row.answer or 0]
        cells = self.rows.now(row) | {name: each.value for name, each in said.items()}
        slugs = {level.slug: pk for pk, level in self.rows.asked.levels.items()}
        return AnswerInput(
            answer_id=answer.pk,
            version=answer.version,
            rating_id=slugs.get(cells[RATING]),
            not_applicable=cells[RATING] == NOT_APPLICABLE_VALUE,
            reason=cells[REASON],
            reason_sensitivity=cells[REASON_READERS],
        )

    def statement(self, row: Row, said: Mapping[str, Change]) -> StatementInput:
        """A new one where there was none, or where it has been removed meanwhile."""
        statement = self.state.statements.get(row.statement or 0)
        cells = dict(self.rows.now(row) if statement else row.cells)
        for name, each in said.items():
            cells |= {**each.said.more, name: each.value}
        return StatementInput(
            statement_id=statement.pk if statement else None,
            version=statement.version if statement else 0,
            text=cells[EVIDENCE],
            covers=tuple(map(int, filter(None, cells[COVERS].split(", ")))),
            sensitivity=cells[READERS],
        )

    def action(self, row: Row, said: Mapping[str, Change]) -> None:
        action = self.state.actions.get(row.action or 0)
        if action is None:
            self.new_action(said[ACTION])
            return
        cells = {name: each.value for name, each in said.items()}
        progress = cells.pop(PROGRESS, "")
        if cells:
            action = change_action(
                cycle=self.cycle,
                action=action,
                version=action.version,
                change=self.changed(action, cells),
                by=self.by,
            )
        self.progress(action, progress)

    def changed(self, action: Action, cells: Mapping[str, str]) -> ActionInput:
        """What stands now, but for the cells that are taken."""
        stands = ActionInput(
            text=action.text,
            status=action.status,
            due_date=action.due_date,
            due_words=action.due_words,
            completed_on=action.completed_on,
            sensitivity=action.sensitivity,
            owners=frozenset(OwnerInput(o.name, o.user_id) for o in action.owners.all()),
            places=places_of(action, self.cycle),
        )
        owners = self.owners(cells[OWNERS], action) if OWNERS in cells else None
        return with_cells(stands, cells, owners)

    def new_action(self, change: Change) -> None:
        cells = {**change.said.more, ACTION: change.value}
        blank = ActionInput(
            text="",
            status=ActionStatus.NOT_STARTED,
            due_date=None,
            due_words="",
            completed_on=None,
            sensitivity=Sensitivity.PUBLIC,
            owners=frozenset(),
            places=frozenset(map(self.place, cells[BESIDE].splitlines())),
        )
        filled = {name: value for name, value in cells.items() if value}
        values = with_cells(blank, filled, self.owners(cells.get(OWNERS, "")))
        action = add_action(cycle=self.cycle, action=values, by=self.by)
        self.progress(action, cells.get(PROGRESS, ""))

    def progress(self, action: Action, text: str) -> None:
        if text:
            today = timezone.localdate()
            update = UpdateInput(today, quarter_of(today), text, "", action.sensitivity)
            add_update(action=action, update=update, by=self.by)

    def place(self, written: str) -> Place:
        ref, position = written.split()
        question = self.rows.asked.by_ref[ref]
        prompts = {prompt.position: prompt.pk for prompt in question.prompts.all()}
        return Place(question.pk, prompts.get(int(position)))

    def owners(self, names: str, action: Action | None = None) -> frozenset[OwnerInput]:
        """Those who are owners already, members of the council, or names alone."""
        now = {o.name: OwnerInput(o.name, o.user_id) for o in action.owners.all()} if action else {}
        found = [now.get(name) or self.member(name) for name in names.splitlines()]
        return frozenset({each.name.casefold(): each for each in found}.values())

    def member(self, name: str) -> OwnerInput:
        user = self.members.get(name.casefold())
        return OwnerInput(user.name, user.pk) if user else OwnerInput(name)

    @cached_property
    def members(self) -> dict[str, User]:
        users = User.objects.filter(memberships__council=self.cycle.council_id)
        people = list(users)
        named = {user.email.casefold(): user for user in people}
        return named | {user.name.casefold(): user for user in people}


def with_cells(
    stands: ActionInput, cells: Mapping[str, str], owners: frozenset[OwnerInput] | None
) -> ActionInput:
    status = cells.get(STATUS, stands.status)
    completed_on = stands.completed_on
    if COMPLETED_ON in cells:
        completed_on = date_of(cells[COMPLETED_ON])
    due_date, due_words = stands.due_date, stands.due_words
    if DUE in cells:
        due_date = date_of(cells[DUE])
        due_words = "" if due_date else cells[DUE]
    return dataclasses.replace(
        stands,
        text=cells.get(ACTION, stands.text),
        status=status,
        due_date=due_date,
        due_words=due_words,
        completed_on=completed_on if status == ActionStatus.COMPLETED else None,
        sensitivity=cells.get(ACTION_READERS, stands.sensitivity),
        owners=stands.owners if owners is None else owners,
    )
