"""Every prompt in a row of its own, with all the evidence that covers it, so that filters work."""

from openpyxl import Workbook

from assessments.exports.detail import named
from assessments.exports.marking import marked
from assessments.exports.workbook.ratings import offer_ratings
from assessments.exports.workbook.sheet import A3, Column, Sheet, Value
from assessments.record import (
    Action,
    Answer,
    Benchmark,
    CycleRecord,
    Document,
    Question,
    Statement,
)

COLUMNS = [
    Column("Benchmark", 17),
    Column("Ref", 6),
    Column("Question", 28),
    Column("Category", 13),
    Column("Prompt no.", 8),
    Column("Prompt", 32),
    Column("Evidence", 62),
    Column("Evidence covers", 11),
    Column("Actions", 38),
    Column("Rating", 15),
    Column("Reason", 18),
    Column("Documents", 24),
]
RATING = 10
TO_CONFIRM = Column("To confirm", 14)  # only where something is
ASSIGNED = Column("Assigned to", 14)  # never in a public file
CATEGORIES = {"expectation": "Expectation of compliance", "good_practice": "Good practice activity"}


def detail_sheet(workbook: Workbook, record: CycleRecord) -> None:
    more = [TO_CONFIRM] if record.has_to_confirm else []
    more += [] if record.is_public else [ASSIGNED]
    sheet = Sheet(workbook, "Detail", [*COLUMNS, *more], freeze=2)
    for benchmark in record.benchmarks:
        for question in benchmark.questions:
            for answer in question.answers:
                if answer.position:
                    row = prompt_row(record, benchmark, question, answer)
                    sheet.add(*row, *further(record, question, answer.position))
            if whole := whole_question(record, benchmark, question):
                sheet.add(*whole, *further(record, question, 0))
    offer_ratings(sheet, RATING, record.levels)
    sheet.finish(record, paper=A3)


def whole_question(
    record: CycleRecord, benchmark: Benchmark, question: Question
) -> list[Value] | None:
    """The row of what hangs on the question itself; None where nothing does."""
    statements = [each for each in question.statements if not each.covers]
    actions = record.actions_at(question.ref, 0)
    answers = [each for each in question.answers if not each.position]
    if not (statements or actions or answers or question.documents):
        return None
    return [
        *about_question(benchmark, question),
        None,
        "The question as a whole",
        evidence(statements),
        "",
        actions_text(actions),
        answers[0].decision.mark if answers else None,
        marked(answers[0].decision.shown.reason) if answers else None,
        "\n".join(map(document_text, question.documents)),
    ]


def prompt_row(
    record: CycleRecord, benchmark: Benchmark, question: Question, answer: Answer
) -> list[Value]:
    statements = question.statements_covering(answer.position)
    shared = {each.covers for each in statements if len(each.covers) > 1}
    return [
        *about_question(benchmark, question),
        answer.position,
        answer.prompt,
        evidence(statements),
        "\n".join(named(covers) for covers in sorted(shared)),
        actions_text(record.actions_at(question.ref, answer.position)),
        answer.decision.mark,
        marked(answer.decision.shown.reason),
        None,
    ]


def about_question(benchmark: Benchmark, question: Question) -> list[Value]:
    return [
        f"{benchmark.number}. {benchmark.short_title}",
        question.ref,
        question.text,
        CATEGORIES[question.category],
    ]


def evidence(statements: list[Statement] | tuple[Statement, ...]) -> str:
    return "\n\n".join(marked(each.text) for each in statements)


def further(record: CycleRecord, question: Question, position: int) -> list[Value]:
    """The columns that not every file has."""
    waiting = [to_confirm(record, question, position)] if record.has_to_confirm else []
    return [*waiting, *([] if record.is_public else [assigned(question)])]


def to_confirm(record: CycleRecord, question: Question, position: int) -> str:
    """What of the row was carried forward and nobody has confirmed: “Rating, evidence”."""
    said = question.statements_covering(position) if position else question.statements
    links = [
        link
        for action in record.actions_at(question.ref, position)
        for link in action.links
        if (link.ref, link.position) == (question.ref, position)
    ]
    waiting = {
        "rating": any(a.decision.to_confirm for a in question.answers if a.position == position),
        "evidence": any(each.to_confirm for each in said if position or not each.covers),
        "actions": any(link.to_confirm for link in links),
        "documents": not position and any(each.to_confirm for each in question.documents),
    }
    return ", ".join(name for name, waits in waiting.items() if waits).capitalize()


def actions_text(actions: tuple[Action, ...]) -> str:
    return "\n\n".join(f"{each.number}. {marked(each.text)}" for each in actions)


def document_text(document: Document) -> str:
    dated = f"dated {document.dated_on:%-d %b %Y}" if document.dated_on else ""
    review = f"next review {document.review_on:%-d %b %Y}" if document.review_on else ""
    parts = [marked(document.title), document.reference.value, dated, review, document.url.value]
    return ", ".join(part for part in parts if part)


def assigned(question: Question) -> str:
    return question.assignee.name if question.assignee else ""
