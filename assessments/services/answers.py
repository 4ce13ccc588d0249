"""Saving what a council answers to a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from assessments.models import Answer, Cycle, EvidenceStatement, QuestionAssessment, User
from assessments.services.history import update_rows, written_by
from assessments.services.locks import lock_open_cycle

SAVED = ["version", "to_confirm"]
ANSWER_FIELDS = ["rating", "not_applicable", "reason", "reason_sensitivity", *SAVED]
STATEMENT_FIELDS = ["text", "covers", "sensitivity", *SAVED]


@dataclass(frozen=True)
class AnswerInput:
    """What a form says of an answer, and the version it was opened at.

    `confirms`: it is still right, if it was carried forward. What is changed is confirmed too.
    """

    answer_id: int
    version: int
    rating_id: int | None
    not_applicable: bool
    reason: str
    reason_sensitivity: str
    confirms: bool = False

    def says(self, row: Answer) -> bool:
        return (self.rating_id, self.not_applicable, self.reason, self.reason_sensitivity) == (
            row.rating_id,
            row.not_applicable,
            row.reason,
            row.reason_sensitivity,
        )

    def leaves(self, row: Answer) -> bool:
        """Whether saving it changes nothing."""
        return self.says(row) and not (self.confirms and row.to_confirm)

    def write(self, row: Answer) -> None:
        row.rating_id = self.rating_id
        row.not_applicable = self.not_applicable
        row.reason = self.reason
        row.reason_sensitivity = self.reason_sensitivity
        row.to_confirm = False
        row.version += 1


@dataclass(frozen=True)
class StatementInput:
    """What a form says of an evidence statement; no `statement_id`: a new one.

    An empty text removes the statement. `covers`: positions of prompts, ascending. `confirms`:
    it is still right, if it was carried forward.
    """

    statement_id: int | None
    version: int
    text: str
    covers: tuple[int, ...]
    sensitivity: str
    confirms: bool = False

    def says(self, row: EvidenceStatement) -> bool:
        return (self.text, list(self.covers), self.sensitivity) == (
            row.text,
            row.covers,
            row.sensitivity,
        )

    def leaves(self, row: EvidenceStatement) -> bool:
        """Whether saving it changes nothing."""
        return self.says(row) and not (self.confirms and row.to_confirm)

    def write(self, row: EvidenceStatement) -> None:
        row.text = self.text
        row.covers = list(self.covers)
        row.sensitivity = self.sensitivity
        row.to_confirm = False
        row.version += 1


@dataclass(frozen=True)
class AnswerConflict:
    mine: AnswerInput
    theirs: Answer


@dataclass(frozen=True)
class StatementConflict:
    """`theirs` is None where the statement has been removed."""

    mine: StatementInput
    theirs: EvidenceStatement | None


@dataclass
class QuestionSave:
    """What came of a save: how many records changed, and which somebody else had changed."""

    changed: int = 0
    answers: list[AnswerConflict] = field(default_factory=list)
    statements: list[StatementConflict] = field(default_factory=list)

    @property
    def has_conflicts(self) -> bool:
        return bool(self.answers or self.statements)


@transaction.atomic
def save_question(
    *,
    assessment: QuestionAssessment,
    answers: Sequence[AnswerInput],
    statements: Sequence[StatementInput],
    by: User,
) -> QuestionSave:
    """Save what changed on a question page; what doesn't clash is saved even when some does.

    Holds the cycle's lock, so saves queue up and each sees what the one before wrote. A part
    whose version is out of date clashes only where this form really changed it: history tells
    what it was opened with. A part is confirmed only where the form says what stands there, so
    nobody confirms words they haven't seen. Raises CycleClosed once the cycle has been signed off.
    """
    lock_open_cycle(assessment.cycle_id)
    result = QuestionSave()
    save_answers(assessment, answers, by, result)
    save_statements(assessment, statements, by, result)
    return result


def save_answers(
    assessment: QuestionAssessment, inputs: Iterable[AnswerInput], by: User, result: QuestionSave
) -> None:
    cycle = assessment.cycle
    rows = {row.pk: row for row in cycle.answers.filter(question=assessment.question_id)}
    changed = []
    for mine in inputs:
        row = rows[mine.answer_id]
        if mine.leaves(row):
            continue
        if mine.says(row) or mine.version == row.version:
            mine.write(row)
            changed.append(row)
        elif not mine.says(answer_at_version(row, mine.version)):
            result.answers.append(AnswerConflict(mine, row))
    update_rows(changed, ANSWER_FIELDS, by)
    result.changed += len(changed)


def save_statements(
    assessment: QuestionAssessment, inputs: Iterable[StatementInput], by: User, result: QuestionSave
) -> None:
    cycle, question_id = assessment.cycle, assessment.question_id
    rows = {row.pk: row for row in cycle.statements.filter(question=question_id)}
    changed = []
    for mine in inputs:
        row = rows.get(mine.statement_id) if mine.statement_id else None
        if mine.statement_id is None:
            result.changed += add_statement(assessment, mine, rows.values(), by)
        elif row is None:
            if mine.text and not was_opened_with(cycle, question_id, mine):
                result.statements.append(StatementConflict(mine, None))
        elif mine.leaves(row):
            continue
        elif mine.version != row.version and not mine.says(row):
            if not was_opened_with(cycle, question_id, mine):
                result.statements.append(StatementConflict(mine, row))
        elif mine.text:
            mine.write(row)
            changed.append(row)
        else:
            written_by(row, by).delete()
            result.changed += 1
    update_rows(changed, STATEMENT_FIELDS, by)
    result.changed += len(changed)


def add_statement(
    assessment: QuestionAssessment,
    mine: StatementInput,
    rows: Iterable[EvidenceStatement],
    by: User,
) -> int:
    """A form posted twice adds its statement once."""
    if not mine.text or any(mine.says(row) for row in rows):
        return 0
    row = EvidenceStatement(
        cycle=assessment.cycle,
        question_id=assessment.question_id,
        text=mine.text,
        covers=list(mine.covers),
        sensitivity=mine.sensitivity,
    )
    written_by(row, by).save()
    return 1


def answer_at_version(row: Answer, version: int) -> Answer:
    """The answer as a form of that version showed it; blank at version 0."""
    record = Answer.history.filter(id=row.pk, version=version).first()
    return record.instance if record else Answer()


def was_opened_with(cycle: Cycle, question_id: int, mine: StatementInput) -> bool:
    """Whether the form still says what it said when it was opened."""
    record = EvidenceStatement.history.filter(
        id=mine.statement_id, cycle=cycle, question=question_id, version=mine.version
    ).first()
    return record is not None and mine.says(record.instance)
