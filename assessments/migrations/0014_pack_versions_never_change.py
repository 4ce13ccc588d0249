"""The database itself refuses to change or delete a pack's version or its release.

Who made or released it may still be forgotten with the person's account, but never exchanged:
the release keeps the name.
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "A version of a pack and its release never change and are never deleted."
# Table → what is frozen of it, and the column that names an account.
FROZEN = {
    "assessments_packversion": (
        "id, pack_id, number, is_draft, content, sha256, made_at",
        "made_by_id",
    ),
    "assessments_packrelease": (
        "id, version_id, confirmation, files, by_name, at",
        "by_id",
    ),
}


def events() -> Iterator[tuple[str, str, str]]:
    """Name of the trigger, its table, and when it fires."""
    for table, (columns, person) in FROZEN.items():
        name = table.removeprefix("assessments_")
        yield f"{name}_no_delete", table, f"DELETE ON {table} FOR EACH ROW"
        yield f"{name}_no_update", table, f"UPDATE OF {columns} ON {table} FOR EACH ROW"
        exchanged = f"FOR EACH ROW WHEN (NEW.{person} IS NOT NULL)"
        yield f"{name}_no_other", table, f"UPDATE OF {person} ON {table} {exchanged}"


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION refuse_pack_version_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        refuse = "EXECUTE FUNCTION refuse_pack_version_change()"
    for name, _, event in events():
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} {refuse}")


def release(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _ in events():
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION refuse_pack_version_change()")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0013_carried_forward")]
    operations = [migrations.RunPython(protect, release)]
