"""A document on its way to being a cycle."""

import uuid

from django.db import models

from assessments.models.council import Council
from assessments.models.cycle import Cycle
from assessments.models.people import User
from benchmarks.models import RatingScale, Toolkit


def kept_as(document: "DocumentImport", _: str) -> str:
    """A name that tells nothing, the uploaded one least of all."""
    return f"imports/{uuid.uuid4().hex}"


class DocumentImport(models.Model):
    """An uploaded document: read by a job, then reviewed by people until it becomes `cycle`.
    What finds no place stays readable beside that cycle.

    `rows` holds entries of `imports.word.entries`; `characters` were counted as the document
    was read. `file` is there only until then; `since`: the moment of its `status`. `problem` is the
    sentence for a document that can't be read.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        RUNNING = "running", "Being read"
        READY = "ready", "Under review"
        FAILED = "failed", "Could not be read"

    UNDER_WAY = (Status.WAITING, Status.RUNNING)

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="imports")
    toolkit = models.ForeignKey(Toolkit, on_delete=models.PROTECT, related_name="+")
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(
        Cycle, null=True, blank=True, on_delete=models.CASCADE, related_name="imports"
    )
    file_name = models.CharField(max_length=200)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    step = models.CharField(max_length=100, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField(auto_now_add=True)
    file = models.FileField(upload_to=kept_as, blank=True)
    characters = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["waiting", "running"]) | models.Q(file=""),
                name="import_read_keeps_no_file",
            ),
            models.CheckConstraint(
                condition=models.Q(cycle=None) | models.Q(status="ready"),
                name="import_read_before_its_cycle",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
