"""Completed toolkits as hypothesis draws them, with what each of their rows says."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st

from assessments.imports.word.places import prompts_of
from assessments.record import CycleRecord, Question
from tests.imports.documents import Document, saved, shade

WORDS = ["officers", "meet", "monthly", "schools", "mosque", "police", "share", "learnt", "and"]
FILLS = {"red": "FF0000", "amber": "FFC000", "green": "00B050"}
MARKS = ["word", "letter", "shade", "ticks"]
HEADINGS = {
    "prompt": ["Expectation", "Prompt", "Question", "Requirement"],
    "evidence": ["Evidence", "Work to date", "Current position"],
    "action": ["Action required", "Actions", "Action Rag"],
    "rating": ["RAG", "Rating", "RAG rating"],
}
LEVELS = ["red", "amber", "green"]


@dataclass
class Line:
    """One row: the prompts it stands for, and what is said there. `joins` the evidence cell of
    the row above."""

    positions: tuple[int, ...]
    asked: str
    evidence: str
    action: str
    rating: str
    joins: bool = False


@dataclass
class Completed:
    """A layout, and the questions with their lines."""

    headings: bool
    order: list[str]
    names: dict[str, str]
    marks: str
    benchmark_lines: str
    questions: list[tuple[Question, list[Line]]] = field(default_factory=list)


@st.composite
def completed(draw: Callable, edition: CycleRecord) -> Completed:
    chance = draw(st.randoms(use_true_random=False))
    headings = draw(st.booleans())
    order = list(HEADINGS)
    if headings:
        chance.shuffle(order)
    asked = draw(
        st.lists(st.sampled_from(sorted(edition.questions)), min_size=1, max_size=5, unique=True)
    )
    asked.sort(key=lambda ref: [int(part) for part in ref.split(".")])
    layout = Completed(
        headings=headings,
        order=order,
        names={role: chance.choice(names) for role, names in HEADINGS.items()},
        marks=chance.choice(MARKS if headings else MARKS[:-1]),
        benchmark_lines=chance.choice(["Benchmark {}", "Benchmarks {}:", "BENCHMARK {} -", ""]),
    )
    for ref in asked:
        question = edition.questions[ref]
        layout.questions.append((question, list(lines(question, chance))))
    return layout


def lines(question: Question, chance: random.Random) -> Iterator[Line]:
    prompts = prompts_of(question)
    if not prompts:
        yield line((), question.text, chance)
        return
    position = 1
    first = True
    while position <= len(prompts):
        merged = position < len(prompts) and chance.random() < 0.1
        positions = (position, position + 1) if merged else (position,)
        text = " ".join(prompts[each] for each in positions)
        drawn = line(positions, text if merged else reworded(text, chance), chance)
        if not first and chance.random() < 0.2:
            drawn.joins, drawn.evidence = True, ""
        yield drawn
        position += len(positions)
        first = False


def line(positions: tuple[int, ...], asked: str, chance: random.Random) -> Line:
    evidence = sentence(chance)
    action = chance.choice(["", "None", "N/A", sentence(chance)])
    return Line(positions, asked, evidence, action, chance.choice(["", *LEVELS]))


def sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(5, 25))]
    words.insert(2, str(chance.randint(100_000, 999_999)))  # no two alike
    return " ".join(words).capitalize() + chance.choice(
        [".", "", " – “yes” & <no>.", "\nSo\tit is."]
    )


def reworded(text: str, chance: random.Random) -> str:
    words = text.split()
    kind = chance.choice(["as it is", "a word less", "a slip", "in capitals", "spaced"])
    place = chance.randrange(len(words))
    if kind == "a word less" and len(words) > 6:
        del words[place]
    if kind == "a slip" and len(words[place]) > 4:
        words[place] = words[place][1] + words[place][0] + words[place][2:]
    text = ("  " if kind == "spaced" else " ").join(words)
    return text.upper() if kind == "in capitals" else text


def as_docx(layout: Completed) -> bytes:
    document = Document()
    document.add_paragraph("Prevent duty toolkit, last year")
    benchmark = ""
    for question, drawn in layout.questions:
        number = question.ref.partition(".")[0]
        if layout.benchmark_lines and number != benchmark:
            benchmark = number
            document.add_paragraph(layout.benchmark_lines.format(number))
        document.add_paragraph(f"{question.ref} {question.text}")
        add_table(document, layout, drawn)
    return saved(document)


def add_table(document: Document, layout: Completed, drawn: list[Line]) -> None:
    columns = [each for each in layout.order if each != "rating" or layout.marks != "ticks"]
    columns += LEVELS if layout.marks == "ticks" else []
    names = {**layout.names, **{level: level.capitalize() for level in LEVELS}}
    heading = [[names[each] for each in columns]] if layout.headings else []
    table = document.add_rows(
        heading + [[said(each, c, layout) for c in columns] for each in drawn]
    )
    top = None
    for row, each in zip(table.rows[len(heading) :], drawn, strict=True):
        cell = row.cells[columns.index("evidence")]
        top = top.merge(cell) if each.joins else cell
        if layout.marks == "shade" and each.rating:
            shade(row.cells[columns.index("rating")], FILLS[each.rating])


def said(drawn: Line, column: str, layout: Completed) -> str:
    if column in LEVELS:
        return "✓" if drawn.rating == column else ""
    if column == "rating":
        shown = {"word": drawn.rating.capitalize(), "letter": drawn.rating[:1].upper()}
        return shown.get(layout.marks, "")
    return {"prompt": drawn.asked, "evidence": drawn.evidence, "action": drawn.action}[column]
