"""Toolkit editions while they are drafted, and those that are one council's own.

What is drafted here is published as a row of `benchmarks`, which knows nothing of councils:
`CouncilToolkit` says whose it is.
"""

from django.db import models
from simple_history.models import HistoricalRecords

from assessments.models.council import Council
from benchmarks.models import Toolkit


class CouncilToolkit(models.Model):
    """A published toolkit that belongs to one council: nobody else sees it. Without such a row
    it is everybody's."""

    toolkit = models.OneToOneField(Toolkit, on_delete=models.CASCADE, related_name="ownership")
    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="own_toolkits")

    def __str__(self) -> str:
        return f"Toolkit {self.toolkit_id} of council {self.council_id}"


class EditionDraft(models.Model):
    """An edition on its way to being published: for everybody where it has no council.

    `published_as` is what became of it; from then on nothing in it changes.
    """

    council = models.ForeignKey(
        Council, null=True, blank=True, on_delete=models.CASCADE, related_name="edition_drafts"
    )
    based_on = models.ForeignKey(
        Toolkit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_as = models.OneToOneField(
        Toolkit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Draft {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.published_as_id is None


class DraftPartKind(models.TextChoices):
    ABOUT = "about", "About this toolkit"
    SCALE = "scale", "Rating scale"
    BENCHMARK = "benchmark", "Benchmark"
    QUESTION = "question", "Question"


class DraftPart(models.Model):
    """What one form of a draft holds. `content` has the names that a file of an edition has,
    less what stands in parts of its own; `version` counts its saves.
    """

    draft = models.ForeignKey(EditionDraft, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=DraftPartKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    position = models.PositiveIntegerField()
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["draft_id", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=DraftPartKind.values), name="draft_part_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="question", parent__isnull=False)
                | (~models.Q(kind="question") & models.Q(parent__isnull=True)),
                name="draft_part_under_a_benchmark",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of draft {self.draft_id}"
