"""What waits for each member of a council: counts and where to go, no council text."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.links import absolute
from assessments.models import Challenge, Council, Cycle, Membership, Role, Stage, User
from assessments.permissions import Permission, can
from assessments.progress import QuestionProgress, of_person, progress_of, unanswered

SOON = datetime.timedelta(weeks=4)


@dataclass(frozen=True)
class Line:
    count: int
    words: str
    link: str


@dataclass(frozen=True)
class Digest:
    """What one person has to do for a council; `lines` is empty where that is nothing."""

    user: User
    council: Council
    lines: list[Line]


def digests_of(council: Council, today: datetime.date) -> Iterator[Digest]:
    """For each member who may read. Two queries a person and six a council."""
    cycles = list(council.cycles.exclude(stage=Stage.SIGNED_OFF))
    progress = progress_of(*cycles) if cycles else {}
    for membership in council.memberships.select_related("user").filter(user__is_active=True):
        if can(Role(membership.role), Permission.READ):
            lines = [
                *questions(membership, cycles, progress),
                *challenges(membership, cycles),
                *actions(membership, today),
            ]
            yield Digest(membership.user, council, lines)


def questions(
    membership: Membership, cycles: list[Cycle], progress: dict[int, list[QuestionProgress]]
) -> Iterator[Line]:
    if not can(Role(membership.role), Permission.ANSWER_ASSIGNED):
        return
    for cycle in cycles:
        count = len(unanswered(of_person(progress[cycle.pk], membership.user)))
        words = f"{'question' if count == 1 else 'questions'} to answer in {cycle.period}"
        if count:
            yield Line(count, words, in_cycle(cycle, "cycle") + "?show=mine")


def challenges(membership: Membership, cycles: list[Cycle]) -> Iterator[Line]:
    if not cycles or not can(Role(membership.role), Permission.REPLY):
        return
    waiting = Challenge.objects.waiting_for(membership.user, cycles[0].council)
    counts = Counter(waiting.order_by().values_list("cycle_id", flat=True))
    for cycle in cycles:
        count = counts[cycle.pk]
        words = f"{'challenge waits' if count == 1 else 'challenges wait'} for you in"
        if count:
            yield Line(count, f"{words} {cycle.period}", in_cycle(cycle, "challenges"))


def actions(membership: Membership, today: datetime.date) -> Iterator[Line]:
    owned = membership.council.actions.owned_by(membership.user).open().order_by()
    dates = owned.filter(due_date__lte=today + SOON).values_list("pk", "due_date")
    late = sum(date < today for _, date in dates if date)
    soon = len(dates) - late
    address = f"{absolute('councils:register', membership.council.slug)}"
    whose = f"?owner=u{membership.user_id}"
    for count, words, due in (
        (late, "of yours overdue", "overdue"),
        (soon, "of yours due in the next four weeks", "soon"),
    ):
        if count:
            noun = "action" if count == 1 else "actions"
            yield Line(count, f"{noun} {words}", f"{address}{whose}&due={due}")


def in_cycle(cycle: Cycle, name: str) -> str:
    return absolute(f"councils:{name}", cycle.council.slug, cycle.pk)
