"""Reads a cycle into the rows of a working workbook."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assessments.exports.marking import marked
from assessments.models import Action, Answer, Cycle, EvidenceStatement, ProgressUpdate
from assessments.presenters.asked import Asked
from assessments.texts import Text
from assessments.workbooks.rows import Row
from assessments.workbooks.values import NOT_APPLICABLE_VALUE
from benchmarks.models import Question

PUBLIC = "public"


@dataclass(frozen=True)
class State:
    """What a cycle holds now, by primary key. Actions with their owners, links and updates."""

    answers: dict[int, Answer]
    statements: dict[int, EvidenceStatement]
    actions: dict[int, Action]


def read_state(cycle: Cycle) -> State:
    """Six queries."""
    actions = cycle.council.actions.in_cycle(cycle).prefetch_related("owners", "links", "updates")
    return State(
        answers={row.pk: row for row in cycle.answers.order_by("pk")},
        statements={row.pk: row for row in cycle.statements.order_by("pk")},
        actions={row.pk: row for row in actions},
    )


class CycleRows:
    """The rows of a cycle as it stands. Without a query once `state` has been read."""

    def __init__(self, cycle: Cycle, state: State) -> None:
        self.cycle, self.state = cycle, state
        self.asked = Asked(cycle)

    def rows(self, questions: Collection[int], actions: Collection[int]) -> list[Row]:
        """Those of some questions and of some actions, in the order of the toolkit."""
        chosen = [q for pk, q in self.asked.questions.items() if pk in questions]
        answers = [row for question in chosen for row in self.question_rows(question)]
        return answers + [self.action_row(pk) for pk in sorted(actions)]

    def question_rows(self, question: Question) -> Iterator[Row]:
        prompts = {prompt.position: prompt.pk for prompt in question.prompts.all()}
        anchored = self.anchored[question.pk]
        for position in [*prompts, 0]:
            statements: list[EvidenceStatement | None] = [*anchored[position]]
            for number, statement in enumerate(statements or [None]):
                has_answer = not number and (position or not prompts)
                prompt = prompts.get(position)
                answer = self.answers.get((question.pk, prompt)) if has_answer else None
                key = f"{question.ref}/{position}" + (f"+{number}" if number else "")
                yield self.answer_row(key, question.ref, position, answer, statement)

    def answer_row(
        self,
        key: str,
        ref: str,
        position: int,
        answer: Answer | None,
        statement: EvidenceStatement | None,
    ) -> Row:
        cells = self.answer_cells(answer) if answer else {}
        cells |= statement_cells(statement) if statement else blank_statement(position)
        return Row(
            key,
            ref,
            position,
            answer=answer.pk if answer else None,
            statement=statement.pk if statement else None,
            cells=cells,
        )

    def action_row(self, pk: int) -> Row:
        return Row(f"action/{pk}", action=pk, cells=self.action_cells(self.state.actions[pk]))

    @cached_property
    def answers(self) -> dict[tuple[int, int | None], Answer]:
        rows = self.state.answers.values()
        return {(row.question_id, row.prompt_id): row for row in rows}

    @cached_property
    def anchored(self) -> defaultdict[int, defaultdict[int, list[EvidenceStatement]]]:
        """By question and the prompt at which a statement stands: the first that it covers."""
        found: defaultdict[int, defaultdict[int, list[EvidenceStatement]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for row in self.state.statements.values():
            found[row.question_id][min(row.covers, default=0)].append(row)
        return found

    def now(self, row: Row) -> dict[str, str]:
        """What stands now in the cells of a row; nothing for what has been removed."""
        cells: dict[str, str] = {}
        if answer := self.state.answers.get(row.answer or 0):
            cells |= self.answer_cells(answer)
        if statement := self.state.statements.get(row.statement or 0):
            cells |= statement_cells(statement)
        if action := self.state.actions.get(row.action or 0):
            cells |= self.action_cells(action)
        return cells

    def answer_cells(self, row: Answer) -> dict[str, str]:
        level = self.asked.levels.get(row.rating_id or 0)
        rating = NOT_APPLICABLE_VALUE if row.not_applicable else level.slug if level else ""
        return {"rating": rating, "reason": row.reason, "reason_readers": row.reason_sensitivity}

    def action_cells(self, row: Action) -> dict[str, str]:
        return {
            "action": row.text,
            "owners": "\n".join(owner.name for owner in row.owners.all()),
            "due": row.due_date.isoformat() if row.due_date else row.due_words,
            "status": row.status,
            "completed_on": row.completed_on.isoformat() if row.completed_on else "",
            "beside": "\n".join(self.places(row)),
            "action_readers": row.sensitivity,
        }

    def places(self, action: Action) -> list[str]:
        order = list(self.asked.questions)
        links = [link for link in action.links.all() if link.cycle_id == self.cycle.pk]
        found = sorted(
            (order.index(link.question_id), self.asked.position(link.prompt_id)) for link in links
        )
        refs = [question.ref for question in self.asked.questions.values()]
        return [f"{refs[place]} {position}" for place, position in found]


def statement_cells(row: EvidenceStatement) -> dict[str, str]:
    covers = ", ".join(map(str, row.covers))
    return {"evidence": row.text, "covers": covers, "readers": row.sensitivity}


def blank_statement(position: int) -> dict[str, str]:
    return {"evidence": "", "covers": str(position or ""), "readers": PUBLIC}


def progress_words(updates: Iterable[ProgressUpdate]) -> str:
    """How an action went, latest first."""
    return "\n\n".join(map(update_words, updates))


def update_words(update: ProgressUpdate) -> str:
    heading = ", ".join(filter(None, [f"{update.dated_on:%-d %b %Y}", update.quarter]))
    return f"{heading}: {marked(Text(update.text, update.sensitivity))}"
