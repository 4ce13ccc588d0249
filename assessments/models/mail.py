"""E-mail on its way, and what keeps reminders from being sent twice or to the unwilling."""

import uuid

from django.db import models

from assessments.models.council import Council
from assessments.models.people import User


class Mail(models.Model):
    """One e-mail, written with what it tells of and sent by a job once that is saved.

    It holds no restricted text and no evidence: counts and links. `claimed_at`: since when a
    worker has been at it. `unsubscribe`: the address that ends mail of this kind, where that
    may be ended.
    """

    class Kind(models.TextChoices):
        DIGEST = "digest", "Weekly reminder"
        REVIEW = "review", "Review and sign-off"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="mails")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mails")
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    unsubscribe = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(sent_at__isnull=True),
                name="mail_not_sent_yet",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["digest", "review"]), name="mail_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"Mail {self.pk}"


class Reminder(models.Model):
    """That a person has had their reminder of a council for a week, such as “2026-W47”."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    week = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "council", "week"], name="reminder_once_per_week"
            )
        ]

    def __str__(self) -> str:
        return f"Reminder of {self.week}"


class ReminderOptOut(models.Model):
    """A person wants no weekly reminder of a council. Mail on sign-off still reaches them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "council"], name="reminder_opt_out_once")
        ]

    def __str__(self) -> str:
        return f"No reminders to {self.user_id} of {self.council_id}"
