"""The board's page: where the council stands, what moved, what is late, what is missing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assessments.models import Cycle, Stage
from assessments.presenters.attention import GRAVE, Attention, plural
from assessments.presenters.check import Check
from assessments.presenters.dashboard_rows import DashboardRows
from assessments.presenters.distribution import Distribution, distribution_of
from assessments.presenters.heat_map import HeatMap, heat_map_of
from assessments.presenters.movement import Direction, Move, Movement, movement_of
from assessments.presenters.rated_cycles import RatedCycle, previous
from assessments.presenters.workload import OwnerLine, ShareLine, owner_lines, share_lines
from assessments.ratings import listed
from assessments.record import NOT_APPLICABLE, NOT_RATED, Decision, Text
from assessments.record_rows import AnswerRow
from assessments.texts import texts

MOST_NAMED = 2  # moves that the sentence names one by one
FIRST_LINES = 8  # of owners and contributors; the rest is folded away


@dataclass(frozen=True)
class Phrase:
    """A part of the one sentence, and where the rows behind it are."""

    words: str
    href: str


class Dashboard:
    """Eight queries, whatever the council holds."""

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = cycle
        self.rows = DashboardRows(cycle)
        self.at = self.rows.at
        self.check = Check(self.rows)

    @cached_property
    def this(self) -> RatedCycle:
        return next(each for each in self.rows.cycles if each.pk == self.cycle.pk)

    @cached_property
    def heat_map(self) -> HeatMap:
        return heat_map_of(self.rows.cycles, self.this, self.rows.mappings)

    @cached_property
    def movement(self) -> Movement:
        since = previous(self.rows.cycles, self.this, self.rows.mappings)
        return movement_of(self.this, since, self.whys())

    def whys(self) -> dict[int, Text]:
        """By benchmark, the reason of its rating, or else the comments on it."""
        rows = self.rows.assessments
        benchmarks = self.rows.asked.benchmarks
        return {
            number: Text(row.reason, row.reason_sensitivity)
            if row.reason
            else Text(row.comments, row.comments_sensitivity)
            for number, benchmark in benchmarks.items()
            for row in [rows[benchmark.pk]]
        }

    @cached_property
    def attention(self) -> Attention:
        return Attention(self.rows, self.check, self.movement)

    @cached_property
    def distribution(self) -> Distribution:
        asked = self.rows.asked
        answers = (
            (benchmark.number, title, question.category, self.slug(answer))
            for benchmark in asked.benchmarks.values()
            for title in [str(benchmark)]
            for question in benchmark.questions.all()
            for answer in self.rows.answers[question.pk]
        )
        return distribution_of(asked.plain_levels.values(), answers)

    def slug(self, answer: AnswerRow) -> str:
        if not answer.is_decided:
            return NOT_RATED
        if answer.rating_id:
            return self.rows.asked.levels[answer.rating_id].slug
        return NOT_APPLICABLE

    @cached_property
    def owners(self) -> list[OwnerLine]:
        return owner_lines(self.rows)

    @cached_property
    def shares(self) -> list[ShareLine]:
        return share_lines(self.rows)

    @property
    def first_owners(self) -> list[OwnerLine]:
        return self.owners[:FIRST_LINES]

    @property
    def other_owners(self) -> list[OwnerLine]:
        return self.owners[FIRST_LINES:]

    @property
    def first_shares(self) -> list[ShareLine]:
        return self.shares[:FIRST_LINES]

    @property
    def other_shares(self) -> list[ShareLine]:
        return self.shares[FIRST_LINES:]

    @cached_property
    def tally(self) -> list[tuple[Decision, int]]:
        """How many benchmarks stand at each rating, the best first."""
        counts = Counter(each.decision for each in self.this.benchmarks)
        return sorted(counts.items(), key=lambda entry: -rank(entry[0]))

    @cached_property
    def sentence(self) -> list[Phrase]:
        """“8 Green, 2 Amber; Training has moved from Red to Amber since 2019; …”"""
        here = self.at.to("dashboard")
        ratings = ", ".join(f"{count} {tallied(decision)}" for decision, count in self.tally)
        phrases = [Phrase(ratings, self.at.to("front_sheet"))]
        phrases += [Phrase(words, f"{here}#movement") for words in moved(self.movement)]
        overdue = self.attention.overdue
        count = overdue.count or "no"
        phrases.append(Phrase(f"{count} {overdue.words}", overdue.href))
        return [*phrases, Phrase(self.ready, self.at.to("check"))]

    @property
    def ready(self) -> str:
        """Whether it can be signed."""
        left = listed(list(self.left()))
        stage = Stage(self.cycle.stage)
        if stage is Stage.SIGNED_OFF:
            return "signed off"
        if stage is Stage.IN_REVIEW:
            return f"ready to sign: only by accepting {left}" if left else "ready to sign: yes"
        return f"ready to sign: no, {left or 'not sent to the board yet'}"

    def left(self) -> Iterator[str]:
        """What stands between the cycle and a signature."""
        if gaps := self.check.count:
            yield f"{gaps} gap{'' if gaps == 1 else 's'}"
        if challenges := self.rows.challenges:
            yield f"{len(challenges)} {plural(challenges, 'challenge')}"

    @property
    def other_cycles(self) -> list[RatedCycle]:
        """Latest first."""
        return [each for each in reversed(self.rows.cycles) if each.pk != self.cycle.pk]

    @property
    def has_restricted_text(self) -> bool:
        """Anywhere on it: in the reasons of what moved, or in the names of what needs attention."""
        shown = (*self.movement.moves, *self.attention.matters)
        return any(text and not text.is_public for text in texts(shown))


def rank(decision: Decision) -> int:
    """Not applicable and not decided come after every level."""
    return decision.level.rank if decision.level else -1 - (not decision.not_applicable)


def tallied(decision: Decision) -> str:
    """After a number: “Green”, “at 4”, “not applicable”."""
    if decision.level:
        label = decision.level.label
        return f"at {label}" if label.isdigit() else label
    return "not applicable" if decision.not_applicable else "not decided"


def moved(movement: Movement) -> list[str]:
    """Each move where there are few, else how many; nothing where none can be told."""
    if not movement.is_comparable or not movement.since:
        return []
    since = movement.since.period
    changed = [*movement.falls, *movement.rises]
    if not changed:
        return [f"no benchmark has moved since {since}"]
    if len(changed) <= MOST_NAMED:
        return [move_in_words(move, since) for move in changed]
    counts = {"down": movement.falls, "up": movement.rises}
    parts = [f"{len(found)} {way}" for way, found in counts.items() if found]
    told = f"{listed(parts)} since {since}"
    notable = next(filter(is_notable, changed), None)
    if notable is None:
        return [told]
    title = notable.benchmark.short_title
    return [f"{told}, {title} from {notable.before.label} to {notable.after.label}"]


def is_notable(move: Move) -> bool:
    """For the worse, or out of the worst."""
    before = move.before.level
    return move.direction is Direction.DOWN or bool(before and before.colour in GRAVE)


def move_in_words(move: Move, since: str) -> str:
    title = move.benchmark.short_title
    return f"{title} has moved from {move.before.label} to {move.after.label} since {since}"
