"""Many files in the queue, several workers on it, and workers that are killed."""

import datetime
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.models import (
    Audience,
    Cycle,
    Export,
    ExportFormat,
    MadeFile,
    Pack,
    PackFile,
    Snapshot,
    User,
)
from assessments.services.exports import request_export
from assessments.services.jobs import MOST_STARTS, take_up_again
from assessments.services.made_files import PATIENCE
from assessments.services.pack_files import request_files
from assessments.tasks import make_file_of_pack
from tests.packs import MEETING
from tests.workers import start_worker

PACKS = 200
Status = MadeFile.Status
NOW = datetime.timedelta()


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own, for its worker processes too."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path / "media"


def request(pack: Pack, by: User) -> None:
    request_files(pack=pack, is_draft=True, by=by, enqueue=make_file_of_pack.enqueue)


def work_off() -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("snapshots_can_go")
def test_two_workers_finish_two_hundred_packs_and_make_each_file_once(
    snapshot: Snapshot, lead: User, own_media: Path
) -> None:
    """The queue, its locks and the storing are the real ones; what is in the files isn't."""
    packs = [
        Pack(
            council=snapshot.council,
            snapshot=snapshot,
            title=f"Report {number}",
            committee=MEETING.committee,
            meeting_on=MEETING.meeting_on,
        )
        for number in range(PACKS)
    ]
    for pack in Pack.objects.bulk_create(packs):
        request(pack, lead)
    files = set(PackFile.objects.values_list("pk", flat=True))
    assert len(files) == PACKS * 5
    workers = [start_worker("--batch", program="tests.quick_worker") for _ in range(2)]
    assert [worker.wait(timeout=500) for worker in workers] == [0, 0]
    assert set(PackFile.objects.values_list("status", flat=True)) == {Status.READY}
    notes = [line.split() for line in (own_media / "made.txt").read_text().splitlines()]
    assert Counter(int(pk) for pk, _ in notes) == Counter(files)
    assert {int(worker) for _, worker in notes} == {worker.pid for worker in workers}
    assert len(list(own_media.glob("packs/*/*"))) == len(files)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("snapshots_can_go")
def test_a_killed_workers_jobs_are_taken_up_again(
    cycle: Cycle, pack: Pack, lead: User, own_media: Path
) -> None:
    """An export and a pack's files: no person has to ask for them again."""
    export = request_export(cycle=cycle, format=ExportFormat.PDF, audience=Audience.PUBLIC, by=lead)
    kill_at_work()
    request(pack, lead)
    kill_at_work()
    work_off()
    left = PackFile.objects.exclude(status=Status.READY).count()
    export.refresh_from_db()
    assert left + (export.status != Status.READY) == 2, "a queue takes up nothing by itself"

    call_command("take_up_again", "--now", verbosity=0)
    work_off()
    export.refresh_from_db()
    assert export.status == Status.READY
    assert set(PackFile.objects.values_list("status", flat=True)) == {Status.READY}
    assert len(list(own_media.glob("packs/*/*"))) == PackFile.objects.count()
    assert len(list(own_media.glob("exports/*/*"))) == 1


def kill_at_work() -> None:
    """Start a worker, and kill it in the middle of the first job that it takes."""
    before = DBTaskResult.objects.running().count()
    worker = start_worker()
    try:
        deadline = time.monotonic() + 60
        while DBTaskResult.objects.running().count() == before:
            assert time.monotonic() < deadline, "the worker did not take the job up"
            time.sleep(0.01)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()


# Without a process -----------------------------------------------------------------------------
@pytest.fixture
def begun(
    cycle: Cycle, lead: User, django_capture_on_commit_callbacks: Any
) -> tuple[Export, DBTaskResult]:
    """An export that a worker took up just now, and its job."""
    with django_capture_on_commit_callbacks(execute=True):
        export = request_export(
            cycle=cycle, format=ExportFormat.JSON, audience=Audience.PUBLIC, by=lead
        )
    job = DBTaskResult.objects.get()
    job.claim("a worker")
    Export.objects.update(status=Status.RUNNING)
    return export, job


def make_older(begun: tuple[Export, DBTaskResult]) -> None:
    long_ago = timezone.now() - PATIENCE - datetime.timedelta(seconds=1)
    Export.objects.update(requested_at=long_ago)
    DBTaskResult.objects.update(started_at=long_ago)


def test_a_job_begun_a_moment_ago_is_left_to_its_worker(
    begun: tuple[Export, DBTaskResult],
) -> None:
    assert take_up_again() == 0
    make_older(begun)
    assert take_up_again() == 1
    assert DBTaskResult.objects.ready().count() == 1
    assert take_up_again(patience=NOW) == 0


def test_a_job_that_costs_every_worker_its_life_waits_for_a_person(
    begun: tuple[Export, DBTaskResult],
) -> None:
    _, job = begun
    for start in range(1, MOST_STARTS):
        assert take_up_again(patience=NOW) == 1, start
        job.refresh_from_db()
        job.claim("another worker")
    assert take_up_again(patience=NOW) == 0


@pytest.mark.parametrize("status", [Status.WAITING, Status.RUNNING])
def test_a_file_without_a_job_gets_one(
    begun: tuple[Export, DBTaskResult], status: MadeFile.Status
) -> None:
    """Of a web server killed before it asked for the job, or a worker made to stop in it."""
    Export.objects.update(status=status)
    DBTaskResult.objects.all().delete()
    assert take_up_again() == 0
    make_older(begun)
    assert take_up_again() == 1
    job = DBTaskResult.objects.ready().get()
    assert job.args_kwargs["args"] == [begun[0].pk]


def test_what_failed_is_left_to_a_person(begun: tuple[Export, DBTaskResult]) -> None:
    Export.objects.update(status=Status.FAILED)
    DBTaskResult.objects.all().delete()
    make_older(begun)
    assert take_up_again() == 0
