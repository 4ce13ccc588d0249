"""Making a file that a person asked for. Runs in a job, perhaps more than once; one file comes
of it."""

import datetime
import hashlib
import logging
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from assessments.models import MadeFile, User

logger = logging.getLogger(__name__)

PATIENCE = datetime.timedelta(minutes=10)
Progress = Callable[[str], None]


class FileFailed(Exception):
    """Says which file, and nothing of what was in it: the queue keeps it as text."""


def make(file: MadeFile, contents: Callable[[Progress], bytes], *, name: str) -> None:
    """`contents` gives the bytes and tells on the way what it is doing; `name` is the file's
    in the storage."""
    try:
        data = contents(lambda step: record_progress(file, MadeFile.Status.RUNNING, step))
        store(file, data, name)
    except Exception:
        logger.exception("%s could not be made", file)
        record_progress(file, MadeFile.Status.FAILED, "")
        raise FileFailed(f"{file} could not be made: see the log") from None


def record_progress(file: MadeFile, status: MadeFile.Status, step: str) -> None:
    """Leaves a file alone that another worker has finished meanwhile."""
    rows = type(file)._default_manager.filter(pk=file.pk).exclude(status=MadeFile.Status.READY)
    rows.update(status=status, step=step)


@transaction.atomic
def store(file: MadeFile, data: bytes, name: str) -> None:
    """The row is locked, so that of two workers on one file the second finds it done."""
    locked = type(file)._default_manager.select_for_update().filter(pk=file.pk).first()
    if locked is None or locked.status == MadeFile.Status.READY:
        return
    storage = locked.file.storage
    storage.delete(name)  # what a worker left that was killed before its row was saved
    locked.file.name = storage.save(name, ContentFile(data))
    locked.size = len(data)
    locked.sha256 = hashlib.sha256(data).hexdigest()
    locked.status = MadeFile.Status.READY
    locked.step = ""
    locked.finished_at = timezone.now()
    locked.save()


@transaction.atomic
def make_again(file: MadeFile, enqueue: Callable[[int], object], *, by: User) -> None:
    """For a file that failed, or whose worker is gone; nothing for any other."""
    locked = type(file)._default_manager.select_for_update().get(pk=file.pk)
    if can_be_made_again(locked, timezone.now()):
        locked.status = MadeFile.Status.WAITING
        locked.step = ""
        locked.requested_by = by
        locked.requested_at = timezone.now()
        locked.save(update_fields=["status", "step", "requested_by", "requested_at"])
        transaction.on_commit(lambda: enqueue(locked.pk))


def can_be_made_again(file: MadeFile, now: datetime.datetime) -> bool:
    if file.status == MadeFile.Status.RUNNING:
        return now - file.requested_at > PATIENCE
    return file.status == MadeFile.Status.FAILED
