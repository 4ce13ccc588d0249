"""What will be done, by whom, by when, and how it goes."""

from django.db import models
from simple_history.models import HistoricalRecords

from assessments.models.carried import Carried
from assessments.models.council import Council
from assessments.models.cycle import Cycle
from assessments.models.people import User
from assessments.models.sensitivity import SensitivityField, sensitivity_is_known
from assessments.querysets import ActionQuerySet
from benchmarks.models import Prompt, Question


class ActionStatus(models.TextChoices):
    NOT_STARTED = "not-started", "Not started"
    IN_PROGRESS = "in-progress", "In progress"
    COMPLETED = "completed", "Completed"


class Action(models.Model):
    """Belongs to the council, not to a cycle: it lives on until it is done.

    `due_words` holds what stands where there is no date: “Q4 21/22”.
    """

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField(max_length=20_000)
    status = models.CharField(
        max_length=20, choices=ActionStatus.choices, default=ActionStatus.NOT_STARTED
    )
    due_date = models.DateField(null=True, blank=True)
    due_words = models.CharField(max_length=200, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    sensitivity = SensitivityField()
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["council", "status", "due_date"], name="action_by_due")]
        constraints = [
            sensitivity_is_known("sensitivity", "action_sensitivity_known"),
            models.CheckConstraint(
                condition=models.Q(status__in=ActionStatus.values), name="action_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(due_date__isnull=True) | models.Q(due_words=""),
                name="action_due_date_or_words",
            ),
            models.CheckConstraint(
                condition=models.Q(completed_on__isnull=True)
                | models.Q(status=ActionStatus.COMPLETED),
                name="action_completed_on_when_completed",
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk}"


class ActionOwner(models.Model):
    """A person, a post or a partner. `user` is set where they also sign in here."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="owners")
    name = models.CharField(max_length=200)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["action", "name"], name="action_owner_once")]

    def __str__(self) -> str:
        return self.name


class ActionLink(Carried):
    """Where an action stands in a cycle: beside a question, or one prompt of it.

    An action lives on across cycles; what has to be confirmed is that it belongs here too.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="links")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="action_links")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    prompt = models.ForeignKey(
        Prompt, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["cycle", "question"], name="action_link_by_question")]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "cycle", "question", "prompt"],
                condition=models.Q(prompt__isnull=False),
                name="action_once_per_prompt",
            ),
            models.UniqueConstraint(
                fields=["action", "cycle", "question"],
                condition=models.Q(prompt__isnull=True),
                name="action_once_per_question",
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.action_id} at question {self.question_id}"


class ProgressUpdate(models.Model):
    """A dated line on how an action goes. `author_name` stays as it was when written."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    dated_on = models.DateField()
    quarter = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=20_000)
    next_steps = models.TextField(blank=True, max_length=20_000)
    sensitivity = SensitivityField()
    author_name = models.CharField(max_length=200)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-dated_on", "-pk"]
        constraints = [sensitivity_is_known("sensitivity", "progress_update_sensitivity_known")]

    def __str__(self) -> str:
        return f"Progress update {self.pk}"
