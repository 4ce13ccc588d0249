"""The jobs that workers take from the queue: `manage.py db_worker`."""

from django_tasks import task

from assessments.services.export_files import make_file


@task()
def make_export(export_id: int) -> None:
    make_file(export_id)
