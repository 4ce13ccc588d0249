"""From the upload to the review, by way of a worker that may die."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.imports.word import apart
from assessments.imports.word.entries import characters
from assessments.imports.word.package import DAMAGED
from assessments.models import Council, DocumentImport, User
from assessments.services import import_reading
from assessments.services.import_reading import NOT_ON_DISK, read_upload
from assessments.services.imports import PATIENCE, discard_import, read_again, start_import
from benchmarks.models import Toolkit
from prevent_toolkit.logs import DiscreetFormatter
from tests.cast import SignIn
from tests.imports.documents import Document, long_document, saved
from tests.workers import start_worker, wait_until

SECRET = "Operation Nightjar"
TEXTS = ["1.1 Question 1.1?", "Prompt", "Evidence", "How are risks found?", SECRET]
Status = DocumentImport.Status


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own, for its worker process too."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path / "media"


def small() -> bytes:
    document = Document()
    document.add_paragraph(TEXTS[0])
    document.add_rows([TEXTS[1:3], TEXTS[3:]])
    return saved(document)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """What is logged, in the process that reads as well."""
    handler = logging.FileHandler(tmp_path / "log")
    handler.setFormatter(DiscreetFormatter())
    logging.getLogger().addHandler(handler)
    yield tmp_path / "log"
    logging.getLogger().removeHandler(handler)
    handler.close()


Upload = Callable[..., DocumentImport]


@pytest.fixture
def upload(northmere: Council, lead: User, toolkit: Toolkit) -> Upload:
    def one(data: bytes | None = None) -> DocumentImport:
        return start_import(
            council=northmere,
            scale=toolkit.scales.get(slug="rag"),
            file_name=f"{SECRET}.docx",
            file=ContentFile(small() if data is None else data, name=f"{SECRET}.docx"),
            by=lead,
        )

    return one


def files(media: Path) -> list[str]:
    return [path.name for path in media.rglob("*") if path.is_file()]


def work() -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)


def now(document: DocumentImport) -> DocumentImport:
    document.refresh_from_db()
    return document


# The job ---------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_worker_reads_what_was_uploaded_and_keeps_no_file(upload: Upload, media: Path):
    document = upload()
    assert (document.status, len(files(media))) == (Status.WAITING, 1)
    work()
    assert (now(document).status, document.step) == (Status.READY, "")
    assert (document.characters, len(document.rows)) == (characters(" ".join(TEXTS)), 3)
    assert files(media) == []


@pytest.mark.django_db(transaction=True)
def test_neither_the_queue_nor_the_disk_knows_a_name_or_a_text(upload: Upload, media: Path):
    document = upload()
    job = DBTaskResult.objects.get()
    assert job.args_kwargs == {"args": [document.pk], "kwargs": {}}
    assert SECRET not in files(media)[0]
    work()
    job.refresh_from_db()
    assert SECRET not in f"{job.args_kwargs}{job.return_value}{job.traceback}"


@pytest.mark.django_db(transaction=True)
def test_an_upload_that_is_rolled_back_leaves_no_job(upload: Upload):
    with transaction.atomic():
        upload()
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("data", [b"PK\x03\x04 and nothing", small()[:900]])
def test_a_document_that_cannot_be_read_is_refused_in_a_sentence(
    upload: Upload, media: Path, data: bytes
):
    document = upload(data)
    work()
    assert (now(document).status, document.problem) == (Status.FAILED, DAMAGED)
    assert files(media) == []
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_ours_is_told_without_the_text(
    upload: Upload, media: Path, monkeypatch: pytest.MonkeyPatch, log: Path
):
    def fail(*_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(apart, "match", fail)
    document = upload()
    work()
    assert (now(document).status, document.problem) == (Status.FAILED, "")
    assert files(media) == []
    job = DBTaskResult.objects.get()
    assert job.status == "FAILED"
    assert SECRET not in job.traceback + job.exception_class_path
    assert "ValueError" in log.read_text()
    assert SECRET not in log.read_text()


@pytest.mark.django_db
def test_a_file_that_is_lost_is_asked_for_again(upload: Upload):
    document = upload()
    document.file.storage.delete(document.file.name)
    read_upload(document.pk)
    assert now(document).problem == NOT_ON_DISK


@pytest.mark.django_db
def test_of_two_workers_the_second_finds_it_done(upload: Upload, monkeypatch: pytest.MonkeyPatch):
    document = upload()
    read = import_reading.reading_of

    def read_by_another_first(document: DocumentImport) -> apart.Reading:
        reading = read(document)
        import_reading.finish(document, reading=apart.Reading(1, []))
        return reading

    monkeypatch.setattr(import_reading, "reading_of", read_by_another_first)
    read_upload(document.pk)
    assert now(document).rows == []


@pytest.mark.django_db
def test_what_is_read_or_discarded_is_not_read_again(upload: Upload):
    document = upload()
    read_upload(document.pk)
    before = now(document).since
    read_upload(document.pk)
    assert now(document).since == before
    number = document.pk
    discard_import(document=document)
    read_upload(number)
    assert not DocumentImport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_discarded_before_it_is_read_it_leaves_no_file(upload: Upload, media: Path):
    discard_import(document=upload())
    assert files(media) == []
    work()
    assert not DocumentImport.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.READY, Status.FAILED])
def test_the_database_keeps_no_file_of_a_document_once_read(upload: Upload, status: str):
    document = upload()
    document.status = status
    with pytest.raises(IntegrityError, match="import_read_keeps_no_file"), transaction.atomic():
        document.save()


@pytest.mark.django_db
def test_the_database_makes_no_cycle_of_a_document_before_it_is_read(upload: Upload, cycle: Any):
    document = upload()
    document.cycle = cycle
    with pytest.raises(IntegrityError, match="import_read_before_its_cycle"), transaction.atomic():
        document.save()


# Killed, slow, greedy --------------------------------------------------------------------------
def left_long_ago(document: DocumentImport) -> None:
    stands = {"status": Status.RUNNING, "since": timezone.now() - 2 * PATIENCE}
    DocumentImport.objects.filter(pk=document.pk).update(**stands)


def children_of(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in found.split()]


def is_alive(process: int) -> bool:
    """One that has ended and that nobody has asked about yet isn't."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_work_leaves_a_document_that_another_reads(upload: Upload, media: Path):
    document = upload(long_document(1_500))
    worker = start_worker()
    try:
        wait_until(lambda: now(document).step == apart.MATCHING)
        children = children_of(worker.pid)
        assert children
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    wait_until(lambda: not any(is_alive(child) for child in children))
    assert now(document).status == Status.RUNNING
    assert len(files(media)) == 1
    left_long_ago(document)
    read_again(document=document)
    work()
    assert (now(document).status, files(media)) == (Status.READY, [])


@pytest.mark.django_db(transaction=True)
def test_the_next_upload_takes_up_what_a_killed_worker_left(upload: Upload):
    document = upload()
    DBTaskResult.objects.all().delete()
    left_long_ago(document)
    upload()
    assert now(document).status == Status.WAITING
    work()
    assert set(DocumentImport.objects.values_list("status", flat=True)) == {Status.READY}


@pytest.mark.django_db
def test_what_is_under_way_is_not_taken_up(upload: Upload):
    document = upload()
    read_again(document=document)
    assert now(document).status == Status.WAITING
    DocumentImport.objects.update(status=Status.RUNNING)
    read_again(document=document)
    assert now(document).status == Status.RUNNING


def problem_of(document: DocumentImport) -> str:
    read_upload(document.pk)
    assert now(document).status == Status.FAILED
    return document.problem


@pytest.mark.django_db
def test_reading_that_takes_too_long_is_stopped(upload: Upload, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(apart, "read_rows", lambda _: time.sleep(60))
    monkeypatch.setattr(apart, "MAX_SECONDS", 1)
    began = time.monotonic()
    assert problem_of(upload()) == apart.TOO_LONG
    assert time.monotonic() - began < 10


@pytest.mark.django_db
def test_reading_that_wants_too_much_memory_is_stopped(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(apart, "read_rows", lambda _: bytearray(2 * apart.MAX_MEMORY))
    assert problem_of(upload()) == apart.TOO_MUCH


@pytest.mark.django_db
def test_whatever_ends_the_reading_gets_a_sentence(upload: Upload, monkeypatch: pytest.MonkeyPatch):
    """As the system does where memory runs out."""
    monkeypatch.setattr(apart, "read_rows", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    assert problem_of(upload()) == apart.TOO_MUCH


@pytest.mark.parametrize("says", [apart.TOO_MUCH, apart.TOO_LONG, NOT_ON_DISK, DAMAGED])
def test_every_sentence_fits(says: str):
    assert len(says) <= 500


# The page --------------------------------------------------------------------------------------
@pytest.fixture
def client(as_: SignIn, lead: User) -> Client:
    return as_(lead)


def page_of(document: DocumentImport, name: str = "progress") -> str:
    return f"/councils/northmere/imports/{document.pk}/{name}/"


def content(client: Client, document: DocumentImport) -> str:
    return client.get(page_of(document)).content.decode()


@pytest.mark.django_db
def test_the_page_tells_how_far_it_is(client: Client, upload: Upload):
    document = upload()
    assert "Waiting for its turn" in content(client, document)
    import_reading.record_step(document, apart.MATCHING)
    assert f"{apart.MATCHING}…" in content(client, document)
    review = client.get(f"/councils/northmere/imports/{document.pk}/")
    assert review.url == page_of(document)
    read_upload(document.pk)
    assert "Review its rows" in content(client, document)


@pytest.mark.django_db
def test_the_page_asks_again_and_leads_on_by_itself(client: Client, upload: Upload):
    document = upload()
    headers = {"HX-Request": "true"}
    state = client.get(page_of(document)).context["reading"].state
    unchanged = client.get(page_of(document), {"seen": state}, headers=headers)
    assert unchanged.status_code == 204
    import_reading.record_step(document, apart.OPENING)
    changed = client.get(page_of(document), {"seen": state}, headers=headers)
    assert apart.OPENING in changed.content.decode()
    read_upload(document.pk)
    read = client.get(page_of(document), {"seen": state}, headers=headers)
    assert read.headers["HX-Redirect"] == f"/councils/northmere/imports/{document.pk}/"


@pytest.mark.django_db
def test_a_document_that_cannot_be_read_gets_its_sentence_on_the_same_page(
    client: Client, upload: Upload
):
    document = upload(b"PK\x03\x04 and nothing")
    read_upload(document.pk)
    said = content(client, document)
    assert DAMAGED in said
    assert "Upload another document" in said
    assert "could not be read" in client.get("/councils/northmere/import/").content.decode()


@pytest.mark.django_db
def test_without_a_worker_the_page_says_so(client: Client, upload: Upload):
    document = upload()
    DocumentImport.objects.update(since=timezone.now() - timedelta(minutes=2))
    assert "may not be running" in content(client, document)
    left_long_ago(document)
    assert "Read it again" in content(client, document)
    assert client.post(page_of(document, "progress/again")).url == page_of(document)
    assert now(document).status == Status.WAITING


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["rows/1", "confirm"])
def test_nothing_is_decided_on_what_is_not_read(client: Client, upload: Upload, name: str):
    assert client.get(page_of(upload(), name)).status_code == 404
