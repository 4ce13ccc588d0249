"""What a council's home shows: what waits for the person, then the cycles."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from assessments.access import Access
from assessments.models import Cycle, Role, Snapshot, User
from assessments.permissions import Permission
from assessments.presenters.cycles import Step, next_step
from assessments.presenters.waiting import Waiting, WaitingList
from assessments.progress import (
    Judgement,
    RatingCount,
    Tally,
    counted,
    judgements_of,
    progress_of,
    total,
    undecided,
)


@dataclass(frozen=True)
class CurrentCycle:
    """`to_confirm`: how much came along from an earlier cycle and waits, judgements included."""

    cycle: Cycle
    tally: Tally
    step: Step | None
    is_late: bool
    to_confirm: int


@dataclass(frozen=True)
class CycleRow:
    """`snapshot`: its latest, for those who may read it."""

    cycle: Cycle
    ratings: list[RatingCount]
    snapshot: Snapshot | None


class CouncilHome:
    """Nine queries at most, whatever the council holds; two for those who see nothing but
    public front sheets."""

    def __init__(self, access: Access, *, today: datetime.date) -> None:
        self.access = access
        self.today = today
        self.cycles = list(access.council.cycles.select_related("toolkit__ownership"))
        self.reads = access.can(Permission.READ)
        under_way = [cycle for cycle in self.cycles if self.is_current(cycle)]
        self.progress = progress_of(*under_way) if self.reads and under_way else {}

    def is_current(self, cycle: Cycle) -> bool:
        """The latest, any other whose closing date is still to come, and what is under way on
        an instrument of the council's own."""
        open_still = cycle.closes_on is not None and cycle.closes_on >= self.today
        beside = cycle.is_open and hasattr(cycle.toolkit, "ownership")
        return cycle == self.cycles[0] or open_still or beside

    @cached_property
    def judgements(self) -> dict[int, list[Judgement]]:
        return judgements_of(*self.cycles)

    @cached_property
    def current(self) -> list[CurrentCycle]:
        """For those who may read it."""
        return [self.card(cycle) for cycle in self.cycles if cycle.pk in self.progress]

    def card(self, cycle: Cycle) -> CurrentCycle:
        questions = self.progress[cycle.pk]
        judgements, tally = self.judgements[cycle.pk], total(questions)
        overdue = cycle.closes_on is not None and cycle.closes_on < self.today
        return CurrentCycle(
            cycle=cycle,
            tally=tally,
            step=next_step(self.access, cycle, questions, undecided(judgements)),
            is_late=cycle.is_open and overdue,
            to_confirm=tally.to_confirm + sum(each.to_confirm for each in judgements),
        )

    @cached_property
    def rows(self) -> list[CycleRow]:
        """The earlier cycles; every cycle for those who see only public front sheets."""
        return [
            CycleRow(cycle, counted(self.judgements[cycle.pk]), self.snapshots.get(cycle.pk))
            for cycle in self.cycles
            if cycle.pk not in self.progress
        ]

    @cached_property
    def snapshots(self) -> dict[int, Snapshot]:
        """The latest of each cycle. One query."""
        if not self.reads:
            return {}
        rows = self.access.council.snapshots.order_by("number").defer("content")
        return {snapshot.cycle_id: snapshot for snapshot in rows}

    @cached_property
    def waiting(self) -> list[Waiting]:
        if not self.reads:
            return []
        return WaitingList(self.access, self.cycles, self.progress, self.today).all()

    @cached_property
    def leads(self) -> list[User]:
        """Whom to ask in a council without a cycle."""
        in_council = self.access.council.memberships.filter(role=Role.LEAD)
        return [membership.user for membership in in_council.select_related("user")]
