"""From the request to the file, by way of a worker that may die."""

import hashlib
import logging
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from assessments.exports.interchange import render_json
from assessments.models import Audience, Cycle, Export, ExportFormat, MadeFile, User
from assessments.record_builder import build_record
from assessments.services import export_files, made_files
from assessments.services.export_files import make_file
from assessments.services.exports import make_again, request_export
from assessments.services.made_files import FileFailed
from tests.workers import start_worker, wait_until

SECRET = "Operation Nightjar"


def asked_for(cycle: Cycle, by: User, format: ExportFormat = ExportFormat.JSON) -> Export:
    return request_export(cycle=cycle, format=format, audience=Audience.PUBLIC, by=by)


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the test's own, for its worker process too: every test's first export of its
    first cycle has the same name."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def files_of(export: Export) -> list[str]:
    folder = Path(export.file.storage.path(f"exports/{export.cycle_id}"))
    return sorted(path.name for path in folder.glob(f"{export.pk}[._]*"))


def content_of(export: Export) -> bytes:
    with export.file.open() as file:
        data: bytes = file.read()
    return data


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_what_was_asked_for(cycle: Cycle, lead: User) -> None:
    exports = [asked_for(cycle, lead, format) for format in ExportFormat]
    assert {export.status for export in exports} == {Export.Status.WAITING}
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    for export in exports:
        export.refresh_from_db()
        assert export.status == Export.Status.READY
        data = content_of(export)
        assert (export.size, export.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert export.finished_at
    assert data == render_json(build_record(cycle).for_audience(Audience.PUBLIC))


@pytest.mark.django_db(transaction=True)
def test_what_still_waits_is_not_asked_for_twice(cycle: Cycle, lead: User, publisher: User) -> None:
    asked = partial(request_export, cycle=cycle, format=ExportFormat.JSON)
    first = asked(audience=Audience.PUBLIC, by=lead)
    assert asked(audience=Audience.PUBLIC, by=publisher) == first
    assert asked(audience=Audience.BOARD, by=lead) != first
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    assert asked(audience=Audience.PUBLIC, by=lead) != first


@pytest.mark.django_db(transaction=True)
def test_a_request_that_is_rolled_back_leaves_no_job(cycle: Cycle, lead: User) -> None:
    with transaction.atomic():
        asked_for(cycle, lead)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_a_job_taken_up_again_ends_in_one_file(
    cycle: Cycle, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked_for(cycle, lead)
    killed_after_writing(export, monkeypatch)
    assert files_of(export) == [f"{export.pk}.json"]
    export.refresh_from_db()
    assert export.status == Export.Status.RUNNING

    make_file(export.pk)
    export.refresh_from_db()
    first = (export.file.name, export.finished_at)
    make_file(export.pk)
    export.refresh_from_db()
    assert (export.file.name, export.finished_at) == first
    assert files_of(export) == [f"{export.pk}.json"]


def killed_after_writing(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Export, "save", die)
        with pytest.raises(Killed):
            make_file(export.pk)


@pytest.mark.django_db
def test_of_two_workers_the_second_finds_it_done(
    cycle: Cycle, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked_for(cycle, lead)
    store = made_files.store

    def store_second(file: MadeFile, data: bytes, name: str) -> None:
        store(file, b"of the other worker", name)
        store(file, data, name)

    monkeypatch.setattr(made_files, "store", store_second)
    make_file(export.pk)
    export.refresh_from_db()
    assert content_of(export) == b"of the other worker"
    assert files_of(export) == [f"{export.pk}.json"]


@pytest.mark.django_db
def test_a_failure_is_recorded_without_the_text(
    cycle: Cycle, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise ValueError(SECRET)

    monkeypatch.setattr(export_files, "render", fail)
    monkeypatch.setattr(logging.getLogger(made_files.__name__), "disabled", True)
    export = asked_for(cycle, lead)
    with pytest.raises(FileFailed) as caught:
        make_file(export.pk)
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__
    export.refresh_from_db()
    assert (export.status, export.step) == (Export.Status.FAILED, "")
    assert not export.file


@pytest.mark.django_db(transaction=True)
def test_the_queue_keeps_no_text_of_a_failure_and_it_can_be_made_again(
    cycle: Cycle, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise ValueError(SECRET)

    export = asked_for(cycle, lead)
    with monkeypatch.context() as patch:
        patch.setattr(export_files, "render", fail)
        call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    kept = DBTaskResult.objects.get()
    assert kept.status == "FAILED"
    assert SECRET not in kept.traceback + kept.exception_class_path
    make_again(export=export, by=lead)
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    export.refresh_from_db()
    assert export.status == Export.Status.READY


@pytest.mark.django_db
def test_what_is_ready_or_under_way_is_not_made_again(cycle: Cycle, lead: User) -> None:
    export = asked_for(cycle, lead)
    make_again(export=export, by=lead)
    make_file(export.pk)
    make_again(export=export, by=lead)
    export.refresh_from_db()
    assert export.status == Export.Status.READY


@pytest.mark.django_db
def test_a_job_of_a_cycle_that_is_gone_does_nothing(cycle: Cycle, lead: User) -> None:
    export = asked_for(cycle, lead)
    number = export.pk
    cycle.delete()
    make_file(number)
    assert not Export.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_work_leaves_an_export_that_another_makes(
    cycle: Cycle, lead: User
) -> None:
    export = asked_for(cycle, lead, ExportFormat.PDF)
    worker = start_worker()
    try:
        wait_until(lambda: has_begun(export))
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    export.refresh_from_db()
    if export.status == Export.Status.RUNNING:  # not so quick that it was done
        assert not export.file
    make_file(export.pk)
    export.refresh_from_db()
    assert export.status == Export.Status.READY
    assert files_of(export) == [f"{export.pk}.pdf"]


def has_begun(export: Export) -> bool:
    export.refresh_from_db()
    return export.status in (Export.Status.RUNNING, Export.Status.READY)
