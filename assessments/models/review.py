"""The board's part: a cycle's way to sign-off, and what a reviewer asks on it."""

from django.db import models
from simple_history.models import HistoricalRecords

from assessments.models.actions import Action
from assessments.models.council import Council
from assessments.models.cycle import Cycle
from assessments.models.people import User
from assessments.models.sensitivity import SensitivityField, sensitivity_is_known
from benchmarks.models import Benchmark, Question


class ReviewStep(models.Model):
    """One step on a cycle's way, with who took it and why. Only ever added to.

    `by_name` stays as it was; `gaps` counts what was missing at a submission.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "Submitted for review"
        RETURNED = "returned", "Returned to the lead"
        SIGNED_OFF = "signed-off", "Signed off"
        REOPENED = "reopened", "Reopened as a new version"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="review_steps")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    reason = models.TextField(blank=True, max_length=20_000)
    reason_sensitivity = SensitivityField()
    gaps = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["submitted", "returned", "signed-off", "reopened"]),
                name="review_step_kind_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["returned", "reopened"]) | ~models.Q(reason=""),
                name="review_step_back_has_a_reason",
            ),
            sensitivity_is_known("reason_sensitivity", "review_step_sensitivity_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, cycle {self.cycle_id}"


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def waiting_for(self, user: User, council: Council) -> "ChallengeQuerySet":
        """What the person has to do: answer what is open and addressed to them or to nobody;
        read the answer to what they asked themselves."""
        theirs = models.Q(addressed_to=user) | models.Q(addressed_to=None)
        to_answer = models.Q(state="open") & theirs & ~models.Q(raised_by=user)
        to_read = models.Q(state="answered", raised_by=user)
        return self.filter(to_answer | to_read, cycle__council=council)


class Challenge(models.Model):
    """A reviewer's question on a benchmark, a question or an action; answered, then resolved."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        RESOLVED = "resolved", "Resolved"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="challenges")
    benchmark = models.ForeignKey(
        Benchmark, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.CASCADE, related_name="challenges"
    )
    text = models.TextField(max_length=20_000)
    sensitivity = SensitivityField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    raised_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    raised_at = models.DateTimeField()
    addressed_to = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    history = HistoricalRecords()

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        indexes = [models.Index(fields=["cycle", "state"], name="challenge_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    benchmark__isnull=False, question__isnull=True, action__isnull=True
                )
                | models.Q(benchmark__isnull=True, question__isnull=False, action__isnull=True)
                | models.Q(benchmark__isnull=True, question__isnull=True, action__isnull=False),
                name="challenge_concerns_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "answered", "resolved"]),
                name="challenge_state_known",
            ),
            sensitivity_is_known("sensitivity", "challenge_sensitivity_known"),
        ]

    def __str__(self) -> str:
        return f"Challenge {self.pk}"


class ChallengeReply(models.Model):
    """A line of the conversation under a challenge. Only ever added to."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(max_length=20_000)
    sensitivity = SensitivityField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [sensitivity_is_known("sensitivity", "challenge_reply_sensitivity_known")]

    def __str__(self) -> str:
        return f"Reply {self.pk}"
