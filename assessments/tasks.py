"""The jobs that workers take from the queue: `manage.py db_worker`."""

from django_tasks import task

from assessments.services.export_files import make_file
from assessments.services.import_reading import read_upload


@task()
def make_export(export_id: int) -> None:
    make_file(export_id)


@task()
def read_document(import_id: int) -> None:
    read_upload(import_id)
