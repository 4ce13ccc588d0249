"""Changing a stored snapshot as somebody would who has the database itself."""

from django.db import connection

TRIGGERS = ("snapshot_no_update", "snapshot_no_delete")


def tamper(statement: str, *values: object) -> None:
    """Run one statement past the triggers that protect snapshots."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for trigger in TRIGGERS:
                cursor.execute(f"DROP TRIGGER {trigger}")
        cursor.execute(statement, values)
