"""What a cycle still lacks, every gap with the address where it can be mended."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial

from assessments import record
from assessments.models import Action, ActionLink, ActionStatus
from assessments.presenters.cycle_rows import CycleRows, excerpt
from assessments.ratings import RatedAnswer, Suggestion, suggest
from assessments.record_rows import AnswerRow
from benchmarks.models import Benchmark, Question


class Kind(Enum):
    """What is missing: in words for one place, and for a count of them."""

    TO_CONFIRM = "To confirm", "things are still to confirm", "thing is still to confirm"
    UNRATED = "No rating", "prompts have no rating", "prompt has no rating"
    NO_EVIDENCE = "Rated, but no evidence", "ratings have no evidence", "rating has no evidence"
    NO_ACTION = (
        "Not met, and no open action",
        "ratings that are not met have no open action",
        "rating that is not met has no open action",
    )
    UNDECIDED = record.NOT_DECIDED, "benchmarks are not decided", "benchmark is not decided"
    NO_REASON = "Reason missing", "decisions need a reason", "decision needs a reason"
    NO_OWNER = "Action without an owner", "actions have no owner", "action has no owner"
    NO_DATE = "Action without a date", "actions have no due date", "action has no due date"
    OUT_OF_DATE = (
        "Document past its review date",
        "documents are past their review date",
        "document is past its review date",
    )
    UNASSIGNED = (
        "Unfinished, and nobody has it",
        "unfinished questions are assigned to nobody",
        "unfinished question is assigned to nobody",
    )

    def __init__(self, label: str, many: str, one: str) -> None:
        self.label, self.many, self.one = label, many, one


@dataclass(frozen=True)
class Gap:
    """One thing missing. `find` gives the address where it can be given: a page that only
    counts gaps needs none."""

    kind: Kind
    ref: str  # of the question; empty for the benchmark itself
    words: str
    find: Callable[[], str]

    @property
    def href(self) -> str:
        return self.find()


@dataclass(frozen=True)
class GapLine:
    """Gaps of one kind at one question, so that eight prompts make one line."""

    ref: str
    kind: Kind
    gaps: list[Gap]


@dataclass(frozen=True)
class BenchmarkGaps:
    benchmark: Benchmark
    decision: record.Decision
    lines: list[GapLine]
    count: int


class Check:
    """The gaps of a cycle, by benchmark and by kind. Reads nothing beyond `rows`.

    `may_assign`: whether whoever reads it may give questions out.
    """

    def __init__(self, rows: CycleRows, *, may_assign: bool = False) -> None:
        self.rows, self.may_assign = rows, may_assign
        self.asked = rows.asked
        self.at = rows.at

    @cached_property
    def benchmarks(self) -> list[BenchmarkGaps]:
        """Those that lack something, in order."""
        found = [self.benchmark_gaps(each) for each in self.asked.benchmarks.values()]
        return [each for each in found if each.count]

    @property
    def counts(self) -> list[tuple[int, str]]:
        """How many gaps of each kind there are, in words."""
        kinds = Counter(
            gap.kind for each in self.benchmarks for line in each.lines for gap in line.gaps
        )
        return [
            (kinds[kind], kind.one if kinds[kind] == 1 else kind.many)
            for kind in Kind
            if kinds[kind]
        ]

    @property
    def count(self) -> int:
        return sum(each.count for each in self.benchmarks)

    def benchmark_gaps(self, benchmark: Benchmark) -> BenchmarkGaps:
        gaps = [*self.in_judgement(benchmark)]
        for question in benchmark.questions.all():
            gaps += self.in_question(question)
        lines: dict[tuple[str, Kind], list[Gap]] = {}
        for gap in gaps:
            lines.setdefault((gap.ref, gap.kind), []).append(gap)
        return BenchmarkGaps(
            benchmark=benchmark,
            decision=self.asked.judgement(self.rows.assessments[benchmark.pk]),
            lines=[GapLine(ref, kind, found) for (ref, kind), found in lines.items()],
            count=len(gaps),
        )

    def in_judgement(self, benchmark: Benchmark) -> Iterator[Gap]:
        assessment = self.rows.assessments[benchmark.pk]
        decision = self.asked.judgement(assessment)
        if decision.to_confirm:
            find = partial(self.at.benchmark, benchmark.number)
            yield Gap(Kind.TO_CONFIRM, "", "judgement", find)
        elif not decision.is_decided:
            find = partial(self.at.benchmark, benchmark.number, "rating-value")
            yield Gap(Kind.UNDECIDED, "", "decide the rating", find)
        elif not decision.reason and (
            decision.not_applicable or self.suggestion(benchmark).differs_from(decision)
        ):
            find = partial(self.at.benchmark, benchmark.number, "rating-reason")
            yield Gap(Kind.NO_REASON, "", "give the reason", find)

    def suggestion(self, benchmark: Benchmark) -> Suggestion:
        answers = (
            RatedAnswer(question.ref, question.category, self.asked.decision(answer))
            for question in benchmark.questions.all()
            for answer in self.rows.answers[question.pk]
        )
        levels = self.asked.plain_levels.values()
        return suggest(self.asked.toolkit.roll_up, levels, answers)

    def in_question(self, question: Question) -> Iterator[Gap]:
        answers = self.rows.answers[question.pk]
        for answer in answers:
            yield from self.in_answer(question, answer)
        for statement in self.rows.statements[question.pk]:
            if statement.to_confirm:
                position = min(statement.covers, default=0)
                words = f"evidence for prompt {position}" if position else "evidence"
                find = partial(self.at.question, question.ref, position)
                yield Gap(Kind.TO_CONFIRM, question.ref, words, find)
        for item in self.rows.items[question.pk]:
            if item.to_confirm:
                find = partial(self.at.beside, question.ref, f"document-{item.pk}")
                yield Gap(Kind.TO_CONFIRM, question.ref, excerpt(item.title), find)
            if item.review_on and item.review_on < self.rows.today:
                find = partial(self.at.beside, question.ref, f"document-{item.pk}")
                yield Gap(Kind.OUT_OF_DATE, question.ref, excerpt(item.title), find)
        for pk, text in self.actions_to_confirm(question).items():
            find = partial(self.at.beside, question.ref, f"action-{pk}")
            yield Gap(Kind.TO_CONFIRM, question.ref, text, find)
        for link in self.rows.links[question.pk]:
            if self.rows.is_first(link):
                yield from self.in_action(question, link)
        if question.pk not in self.rows.assignees and not all(a.is_decided for a in answers):
            yield self.unassigned(question)

    def unassigned(self, question: Question) -> Gap:
        if self.may_assign:
            return Gap(Kind.UNASSIGNED, question.ref, "assign it", self.at.assign)
        find = partial(self.at.question, question.ref)
        return Gap(Kind.UNASSIGNED, question.ref, "see the question", find)

    def actions_to_confirm(self, question: Question) -> dict[int, str]:
        """Once each, at however many prompts it stands."""
        links = self.rows.links[question.pk]
        return {each.action_id: excerpt(each.action.text) for each in links if each.to_confirm}

    def in_answer(self, question: Question, answer: AnswerRow) -> Iterator[Gap]:
        position = self.asked.position(answer.prompt_id)
        for kind in self.lacking(answer, position):
            words = f"prompt {position}" if position else "the question"
            yield Gap(kind, question.ref, words, partial(self.at.question, question.ref, position))

    def lacking(self, answer: AnswerRow, position: int) -> Iterator[Kind]:
        if answer.to_confirm:
            yield Kind.TO_CONFIRM
        elif not answer.is_decided:
            yield Kind.UNRATED
        elif answer.not_applicable:
            if not answer.reason:
                yield Kind.NO_REASON
        else:
            if not self.has_evidence(answer, position):
                yield Kind.NO_EVIDENCE
            level = self.asked.levels[answer.rating_id or 0]
            if not level.met and not self.has_open_action(answer):
                yield Kind.NO_ACTION

    def has_evidence(self, answer: AnswerRow, position: int) -> bool:
        """Of its own or for the question as a whole, be it to confirm: then that is told."""
        statements = self.rows.statements[answer.question_id]
        return any(not each.covers or position in each.covers for each in statements)

    def has_open_action(self, answer: AnswerRow) -> bool:
        """At the prompt or at the question as a whole, be it to confirm: then that is told."""
        return any(
            link.prompt_id in (None, answer.prompt_id) and is_open(link.action)
            for link in self.rows.links[answer.question_id]
        )

    def in_action(self, question: Question, link: ActionLink) -> Iterator[Gap]:
        action = link.action
        find = partial(self.at.action, action.pk, question.ref)
        if is_open(action) and not self.rows.has_owner(link):
            yield Gap(Kind.NO_OWNER, question.ref, excerpt(action.text), find)
        if is_open(action) and not action.due_date and not action.due_words:
            yield Gap(Kind.NO_DATE, question.ref, excerpt(action.text), find)


def is_open(action: Action) -> bool:
    return action.status != ActionStatus.COMPLETED
