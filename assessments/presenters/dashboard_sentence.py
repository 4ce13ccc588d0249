"""The one sentence that says where the council stands, each figure with the way to its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from assessments.models import Cycle, Stage
from assessments.presenters.attention import GRAVE, Attention, plural
from assessments.presenters.check import Check
from assessments.presenters.dashboard_rows import DashboardRows
from assessments.presenters.distribution import key_of
from assessments.presenters.movement import Direction, Move, Movement
from assessments.record import Decision

MOST_NAMED = 2  # moves that the sentence names one by one


@dataclass(frozen=True)
class Part:
    """Words, and where the rows behind them are; no address for what only joins others."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Phrase:
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        return "".join(part.words for part in self.parts)


class Board(Protocol):
    """What of the dashboard the sentence is made from."""

    cycle: Cycle
    rows: DashboardRows
    check: Check

    @property
    def tally(self) -> list[tuple[Decision, int]]: ...
    @property
    def movement(self) -> Movement: ...
    @property
    def attention(self) -> Attention: ...


class Sentence:
    """“8 Green, 2 Amber; Training has moved from Red to Amber since 2019; …”"""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.at = board.rows.at

    @property
    def phrases(self) -> list[Phrase]:
        overdue = self.board.attention.overdue
        late = Part(f"{overdue.count or 'no'} {overdue.words}", overdue.href)
        return [self.ratings, *self.moved(), Phrase((late,)), self.ready]

    @property
    def ratings(self) -> Phrase:
        counted = [
            Part(f"{count} {tallied(decision)}", self.at.figure("rated", rating=key_of(decision)))
            for decision, count in self.board.tally
        ]
        return Phrase(joined(counted, last=", "))

    def moved(self) -> list[Phrase]:
        """Each move where there are few, else how many; nothing where none can be told."""
        movement = self.board.movement
        if not movement.is_comparable or not movement.since:
            return []
        since, details = movement.since.period, f"{self.at.to('dashboard')}#movement"
        changed = [*movement.falls, *movement.rises]
        if not changed:
            return [Phrase((Part(f"no benchmark has moved since {since}", details),))]
        if len(changed) <= MOST_NAMED:
            return [Phrase((Part(move_in_words(move, since), details),)) for move in changed]
        return [Phrase((*self.ways(movement), Part(f" since {since}"), *notable(changed, details)))]

    def ways(self, movement: Movement) -> tuple[Part, ...]:
        """“3 down and 1 up”."""
        ways = {"falling": (movement.falls, "down"), "rising": (movement.rises, "up")}
        parts = [
            Part(f"{len(found)} {way}", self.at.figure(of))
            for of, (found, way) in ways.items()
            if found
        ]
        return joined(parts)

    @property
    def ready(self) -> Phrase:
        """Whether it can be signed."""
        left, stage = list(self.left()), Stage(self.board.cycle.stage)
        review = self.at.to("review")
        if stage is Stage.SIGNED_OFF:
            return Phrase((Part("signed off", review),))
        if stage is Stage.DRAFT:
            reasons = joined(left) or (Part("not sent to the board yet"),)
            return Phrase((Part("ready to sign: no", review), Part(", "), *reasons))
        if left:
            words = Part("ready to sign: only by accepting", review)
            return Phrase((words, Part(" "), *joined(left)))
        return Phrase((Part("ready to sign: yes", review),))

    def left(self) -> Iterator[Part]:
        """What stands between the cycle and a signature."""
        if gaps := self.board.check.count:
            yield Part(f"{gaps} gap{'' if gaps == 1 else 's'}", self.at.to("check"))
        if challenges := self.board.rows.challenges:
            words = f"{len(challenges)} {plural(challenges, 'challenge')}"
            yield Part(words, self.at.figure("challenges"))


def joined(parts: list[Part], last: str = " and ") -> tuple[Part, ...]:
    """With a comma between, and `last` before the last."""
    between = [", "] * (len(parts) - 2) + [last] * (len(parts) > 1) + [""]
    pairs = ((part, Part(link)) for part, link in zip(parts, between, strict=False))
    return tuple(part for part in chain.from_iterable(pairs) if part.words)


def notable(changed: list[Move], href: str) -> tuple[Part, ...]:
    """The first that went down, or out of the worst."""
    move = next(filter(is_notable, changed), None)
    if move is None:
        return ()
    title = move.benchmark.short_title
    return (Part(", "), Part(f"{title} from {move.before.label} to {move.after.label}", href))


def is_notable(move: Move) -> bool:
    before = move.before.level
    return move.direction is Direction.DOWN or bool(before and before.colour in GRAVE)


def move_in_words(move: Move, since: str) -> str:
    title = move.benchmark.short_title
    return f"{title} has moved from {move.before.label} to {move.after.label} since {since}"


def tallied(decision: Decision) -> str:
    """After a number: “Green”, “at 4”, “not applicable”."""
    if decision.level:
        label = decision.level.label
        return f"at {label}" if label.isdigit() else label
    return decision.label.lower()
