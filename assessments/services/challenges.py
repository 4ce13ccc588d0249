"""A reviewer asks, somebody answers, the reviewer resolves."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from assessments.models import Action, Challenge, ChallengeReply, Cycle, Sensitivity, User
from assessments.services.history import update_rows, written_by
from benchmarks.models import Benchmark, Question


@dataclass(frozen=True)
class Concern:
    """What a challenge is about: exactly one of the three."""

    benchmark: Benchmark | None = None
    question: Question | None = None
    action: Action | None = None


@transaction.atomic
def raise_challenge(
    *,
    cycle: Cycle,
    concern: Concern,
    text: str,
    sensitivity: str = Sensitivity.PUBLIC,
    addressed_to: User | None = None,
    by: User,
) -> Challenge:
    """A form posted twice asks once."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    asks = {
        "benchmark": concern.benchmark,
        "question": concern.question,
        "action": concern.action,
        "text": text,
        "sensitivity": sensitivity,
        "addressed_to": addressed_to,
        "raised_by": by,
    }
    waiting = cycle.challenges.filter(**asks, state=Challenge.State.OPEN, replies=None).first()
    if waiting:
        return waiting
    challenge = Challenge(cycle=cycle, **asks, raised_at=timezone.now())
    written_by(challenge, by).save()
    return challenge


@transaction.atomic
def reply(
    *, challenge: Challenge, text: str, sensitivity: str = Sensitivity.PUBLIC, by: User
) -> ChallengeReply:
    """Answers the challenge; from the person who raised it, asks on and opens it again. A form
    posted twice is one reply.

    Raises ValidationError once it has been resolved.
    """
    challenge = still_open(challenge)
    last = challenge.replies.last()
    if last and (last.by_id, last.text, last.sensitivity) == (by.pk, text, sensitivity):
        return last
    answered = Challenge.State.ANSWERED
    state = Challenge.State.OPEN if by.pk == challenge.raised_by_id else answered
    set_state(challenge, state, by)
    return ChallengeReply.objects.create(
        challenge=challenge,
        text=text,
        sensitivity=sensitivity,
        by=by,
        by_name=by.name,
        at=timezone.now(),
    )


@transaction.atomic
def resolve(*, challenge: Challenge, by: User) -> None:
    """Raises ValidationError where somebody has resolved it already."""
    set_state(still_open(challenge), Challenge.State.RESOLVED, by)


def still_open(challenge: Challenge) -> Challenge:
    """The challenge, locked until the transaction ends."""
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.state == Challenge.State.RESOLVED:
        raise ValidationError("This challenge has been resolved: raise another one.")
    return challenge


def set_state(challenge: Challenge, state: Challenge.State, by: User) -> None:
    if challenge.state != state:
        challenge.state = state
        update_rows([challenge], ["state"], by)
