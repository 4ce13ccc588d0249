"""The jobs that workers take from the queue: `manage.py db_worker`."""

from django_tasks import task

from assessments.services.export_files import make_file
from assessments.services.import_reading import read_upload
from assessments.services.pack_files import make_pack_file


@task()
def make_export(export_id: int) -> None:
    make_file(export_id)


@task()
def make_file_of_pack(file_id: int) -> None:
    make_pack_file(file_id)


@task()
def read_document(import_id: int) -> None:
    read_upload(import_id)
