"""The rows of a question's table: Expectation · Evidence · Action · Rating.

Evidence that covers several prompts stands once, in one row that lists those prompts: cells
that span rows break apart at the end of a page and lose a screen reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.record import Action, Answer, CycleRecord, Document, Question, Statement

SHORT = 16  # lines: a page has room for twice as many


@dataclass(frozen=True)
class PlacedStatement:
    """`at` names the prompts it is about, where they aren't all those of its row."""

    statement: Statement
    at: str = ""


@dataclass(frozen=True)
class PlacedAction:
    action: Action
    at: str = ""


@dataclass(frozen=True)
class DetailRow:
    """`answers`: the prompts of this row. The row of the question as a whole has none, or the
    one answer of a question without prompts."""

    answers: tuple[Answer, ...]
    statements: tuple[PlacedStatement, ...] = ()
    actions: tuple[PlacedAction, ...] = ()
    documents: tuple[Document, ...] = ()

    @property
    def is_whole_question(self) -> bool:
        return not self.answers or not self.answers[0].position

    @property
    def is_short(self) -> bool:
        """Certain to fit on a page. A longer row has to be let break: kept whole, it would
        lose the headings of its table where it is longer than a page after all."""
        evidence = [placed.statement.text.value for placed in self.statements]
        evidence += [answer.decision.shown.reason.value for answer in self.answers]
        evidence += [document.url.value + " " * 300 for document in self.documents]
        actions = [placed.action.text.value + " " * 200 for placed in self.actions]
        prompts = [answer.prompt for answer in self.answers]
        columns = ((evidence, 58), (actions, 34), (prompts, 36))
        return all(lines(texts, width) <= SHORT for texts, width in columns)

    @property
    def reasons(self) -> tuple[tuple[str, Answer], ...]:
        """Why prompts are not applicable, each with what names the prompt."""
        several = len(self.answers) > 1
        return tuple(
            (named((answer.position,)) if several else "", answer)
            for answer in self.answers
            if answer.decision.shown.reason
        )


def detail_rows(record: CycleRecord, question: Question) -> list[DetailRow]:
    whole = whole_question_row(record, question)
    rows = [prompts_row(record, question, group) for group in groups(question)]
    return [*rows, *([whole] if whole else [])]


def whole_question_row(record: CycleRecord, question: Question) -> DetailRow | None:
    """None where nothing hangs on the question itself."""
    row = DetailRow(
        answers=tuple(answer for answer in question.answers if not answer.position),
        statements=tuple(PlacedStatement(s) for s in question.statements if not s.covers),
        actions=tuple(PlacedAction(action) for action in record.actions_at(question.ref, 0)),
        documents=question.documents,
    )
    return row if row != DetailRow(()) else None


def prompts_row(record: CycleRecord, question: Question, group: tuple[int, ...]) -> DetailRow:
    statements = [s for s in question.statements if not set(group).isdisjoint(s.covers)]
    actions = {
        action.number: action
        for position in group
        for action in record.actions_at(question.ref, position)
    }
    return DetailRow(
        answers=tuple(answer for answer in question.answers if answer.position in group),
        statements=tuple(PlacedStatement(s, within(s.covers, group)) for s in statements),
        actions=tuple(
            PlacedAction(action, within(places(action, question), group))
            for _, action in sorted(actions.items())
        ),
    )


def groups(question: Question) -> list[tuple[int, ...]]:
    """Prompts that share evidence, directly or by way of another, stand together."""
    together = [{answer.position} for answer in question.answers if answer.position]
    for statement in question.statements:
        joined = [group for group in together if not group.isdisjoint(statement.covers)]
        if len(joined) > 1:
            together = [group for group in together if group not in joined]
            together.append(set().union(*joined))
    return sorted(tuple(sorted(group)) for group in together)


def places(action: Action, question: Question) -> tuple[int, ...]:
    """The prompts of the question that the action stands beside."""
    return tuple(link.position for link in action.links if link.ref == question.ref)


def lines(texts: list[str], width: int) -> int:
    return sum(1 + len(line) // width for text in texts for line in text.split("\n"))


def within(covers: Iterable[int], group: tuple[int, ...]) -> str:
    """Empty where it covers the whole group."""
    found = tuple(position for position in group if position in tuple(covers))
    return "" if found == group else named(found)


def named(positions: tuple[int, ...]) -> str:
    """“Prompt 2”, “Prompts 1, 2 and 4”."""
    *first, last = map(str, positions)
    return f"Prompts {', '.join(first)} and {last}" if first else f"Prompt {last}"
