"""What a council's home shows: what waits for the person, then the cycles."""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from assessments.access import Access
from assessments.models import Challenge, Cycle, Draft, Role, Stage, User
from assessments.permissions import Permission
from assessments.presenters.cycles import Step, next_step
from assessments.progress import (
    QuestionProgress,
    RatingCount,
    Tally,
    of_person,
    progress_of,
    ratings_of,
    total,
    unanswered,
    undecided_benchmarks,
)

# What a draft is of, by the first part of its page's name, and where it goes on.
DRAFT_PAGES = {
    "question": ("question {}", "question"),
    "benchmark": ("benchmark {}", "benchmark"),
    "add-action": ("new action at question {}", "add_action"),
    "add-document": ("new document at question {}", "add_document"),
    "action": ("change to an action", "action"),
    "update": ("progress of an action", "add_update"),
    "document": ("change to a document", "document"),
}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the person."""

    count: int
    text: str
    href: str


@dataclass(frozen=True)
class CurrentCycle:
    cycle: Cycle
    tally: Tally
    step: Step | None
    is_late: bool


@dataclass(frozen=True)
class CycleRow:
    cycle: Cycle
    ratings: list[RatingCount]


class CouncilHome:
    """Eight queries at most, whatever the council holds; two for those who see nothing but
    public front sheets."""

    def __init__(self, access: Access, *, today: datetime.date) -> None:
        self.access = access
        self.today = today
        self.cycles = list(access.council.cycles.select_related("toolkit"))
        self.reads = access.can(Permission.READ)
        open_cycles = [cycle for cycle in self.cycles if self.is_current(cycle)]
        self.progress = progress_of(*open_cycles) if self.reads and open_cycles else {}

    def is_current(self, cycle: Cycle) -> bool:
        """The latest, and any other whose closing date is still to come."""
        open_still = cycle.closes_on is not None and cycle.closes_on >= self.today
        return cycle == self.cycles[0] or open_still

    @cached_property
    def leads(self) -> list[User]:
        return list(
            User.objects.filter(
                memberships__council=self.access.council, memberships__role=Role.LEAD
            )
        )

    @cached_property
    def current(self) -> list[CurrentCycle]:
        """For those who may read it."""
        cycles = [cycle for cycle in self.cycles if cycle.pk in self.progress]
        undecided = undecided_benchmarks(*cycles) if cycles else {}
        return [
            CurrentCycle(
                cycle=cycle,
                tally=total(self.progress[cycle.pk]),
                step=next_step(self.access, cycle, self.progress[cycle.pk], undecided[cycle.pk]),
                is_late=bool(cycle.closes_on and cycle.closes_on < self.today),
            )
            for cycle in cycles
        ]

    @cached_property
    def rows(self) -> list[CycleRow]:
        """The earlier cycles; every cycle for those who see only public front sheets."""
        ratings = ratings_of(self.cycles)
        return [
            CycleRow(cycle, ratings[cycle.pk])
            for cycle in self.cycles
            if cycle.pk not in self.progress
        ]

    @cached_property
    def waiting(self) -> list[Waiting]:
        if not self.reads:
            return []
        return [
            *self.sign_offs(),
            *self.challenges(),
            *self.waiting_questions(),
            *self.overdue_actions(),
            *self.drafts(),
        ]

    def sign_offs(self) -> list[Waiting]:
        """For the board: what has been submitted."""
        if not self.access.can(Permission.SIGN_OFF):
            return []
        submitted = [cycle for cycle in self.cycles if cycle.stage == Stage.IN_REVIEW]
        return [
            Waiting(1, f"cycle to sign off: {cycle.period}", self.address(cycle, "review"))
            for cycle in submitted
        ]

    def challenges(self) -> list[Waiting]:
        """Open ones for those who answer; for a reviewer the answers to their own. One query."""
        if not self.access.can(Permission.REPLY):
            return []
        waiting = Challenge.objects.waiting_for(self.access.user, self.access.council)
        counts = Counter(waiting.order_by().values_list("cycle_id", flat=True))
        words = {1: "challenge waits", 2: "challenges wait"}
        return [
            Waiting(
                counts[cycle.pk],
                f"{words[min(counts[cycle.pk], 2)]} for you in {cycle.period}",
                self.address(cycle, "challenges"),
            )
            for cycle in self.cycles
            if counts[cycle.pk]
        ]

    def waiting_questions(self) -> list[Waiting]:
        return [
            Waiting(
                count,
                f"{'question' if count == 1 else 'questions'} to answer in {cycle.period}",
                self.address(cycle, "cycle") + "?show=mine",
            )
            for cycle in self.cycles
            if (count := len(self.mine_to_answer(cycle)))
        ]

    def mine_to_answer(self, cycle: Cycle) -> list[QuestionProgress]:
        if not self.access.can(Permission.ANSWER_ASSIGNED):
            return []
        return unanswered(of_person(self.progress.get(cycle.pk, []), self.access.user))

    def overdue_actions(self) -> list[Waiting]:
        """One query. An action is looked for in the latest cycle that it stands in."""
        actions = self.access.council.actions.owned_by(self.access.user).overdue(self.today)
        links = set(actions.order_by().values_list("pk", "links__cycle"))
        latest: dict[int, int] = {}
        for cycle in reversed(self.cycles):
            latest |= {action: cycle.pk for action, place in links if place == cycle.pk}
        counts = Counter(latest.values())
        return [
            Waiting(
                counts[cycle.pk],
                f"overdue {'action' if counts[cycle.pk] == 1 else 'actions'} of yours "
                f"in {cycle.period}",
                self.address(cycle, "actions") + "?show=mine",
            )
            for cycle in self.cycles
            if counts[cycle.pk]
        ]

    def drafts(self) -> list[Waiting]:
        """One query."""
        drafts = Draft.objects.filter(
            user=self.access.user, cycle__council=self.access.council
        ).select_related("cycle")
        return [self.draft(each) for each in drafts.order_by("-saved_at")]

    def draft(self, draft: Draft) -> Waiting:
        kind, _, key = draft.page.partition(":")
        if kind not in DRAFT_PAGES:
            text = f"draft not saved yet in {draft.cycle.period}"
            return Waiting(1, text, self.address(draft.cycle, "cycle"))
        words, page = DRAFT_PAGES[kind]
        text = f"draft not saved yet: {words.format(key)} in {draft.cycle.period}"
        return Waiting(1, text, self.address(draft.cycle, page, key))

    def address(self, cycle: Cycle, name: str, *args: str) -> str:
        return reverse(f"councils:{name}", args=[self.access.council.slug, cycle.pk, *args])
