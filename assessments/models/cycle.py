from django.db import models
from simple_history.models import HistoricalRecords

from assessments.models.council import Council
from assessments.querysets import CycleQuerySet
from benchmarks.models import RatingScale, Toolkit


class Stage(models.TextChoices):
    """Where a cycle is on its way to the board. Completed answers don't move it: people do."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    SIGNED_OFF = "signed-off", "Signed off"


class Cycle(models.Model):
    """One council's assessment against one toolkit edition for one period.

    `revision` counts from 1; reopening a signed cycle starts the next.
    """

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="cycles")
    toolkit = models.ForeignKey(Toolkit, on_delete=models.PROTECT, related_name="+")
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=50)
    as_at = models.DateField("position as at")
    closes_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "toolkit", "period"], name="cycle_period_once_per_toolkit"
            ),
            models.CheckConstraint(condition=~models.Q(period=""), name="cycle_has_a_period"),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="cycle_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.toolkit.title}, {self.period}"

    @property
    def is_open(self) -> bool:
        """Whether its answers may still change."""
        return self.stage != Stage.SIGNED_OFF
