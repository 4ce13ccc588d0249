"""Asking for a file of a cycle; a job makes it."""

import datetime

from django.db import transaction
from django.utils import timezone

from assessments.models import Audience, Cycle, Export, ExportFormat, Snapshot, User
from assessments.tasks import make_export

PATIENCE = datetime.timedelta(minutes=10)


@transaction.atomic
def request_export(*, cycle: Cycle, format: ExportFormat, audience: Audience, by: User) -> Export:
    export = Export.objects.create(cycle=cycle, format=format, audience=audience, requested_by=by)
    enqueue(export)
    return export


@transaction.atomic
def request_snapshot_file(
    *, snapshot: Snapshot, format: ExportFormat, audience: Audience, by: User
) -> Export:
    """The snapshot's file, asked for once: whoever comes later gets the same."""
    export, is_new = Export.objects.get_or_create(
        snapshot=snapshot,
        format=format,
        audience=audience,
        defaults={"cycle": snapshot.cycle, "requested_by": by},
    )
    if is_new:
        enqueue(export)
    return export


@transaction.atomic
def make_again(*, export: Export, by: User) -> None:
    """For an export that failed, or whose worker is gone; nothing for any other."""
    locked = Export.objects.select_for_update().get(pk=export.pk)
    if can_be_made_again(locked, timezone.now()):
        locked.status = Export.Status.WAITING
        locked.step = ""
        locked.requested_by = by
        locked.requested_at = timezone.now()
        locked.save(update_fields=["status", "step", "requested_by", "requested_at"])
        enqueue(locked)


def can_be_made_again(export: Export, now: datetime.datetime) -> bool:
    if export.status == Export.Status.RUNNING:
        return now - export.requested_at > PATIENCE
    return export.status == Export.Status.FAILED


def enqueue(export: Export) -> None:
    """Once the row is there for the worker to see."""
    transaction.on_commit(lambda: make_export.enqueue(export.pk))
