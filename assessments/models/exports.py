from django.db import models

from assessments.models.cycle import Cycle
from assessments.models.people import User
from assessments.models.snapshot import Snapshot


class ExportFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel workbook"
    JSON = "json", "JSON interchange"


class Audience(models.TextChoices):
    """`public` leaves out every text that isn't public, `committee` what is not for publication
    at all; `board` has everything. Restricted text that is there is marked."""

    PUBLIC = "public", "Public"
    COMMITTEE = "committee", "Committee members (contains exempt text)"
    BOARD = "board", "Board (contains restricted text)"


class MadeFile(models.Model):
    """A file asked for by a person and made by a job."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    step = models.CharField(max_length=100, blank=True)
    requested_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="exports/%Y/%m/", blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


class Export(MadeFile):
    """Of the cycle as it stands then, or of a snapshot, which has each file once and keeps it."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="exports")
    snapshot = models.ForeignKey(
        Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="exports"
    )
    format = models.CharField(max_length=10, choices=ExportFormat.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "format", "audience"], name="snapshot_file_made_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="ready") | ~models.Q(file=""),
                name="export_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"Export {self.pk}"
