"""Changing what is frozen as somebody would who has the database itself."""

import importlib
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PROTECTIONS = [
    importlib.import_module(f"assessments.migrations.{name}")
    for name in ("0003_snapshots_never_change", "0014_pack_versions_never_change")
]


def tamper(statement: str, *values: object) -> None:
    """Run one statement past the triggers that protect what is frozen."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            unprotect(connection.schema_editor(atomic=False))
        cursor.execute(statement, values)


def unprotect(editor: BaseDatabaseSchemaEditor) -> None:
    for each in PROTECTIONS:
        each.release(None, editor)


@pytest.fixture
def snapshots_can_go(transactional_db: None) -> Iterator[None]:
    """Emptying the database after a test deletes rows, which snapshots and the versions of
    packs refuse on SQLite."""
    yield
    with connection.schema_editor() as editor:
        unprotect(editor)
    call_command("flush", interactive=False, verbosity=0)
    with connection.schema_editor() as editor:
        for each in PROTECTIONS:
            each.protect(None, editor)
