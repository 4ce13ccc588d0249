"""Jobs whose worker is gone: killed, or its machine switched off.

The queue never looks again at a job that a worker has begun, because it can't know whether
that worker still lives. The jobs named here may run twice and make one thing of it, so that
taking one up too early costs time and nothing else.
"""

import datetime
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from assessments.models import DocumentImport, Export, PackFile
from assessments.services.made_files import PATIENCE
from assessments.tasks import make_export, make_file_of_pack, read_document

# Each with the rows it is for and since when one waits: the job's first argument is its key.
MAY_RUN_AGAIN: list[tuple[Any, Any, str]] = [
    (make_export, Export, "requested_at"),
    (make_file_of_pack, PackFile, "requested_at"),
    (read_document, DocumentImport, "since"),
]
UNDER_WAY = ["waiting", "running"]  # the states of all three
MOST_STARTS = 3  # a job that has cost as many workers their lives waits for a person
IN_QUEUE = [TaskResultStatus.READY, TaskResultStatus.RUNNING]


def take_up_again(*, patience: datetime.timedelta = PATIENCE) -> int:
    """Give back to the queue what was begun longer ago than `patience` and isn't done. How many
    jobs."""
    before = timezone.now() - patience
    return sum(
        give_back(task, before) + ask_again(task, rows, before, since)
        for task, rows, since in MAY_RUN_AGAIN
    )


def give_back(task: Any, before: datetime.datetime) -> int:
    """Jobs whose worker was killed. By one statement each, so that of two only one does it."""
    begun = DBTaskResult.objects.running().filter(task_path=task.module_path, started_at__lt=before)
    return sum(
        begun.filter(pk=job.pk, started_at=job.started_at).update(status=TaskResultStatus.READY)
        for job in begun
        if len(job.worker_ids) < MOST_STARTS
    )


def ask_again(task: Any, rows: Any, before: datetime.datetime, since: str) -> int:
    """Files that no job is for: its worker was made to stop, or whoever asked for the file was
    killed before the job was there."""
    jobs = DBTaskResult.objects.filter(task_path=task.module_path, status__in=IN_QUEUE)
    have_one = {arguments["args"][0] for arguments in jobs.values_list("args_kwargs", flat=True)}
    files = rows._default_manager.filter(status__in=UNDER_WAY, **{f"{since}__lt": before})
    lost = [pk for pk in files.values_list("pk", flat=True) if pk not in have_one]
    for pk in lost:
        task.enqueue(pk)
    return len(lost)
