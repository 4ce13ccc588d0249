"""What waits for a person in a council: first on its home, each with its link."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from assessments.access import Access
from assessments.models import Challenge, Cycle, Draft, Stage
from assessments.permissions import Permission
from assessments.progress import QuestionProgress, of_person, unanswered

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


class WaitingList:
    """`progress`: the questions of the cycles that are under way, by the cycle's id."""

    def __init__(
        self,
        access: Access,
        cycles: Sequence[Cycle],
        progress: Mapping[int, Sequence[QuestionProgress]],
        today: datetime.date,
    ) -> None:
        self.access, self.cycles = access, cycles
        self.progress, self.today = progress, today

    def all(self) -> list[Waiting]:
        """What only this person can do comes first. Three queries."""
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
        if not (cycle.is_open and self.access.can(Permission.ANSWER_ASSIGNED)):
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
        """One query, which leaves what was typed where it is."""
        drafts = Draft.objects.filter(user=self.access.user, cycle__in=self.cycles)
        pages = drafts.order_by("-saved_at").values_list("cycle_id", "page")
        cycles = {cycle.pk: cycle for cycle in self.cycles}
        return [self.draft(cycles[cycle_id], page) for cycle_id, page in pages]

    def draft(self, cycle: Cycle, page: str) -> Waiting:
        kind, _, key = page.partition(":")
        if kind not in DRAFT_PAGES:
            text = f"draft not saved yet in {cycle.period}"
            return Waiting(1, text, self.address(cycle, "cycle"))
        words, name = DRAFT_PAGES[kind]
        text = f"draft not saved yet: {words.format(key)} in {cycle.period}"
        return Waiting(1, text, self.address(cycle, name, key))

    def address(self, cycle: Cycle, name: str, *args: str) -> str:
        return reverse(f"councils:{name}", args=[self.access.council.slug, cycle.pk, *args])
