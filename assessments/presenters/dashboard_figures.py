"""The rows behind each figure of the dashboard: as many as the figure says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from assessments.models import Challenge
from assessments.presenters.attention import Matter
from assessments.presenters.cycle_rows import excerpt
from assessments.presenters.dashboard import Dashboard
from assessments.presenters.dashboard_rows import NOBODY, Holder
from assessments.presenters.dashboard_sentence import tallied
from assessments.presenters.distribution import CATEGORY_TITLES, key_of
from assessments.presenters.movement import Move
from assessments.presenters.rated_cycles import RatedBenchmark
from assessments.presenters.workload import by_organisation, by_person, tallies
from assessments.progress import Tally
from assessments.record import Decision, Text
from assessments.record_rows import AnswerRow
from benchmarks.models import Question


@dataclass(frozen=True)
class FigureRow:
    text: Text
    href: str
    note: str = ""
    decision: Decision | None = None


@dataclass(frozen=True)
class Figure:
    title: str
    rows: list[FigureRow] = field(default_factory=list)


class Figures:
    """Reads no more than the dashboard does. What the address asks for and isn't on offer counts
    as not asked for: without anything it lists the benchmarks."""

    def __init__(self, board: Dashboard, query: Mapping[str, str]) -> None:
        self.board, self.rows, self.at = board, board.rows, board.rows.at
        self.query = query

    @cached_property
    def chosen(self) -> Figure:
        kinds: dict[str, Callable[[], Figure]] = {
            "rising": lambda: self.moved("Benchmarks rated higher", self.board.movement.rises),
            "challenges": lambda: self.challenges("Challenges not resolved", *OPEN_STATES),
            "unanswered": lambda: self.challenges("Challenges not answered", OPEN_STATES[0]),
            "answers": self.answers,
            "questions": self.questions,
            "earlier": self.earlier,
        }
        of = self.query.get("of", "")
        if of in kinds:
            return kinds[of]()
        matters = {**self.board.attention.lists, **self.board.attention.later_lists}
        return self.matter(matters[of]) if of in matters else self.rated()

    # Benchmarks, and what needs attention

    def rated(self) -> Figure:
        found = self.board.this.benchmarks
        decisions = {key_of(each.decision): each.decision for each in found}
        wanted = decisions.get(self.query.get("rating", ""))
        if wanted is None:
            return Figure("Benchmarks", [self.benchmark(each) for each in found])
        rated = "rated " if wanted.level and not wanted.level.label.isdigit() else ""
        rows = [self.benchmark(each) for each in found if each.decision == wanted]
        return Figure(f"Benchmarks {rated}{tallied(wanted)}", rows)

    def benchmark(self, rated: RatedBenchmark, note: str = "") -> FigureRow:
        href = self.at.benchmark(rated.number)
        return FigureRow(Text(rated.title), href, note, rated.decision)

    def moved(self, title: str, moves: Iterable[Move]) -> Figure:
        return Figure(title, [self.benchmark(each.benchmark, each.words) for each in moves])

    def matter(self, matter: Matter) -> Figure:
        rows = [FigureRow(each.text, each.href, each.note) for each in matter.names]
        return Figure(matter.words[:1].upper() + matter.words[1:], rows)

    def challenges(self, title: str, *states: str) -> Figure:
        attention = self.board.attention
        rows = [
            FigureRow(
                Text(excerpt(each.text), each.sensitivity),
                self.at.to("challenge", each.pk),
                f"on {attention.concern_words(each)}, {each.get_state_display().lower()}",
            )
            for each in self.rows.challenges
            if each.state in states
        ]
        return Figure(title, rows)

    def earlier(self) -> Figure:
        """Cycles that the chart has no room for."""
        slug, left_out = self.board.cycle.council.slug, self.board.heat_map.left_out
        rows = [
            FigureRow(Text(each.period), reverse("councils:dashboard", args=[slug, each.pk]))
            for each in self.rows.cycles[:left_out]
        ]
        return Figure("Earlier cycles", rows)

    # Questions and answers

    def questions(self) -> Figure:
        """`who` has them; `state`: completed, or to-go."""
        state = self.query.get("state", "")
        rows = [
            self.question(question, tally)
            for pk, tally in tallies(self.rows)
            for question in [self.rows.asked.questions[pk]]
            if self.is_wanted_of(question)
            and (state not in STATES or tally.is_complete == (state == "completed"))
        ]
        return Figure(titled("Questions", STATES.get(state, ""), self.who), rows)

    def question(self, question: Question, tally: Tally) -> FigureRow:
        holder = self.holder(question)
        note = f"{tally.answered} of {tally.total} answers given, with {by_person(holder)[1]}"
        title = Text(f"{question.ref} {excerpt(question.text)}")
        return FigureRow(title, self.at.to("question", question.ref), note)

    def answers(self) -> Figure:
        """By `benchmark`, `category`, `rating`; of whom (`who`); `state`: given."""
        found = list(self.wanted_answers())
        state = self.query.get("state", "")
        rating, given = self.query.get("rating", ""), state == "given"
        rows = [
            self.answer(question, answer, decision)
            for question, answer, decision in found
            if (not rating or key_of(decision) == rating) and (not given or decision.is_decided)
        ]
        labels = {key_of(each): each.label for each in self.board.distribution.key}
        benchmark = next((b for n, b in self.benchmarks if n == self.number), "")
        category = CATEGORY_TITLES.get(self.query.get("category", ""), "")
        label = labels.get(rating, "given" if given else "")
        return Figure(titled("Answers", label, category, benchmark, self.who), rows)

    def wanted_answers(self) -> Iterator[tuple[Question, AnswerRow, Decision]]:
        asked, category = self.rows.asked, self.query.get("category", "")
        for number, benchmark in asked.benchmarks.items():
            for question in benchmark.questions.all() if self.number in ("", str(number)) else ():
                if category in ("", question.category) and self.is_wanted_of(question):
                    for answer in self.rows.answers[question.pk]:
                        yield question, answer, asked.decision(answer)

    def answer(self, question: Question, answer: AnswerRow, decision: Decision) -> FigureRow:
        position = self.rows.asked.position(answer.prompt_id)
        asked = self.rows.asked.prompts[answer.prompt_id] if answer.prompt_id else question
        prompt = f", prompt {position}" if position else ""
        title = Text(f"{question.ref}{prompt}: {excerpt(asked.text)}")
        return FigureRow(title, self.at.question(question.ref, position), "", decision)

    @property
    def number(self) -> str:
        return self.query.get("benchmark", "")

    @property
    def benchmarks(self) -> list[tuple[str, str]]:
        return [(str(number), str(each)) for number, each in self.rows.asked.benchmarks.items()]

    def holder(self, question: Question) -> Holder:
        return self.rows.assigned.get(question.pk, NOBODY)

    def is_wanted_of(self, question: Question) -> bool:
        """Of the person or the organisation asked for, or of anybody."""
        who, holder = self.query.get("who", ""), self.holder(question)
        return who in ("", by_person(holder)[0], by_organisation(holder)[0])

    @property
    def who(self) -> str:
        """In words."""
        lines = (*self.board.shares, *self.board.partners)
        return next((each.name for each in lines if each.key == self.query.get("who")), "")


OPEN_STATES = (Challenge.State.OPEN, Challenge.State.ANSWERED)
STATES = {"completed": "completed", "to-go": "to go"}


def titled(noun: str, *parts: str) -> str:
    """“Answers: Red, Expectations of compliance”."""
    said = ", ".join(filter(None, parts))
    return f"{noun}: {said}" if said else noun
