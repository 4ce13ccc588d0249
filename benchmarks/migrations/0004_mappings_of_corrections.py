from django.db import migrations

GONE = "The correction does not have this benchmark any more."


class Adding:
    """Of corrections published before they brought their mappings along. What is there stays."""

    def __init__(self, apps, alias):
        self.mappings = apps.get_model("benchmarks", "EditionMapping").objects.using(alias)
        toolkits = apps.get_model("benchmarks", "Toolkit").objects.using(alias)
        self.corrections = toolkits.filter(published_at__isnull=False, corrects__isnull=False)

    def from_the_corrected(self):
        for new in self.corrections.order_by("published_at", "pk"):
            old = new.corrects
            while old:
                says = f"“{new.title}” corrects “{old.title}”: "
                says += "benchmarks of the same number are the same."
                self.store_missing(old, new, says, links_between(numbers_of(old), numbers_of(new)))
                old = old.corrects

    def from_and_to_others(self):
        for mapping in self.mappings.order_by("pk"):
            sources, targets = self.family(mapping.source), self.family(mapping.target)
            if mapping.target not in sources and mapping.source not in targets:
                self.lead_on(mapping, sources, targets)

    def lead_on(self, mapping, sources, targets):
        named = {number for link in mapping.links for number in link["from"]}
        led_to = {number for link in mapping.links for number in link["to"]}
        for source in sources:
            for target in targets:
                if named == numbers_of(source) and led_to <= numbers_of(target):
                    self.store_missing(source, target, mapping.says, mapping.links)

    def family(self, toolkit):
        corrections = self.corrections.filter(corrects=toolkit)
        return [toolkit, *(each for found in corrections for each in self.family(found))]

    def store_missing(self, old, new, says, links):
        stored = {"says": says, "links": links}
        self.mappings.get_or_create(source=old, target=new, defaults=stored)


def numbers_of(toolkit):
    return {each.number for each in toolkit.benchmarks.all()}


def links_between(old, new):
    return [
        {"from": [number], "to": [number], "relation": "same"}
        if number in new
        else {"from": [number], "to": [], "relation": "dropped", "note": GONE}
        for number in sorted(old)
    ]


def add_missing(apps, schema_editor):
    adding = Adding(apps, schema_editor.connection.alias)
    adding.from_the_corrected()
    adding.from_and_to_others()


class Migration(migrations.Migration):
    dependencies = [("benchmarks", "0003_edition_mappings")]

    # Backwards they stay: what is stored once can't be deleted, and nothing asks for it to go.
    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]
