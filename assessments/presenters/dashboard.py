"""The board's page: where the council stands, what moved, what is late, what is missing."""

from collections import Counter
from functools import cached_property

from assessments.models import Cycle
from assessments.presenters.attention import Attention
from assessments.presenters.check import Check
from assessments.presenters.dashboard_rows import DashboardRows
from assessments.presenters.dashboard_sentence import Phrase, Sentence
from assessments.presenters.distribution import Distribution, distribution_of, key_of
from assessments.presenters.heat_map import HeatMap, heat_map_of
from assessments.presenters.movement import Movement, movement_of
from assessments.presenters.rated_cycles import RatedCycle, previous
from assessments.presenters.workload import (
    LAST,
    NO_ORGANISATION_KEY,
    OwnerLine,
    ShareLine,
    by_organisation,
    owner_lines,
    share_lines,
)
from assessments.record import Decision, Text
from assessments.texts import texts

FIRST_LINES = 8  # of owners and contributors; the rest is folded away


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
            (benchmark.number, title, question.category, key_of(asked.decision(answer)))
            for benchmark in asked.benchmarks.values()
            for title in [str(benchmark)]
            for question in benchmark.questions.all()
            for answer in self.rows.answers[question.pk]
        )
        href = self.at.figure("answers")
        return distribution_of(asked.plain_levels.values(), answers, href)

    @cached_property
    def owners(self) -> list[OwnerLine]:
        return owner_lines(self.rows)

    @cached_property
    def partners(self) -> list[ShareLine]:
        """By organisation."""
        return share_lines(self.rows, by_organisation)

    @property
    def knows_partners(self) -> bool:
        return any(each.key not in LAST for each in self.partners)

    @property
    def has_people_without_organisation(self) -> bool:
        return any(each.key == NO_ORGANISATION_KEY for each in self.partners)

    @cached_property
    def shares(self) -> list[ShareLine]:
        """By person."""
        return share_lines(self.rows)

    @property
    def first_owners(self) -> list[OwnerLine]:
        return self.owners[:FIRST_LINES]

    @property
    def other_owners(self) -> list[OwnerLine]:
        return self.owners[FIRST_LINES:]

    @property
    def register(self) -> str:
        """The open actions of the cycle."""
        return self.at.register()

    @property
    def paper_shares(self) -> list[ShareLine]:
        """By person where paper would have one line only, because no organisation is known."""
        return self.partners if self.knows_partners else self.shares

    @property
    def first_shares(self) -> list[ShareLine]:
        return self.paper_shares[:FIRST_LINES]

    @property
    def other_shares(self) -> list[ShareLine]:
        return self.paper_shares[FIRST_LINES:]

    @cached_property
    def tally(self) -> list[tuple[Decision, int]]:
        """How many benchmarks stand at each rating, the best first."""
        counts = Counter(each.decision for each in self.this.benchmarks)
        return sorted(counts.items(), key=lambda entry: -rank(entry[0]))

    @cached_property
    def sentence(self) -> list[Phrase]:
        return Sentence(self).phrases

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
