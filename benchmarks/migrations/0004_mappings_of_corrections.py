from django.db import migrations

GONE = "The correction does not have this benchmark any more."


def add_missing(apps, schema_editor):
    """Of corrections published before they brought their mapping along: from every edition that
    they stand in for. A mapping that is there stays as it is."""
    toolkits = apps.get_model("benchmarks", "Toolkit").objects.using(schema_editor.connection.alias)
    for new in toolkits.filter(published_at__isnull=False, corrects__isnull=False):
        old = new.corrects
        while old:
            add_mapping(apps, schema_editor, old, new)
            old = old.corrects


def add_mapping(apps, schema_editor, old, new):
    mappings = apps.get_model("benchmarks", "EditionMapping").objects
    kept = {each.number for each in new.benchmarks.all()}
    links = [
        {"from": [number], "to": [number], "relation": "same"}
        if number in kept
        else {"from": [number], "to": [], "relation": "dropped", "note": GONE}
        for number in sorted(each.number for each in old.benchmarks.all())
    ]
    says = f"“{new.title}” corrects “{old.title}”: benchmarks of the same number are the same."
    mappings.using(schema_editor.connection.alias).get_or_create(
        source=old, target=new, defaults={"says": says, "links": links}
    )


class Migration(migrations.Migration):
    dependencies = [("benchmarks", "0003_edition_mappings")]

    # Backwards they stay: what is loaded once can't be deleted, and nothing asks for it to go.
    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]
