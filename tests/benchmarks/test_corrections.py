"""An edition says which one it corrects, and what its results are evidence for; what became of
the corrected one comes along with it."""

import json
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import QuerySet

from benchmarks.editions.checking import Document
from benchmarks.editions.problems import EditionError
from benchmarks.editions.storing import as_document, load
from benchmarks.mappings.checking import parse_mapping
from benchmarks.mappings.corrections import GONE
from benchmarks.mappings.storing import load as load_mappings
from benchmarks.models import EditionMapping, Toolkit
from tests.benchmarks.editions import small

pytestmark = pytest.mark.django_db
CORRECTION = {"slug": "small-2", "corrects": "small-edition", "feeds": ["Title 2"]}


def test_both_come_back_as_they_went_in() -> None:
    load([small(), small(**CORRECTION)])
    stored = Toolkit.objects.with_contents().get(slug="small-2")
    assert stored.corrects == Toolkit.objects.get(slug="small-edition")
    assert as_document(stored) == small(**CORRECTION)


def test_loading_it_again_changes_nothing() -> None:
    load([small(), small(**CORRECTION)])
    assert [is_new for _, is_new in load([small(**CORRECTION)])] == [False]


def test_what_is_corrected_has_to_be_there() -> None:
    with pytest.raises(EditionError, match="corrects “small-edition”, which is not published here"):
        load([small(**CORRECTION)])
    assert not Toolkit.objects.exists()


# What became of the corrected edition -------------------------------------------------------
def correction(*numbers: int, slug: str = "small-2", corrects: str = "small-edition") -> Document:
    """With benchmarks of these numbers."""
    whole = small(slug=slug, title=slug, corrects=corrects)
    model, question = whole["benchmarks"][0], whole["benchmarks"][0]["questions"][0]
    whole["benchmarks"] = [
        {**model, "number": each, "questions": [{**question, "ref": f"{each}.1"}]}
        for each in numbers
    ]
    return whole


def mapped() -> dict[tuple[str, str], list[dict[str, Any]]]:
    rows = EditionMapping.objects.values_list("source__slug", "target__slug", "links")
    return {(source, target): links for source, target, links in rows}


def same(number: int) -> dict[str, Any]:
    return {"from": [number], "to": [number], "relation": "same"}


def dropped(number: int) -> dict[str, Any]:
    return {"from": [number], "to": [], "relation": "dropped", "note": GONE}


def test_a_correction_brings_its_mapping_along() -> None:
    load([small(), correction(2, 3)])
    assert mapped() == {("small-edition", "small-2"): [dropped(1), same(2)]}
    says = EditionMapping.objects.get().says
    assert says == "“small-2” corrects “Small edition”: benchmarks of the same number are the same."
    load([small(), correction(2, 3)])
    assert EditionMapping.objects.count() == 1


def test_a_correction_of_a_correction_leads_on_from_both() -> None:
    third = correction(1, 2, slug="small-3", corrects="small-2")
    load([small(), correction(2, 3), third])
    assert mapped() == {
        ("small-edition", "small-2"): [dropped(1), same(2)],
        ("small-2", "small-3"): [same(2), dropped(3)],
        ("small-edition", "small-3"): [same(1), same(2)],
    }


def test_what_it_brings_along_is_a_sound_mapping() -> None:
    load([small(), correction(2, 3)])
    row = EditionMapping.objects.get()
    ends = {"from": row.source.slug, "to": row.target.slug}
    written = json.dumps({**ends, "says": row.says, "links": row.links}, ensure_ascii=False)
    assert load_mappings([parse_mapping(written, "m.yaml")]) == [(row, False)]


def test_a_file_can_not_say_otherwise() -> None:
    load([small(), correction(1, 2)])
    text = "from: small-edition\nto: small-2\nsays: Turned.\nlinks:\n"
    for old, new in ((1, 2), (2, 1)):
        text += f"  - {{from: [{old}], to: [{new}], relation: same}}\n"
    with pytest.raises(
        EditionError, match="m.yaml: “small-2” corrects “small-edition” and brought"
    ):
        load_mappings([parse_mapping(text, "m.yaml")])
    assert mapped() == {("small-edition", "small-2"): [same(1), same(2)]}


def merged(source: str, target: str) -> Document:
    """A file that makes two benchmarks one."""
    text = f"from: {source}\nto: {target}\nsays: Two became one.\nlinks:\n"
    return parse_mapping(text + "  - {from: [1, 2], to: [1], relation: merged}\n", "m.yaml")


ONE = {"from": [1, 2], "to": [1], "relation": "merged"}
NEXT = {"slug": "next", "title": "Next"}


@pytest.mark.parametrize("first", ["mapping", "corrections"])
def test_a_mapping_holds_for_corrections_at_both_of_its_ends(first: str) -> None:
    corrections = [correction(1, 2), correction(1, slug="next-2", corrects="next")]
    load([small(), small(**NEXT)])
    if first == "mapping":
        load_mappings([merged("small-edition", "next")])
        load(corrections)
    else:
        load(corrections)
        load_mappings([merged("small-edition", "next")])
    assert {ends for ends, links in mapped().items() if links == [ONE]} == {
        ("small-edition", "next"),
        ("small-edition", "next-2"),
        ("small-2", "next"),
        ("small-2", "next-2"),
    }
    assert EditionMapping.objects.count() == 4 + len(corrections)


def test_it_does_not_hold_where_the_numbers_that_it_names_have_changed() -> None:
    load([small(), small(**NEXT)])
    load_mappings([merged("small-edition", "next")])
    load([correction(1, 2, 3), correction(2, slug="next-2", corrects="next")])
    assert [ends for ends, links in mapped().items() if links == [ONE]] == [
        ("small-edition", "next")
    ]


def test_a_file_that_leads_back_from_a_correction_stands_for_itself() -> None:
    load([small(), correction(1, 2)])
    load_mappings([merged("small-2", "small-edition")])
    load([correction(1, 2, slug="small-3", corrects="small-2")])
    assert [ends for ends, links in mapped().items() if links == [ONE]] == [
        ("small-2", "small-edition")
    ]


def test_nothing_is_stored_where_the_edition_is_refused() -> None:
    load([small()])
    unsound = correction(1, 2)
    unsound["scales"] = unsound["scales"] * 2
    with pytest.raises(IntegrityError):
        load([correction(1, slug="small-3"), unsound])
    assert not mapped()
    assert Toolkit.objects.count() == 1


def test_corrections_published_earlier_are_given_their_mapping() -> None:
    load([small(), small(**NEXT)])
    load_mappings([merged("small-edition", "next")])
    load([correction(2, 3), correction(1, 2, slug="small-3", corrects="small-2")])
    load([correction(1, 4, slug="next-2", corrects="next")])
    brought = mapped()
    assert len(brought) == 1 + 4 + 3
    of_a_file = EditionMapping.objects.get(source__slug="small-edition", target__slug="next")
    others = EditionMapping.objects.exclude(pk=of_a_file.pk)
    QuerySet(EditionMapping).filter(pk__in=others.values("pk")).delete()
    migration = import_module("benchmarks.migrations.0004_mappings_of_corrections")
    before = MigrationLoader(connection).project_state(("benchmarks", "0003_edition_mappings"))
    for _ in range(2):
        migration.add_missing(before.apps, SimpleNamespace(connection=connection))
        assert mapped() == brought
    assert EditionMapping.objects.filter(pk=of_a_file.pk).exists()
