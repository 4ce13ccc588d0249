from django.db import models

from assessments.models.cycle import Cycle
from assessments.models.people import User


class Draft(models.Model):
    """What a person has typed on a page and not saved yet; nobody else sees it.

    `page` names the form, such as `question:7.1`; `data` is the posted form, name → values.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=60)
    data = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "cycle", "page"], name="draft_once_per_page")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.page}"
