"""A document on its way to being a cycle."""

from django.db import models

from assessments.models.council import Council
from assessments.models.cycle import Cycle
from assessments.models.people import User
from benchmarks.models import RatingScale, Toolkit


class DocumentImport(models.Model):
    """What was read in an uploaded document and where each row goes, reviewed by people until
    it becomes `cycle`. What finds no place stays readable beside that cycle.

    `rows` holds entries of `imports.word.entries`; `characters` were counted as the document
    was read. The document itself isn't kept.
    """

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="imports")
    toolkit = models.ForeignKey(Toolkit, on_delete=models.PROTECT, related_name="+")
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(
        Cycle, null=True, blank=True, on_delete=models.CASCADE, related_name="imports"
    )
    file_name = models.CharField(max_length=200)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    characters = models.PositiveIntegerField()
    rows = models.JSONField()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
