"""What needs the board's attention: the worst first, and no more than seven things."""

import datetime
from types import SimpleNamespace
from typing import Any

from assessments.models import Cycle, EvidenceItem, User
from assessments.presenters.attention import Attention
from assessments.presenters.dashboard import Dashboard
from assessments.presenters.movement import Movement
from assessments.presenters.rated_cycles import RatedBenchmark, RatedCycle
from assessments.record import BenchmarkDecision, Level
from tests.assessments.boards import TODAY, act, address, answer, challenge, rate, words_of
from tests.cast import SignIn


def matters(cycle: Cycle) -> list[tuple[int, str]]:
    return [(each.count, each.words) for each in board_matters(cycle)]


def test_the_worst_comes_first_and_no_more_than_seven_things(mixed: Cycle, chair: User) -> None:
    answer(mixed, "1.1", "red", "green", "green")
    answer(mixed, "2.2", "amber", "amber")
    act(mixed, "1.1", "Late", "Ann", days=-20)
    act(mixed, "1.1", "Later", days=-300)
    act(mixed, "1.2", "In time", "Ann", days=20)
    question = mixed.questions.first()
    assert question
    EvidenceItem.objects.create(
        cycle=mixed,
        question=question.question,
        title="Policy",
        review_on=TODAY - datetime.timedelta(days=1),
    )
    challenge(mixed, chair)
    challenge(mixed, chair, "answered")
    challenge(mixed, chair, "resolved")
    assert matters(mixed) == [
        (1, "benchmark rated Red"),
        (1, "benchmark rated lower than in 2019"),
        (2, "expectations of compliance not met"),
        (2, "actions overdue"),
        (1, "document past its review date"),
        (2, "challenges not resolved"),
    ]
    names = [[name.text.value for name in each.names] for each in board_matters(mixed)]
    assert names == [
        ["1. Local risk"],
        ["1. Local risk"],
        ["1.1", "2.2"],
        ["Later"],
        ["1.1"],
        ["2. Training", "2. Training"],
    ]
    part = board_matters(mixed)[-1].part
    assert (part.count, part.words) == (1, "unanswered")
    assert board_matters(mixed)[3].names[0].note == "overdue the longest, by 300 days; nobody’s"


def board_matters(cycle: Cycle) -> Any:
    return Dashboard(cycle).attention.matters


def test_undecided_benchmarks_are_named(cycle: Cycle) -> None:
    assert matters(cycle) == [(2, "benchmarks not decided")]


def test_a_scored_two_is_as_grave_as_red() -> None:
    levels = [("2", "orange"), ("3", "green"), ("1", "red"), ("Amber", "amber")]
    rated = tuple(
        RatedBenchmark(
            number, "Any", BenchmarkDecision(Level(label, label, 1, colour, "▼", False, ""))
        )
        for number, (label, colour) in enumerate(levels, start=1)
    )
    this = RatedCycle(1, "2023", TODAY, 1, "Edition", 1, "Score", rated)
    pages = SimpleNamespace(figure=lambda of: "", benchmark=lambda number: "")
    found = Attention(SimpleNamespace(at=pages), None, Movement(this, None, ())).grave()  # type: ignore[arg-type]
    assert (found.count, found.words) == (2, "benchmarks rated 1 or 2")


def test_nothing_to_attend_to_is_said(cycle: Cycle, as_: SignIn, chair: User) -> None:
    rate(cycle, 1, "green")
    rate(cycle, 2, "green")
    assert "Nothing: no benchmark is Red" in words_of(as_(chair).get(address(cycle)))
