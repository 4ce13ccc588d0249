"""The database itself refuses to change or delete a signed snapshot."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "A signed snapshot never changes and is never deleted."
EVENTS = ("update", "delete")


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION refuse_snapshot_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER snapshot_never_changes BEFORE UPDATE OR DELETE "
            "ON assessments_snapshot FOR EACH ROW EXECUTE FUNCTION refuse_snapshot_change()"
        )
        return
    for event in EVENTS:
        schema_editor.execute(
            f"CREATE TRIGGER snapshot_no_{event} BEFORE {event.upper()} ON assessments_snapshot "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def release(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER snapshot_never_changes ON assessments_snapshot")
        schema_editor.execute("DROP FUNCTION refuse_snapshot_change()")
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER snapshot_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_review_and_snapshots")]
    operations = [migrations.RunPython(protect, release)]
