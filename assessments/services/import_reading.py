"""Reading an uploaded document. Runs in a job, perhaps more than once; it is read once."""

import logging

from django.db import transaction
from django.utils import timezone

from assessments.imports.problems import ImportProblems
from assessments.imports.word.apart import Reading, read_apart
from assessments.models import DocumentImport
from assessments.record_builder import blank_record_on

logger = logging.getLogger(__name__)

Status = DocumentImport.Status
NOT_ON_DISK = "The uploaded file is no longer there. Upload the document again."


class ReadingStopped(Exception):
    """Says which import, and nothing of what was in it: the queue keeps it as text."""


def read_upload(import_id: int) -> None:
    """Nothing to do where it has been read, refused or discarded meanwhile."""
    open_ones = DocumentImport.objects.filter(status__in=DocumentImport.UNDER_WAY)
    document = open_ones.select_related("toolkit", "scale").filter(pk=import_id).first()
    if document is None:
        return
    try:
        finish(document, reading=reading_of(document))
    except FileNotFoundError:
        finish(document, problem=NOT_ON_DISK)
    except ImportProblems as problem:
        finish(document, problem=" ".join(problem.messages))
    except Exception:
        logger.exception("Import %s could not be read", import_id)
        finish(document)
        raise ReadingStopped(f"Import {import_id} could not be read: see the log") from None


def reading_of(document: DocumentImport) -> Reading:
    def say(step: str) -> None:
        record_step(document, step)

    say("Opening the document")
    with document.file.open() as file:
        data = file.read()
    return read_apart(data, blank_record_on(document.toolkit, document.scale), say)


def record_step(document: DocumentImport, step: str) -> None:
    """Leaves one alone that another worker has finished meanwhile."""
    rows = DocumentImport.objects.filter(pk=document.pk, status__in=DocumentImport.UNDER_WAY)
    rows.update(status=Status.RUNNING, step=step, since=timezone.now())


@transaction.atomic
def finish(document: DocumentImport, *, reading: Reading | None = None, problem: str = "") -> None:
    """The file goes with it. Of two workers on one import the second finds it done."""
    unread = DocumentImport.objects.filter(status__in=DocumentImport.UNDER_WAY)
    locked = unread.select_for_update().filter(pk=document.pk).first()
    if locked is None:
        return
    if reading:
        locked.rows, locked.characters = reading.rows, reading.characters
    locked.status = Status.READY if reading else Status.FAILED
    locked.problem, locked.step, locked.since = problem, "", timezone.now()
    forget_file(locked)
    locked.save()


def forget_file(document: DocumentImport) -> None:
    """Off the disk once the database has taken leave of it."""
    name, storage = document.file.name, document.file.storage
    document.file = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))
