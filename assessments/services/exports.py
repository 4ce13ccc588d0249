"""Asking for a file of a cycle; a job makes it."""

from django.db import transaction

from assessments.models import Audience, Cycle, Export, ExportFormat, Snapshot, User
from assessments.services import made_files
from assessments.tasks import make_export


@transaction.atomic
def request_export(*, cycle: Cycle, format: ExportFormat, audience: Audience, by: User) -> Export:
    """Of the cycle as it stands when the job begins: one that still waits serves whoever asks."""
    same = cycle.exports.filter(snapshot=None, format=format, audience=audience)
    waiting = same.filter(status=Export.Status.WAITING).first()
    if waiting:
        return waiting
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


def make_again(*, export: Export, by: User) -> None:
    """For an export that failed, or whose worker is gone; nothing for any other."""
    made_files.make_again(export, make_export.enqueue, by=by)


def enqueue(export: Export) -> None:
    """Once the row is there for the worker to see."""
    transaction.on_commit(lambda: make_export.enqueue(export.pk))
