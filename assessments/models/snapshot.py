"""What was signed off, as it was, for ever."""

from typing import Any

from django.db import models

from assessments.models.council import Council
from assessments.models.cycle import Cycle
from assessments.models.people import User


class SignedSnapshotError(Exception):
    """Something tried to change or delete a signed snapshot."""

    def __init__(self) -> None:
        super().__init__("A signed snapshot never changes and is never deleted.")


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def update(self, **values: Any) -> int:
        raise SignedSnapshotError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise SignedSnapshotError

    delete.queryset_only = True  # type: ignore[attr-defined]


class Snapshot(models.Model):
    """The frozen record made at sign-off. Triggers of the database refuse its change too.

    `content` is the canonical form that `snapshots.py` writes and reads, and `sha256` its hash;
    `number` counts a council's snapshots from 1.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="snapshots")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="snapshot_number_once"),
            models.UniqueConstraint(fields=["cycle", "revision"], name="snapshot_once_per_version"),
        ]

    def __str__(self) -> str:
        return f"Snapshot {self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise SignedSnapshotError
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise SignedSnapshotError
