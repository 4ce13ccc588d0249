import secrets

from django.db import models

from assessments.models.council import Council
from assessments.models.people import User


def new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """An address at which a calendar finds when a council's actions are due, until revoked.

    Whoever has the address reads it, so it gives away nothing that isn't public.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="calendar_feeds")
    token = models.CharField(max_length=64, unique=True, default=new_token)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "council"],
                condition=models.Q(revoked_at__isnull=True),
                name="calendar_feed_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"Calendar feed {self.pk}"
