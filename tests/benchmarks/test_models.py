"""Toolkits in the database: in order, read in few queries, and locked once published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.editions.storing import as_document, load
from benchmarks.locks import LockedModel, PublishedToolkitError
from benchmarks.models import (
    Benchmark,
    EditionMapping,
    Prompt,
    Question,
    RatingLevel,
    RatingScale,
    Toolkit,
)
from tests.benchmarks.editions import small

pytestmark = pytest.mark.django_db
MODELS: list[Any] = [Toolkit, RatingScale, RatingLevel, Benchmark, Question, Prompt]
PARTS = MODELS[1:]
TEXT_FIELD = {
    Toolkit: "title",
    RatingScale: "name",
    RatingLevel: "meaning",
    Benchmark: "statement",
    Question: "text",
    Prompt: "text",
}


@pytest.fixture
def published() -> Toolkit:
    ((toolkit, _),) = load([small(slug="published")])
    return toolkit


@pytest.fixture
def draft(published: Toolkit) -> Toolkit:
    """Loaded through the loader, then opened again as no code of the product can."""
    ((toolkit, _),) = load([small(slug="draft")])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE benchmarks_toolkit SET published_at = NULL WHERE id = %s", [toolkit.pk]
        )
    toolkit.refresh_from_db()
    return toolkit


def rows_of(model: Any, toolkit: Toolkit) -> models.QuerySet[Any]:
    path = model.path_to_toolkit
    return model.objects.filter(**{f"{path}slug": toolkit.slug})  # type: ignore[no-any-return]


def copy_of(row: Any) -> Any:
    """An unsaved row beside this one, in the same parent."""
    new = type(row).objects.get(pk=row.pk)
    new.pk = None
    for name in ("position", "number", "rank"):
        if hasattr(new, name):
            setattr(new, name, 99)
    for name in ("slug", "ref"):
        if hasattr(new, name):
            setattr(new, name, "new")
    return new


def save(row: Any, field: str) -> None:
    setattr(row, field, "Altered")
    row.save()


def save_as_draft(row: Any, _: str) -> None:
    if isinstance(row, Toolkit):
        row.published_at = None
    row.save()


def bulk_update(row: Any, field: str) -> None:
    setattr(row, field, "Altered")
    type(row).objects.bulk_update([row], [field])


WRITES: dict[str, Callable[[Any, str], Any]] = {
    "save": save,
    "save with the lock taken off in memory": save_as_draft,
    "save one field": lambda row, field: row.save(update_fields=[field]),
    "delete": lambda row, _: row.delete(),
    "update": lambda row, field: type(row).objects.filter(pk=row.pk).update(**{field: "Altered"}),
    "update all": lambda row, field: type(row).objects.update(**{field: "Altered"}),
    "update or create": lambda row, field: type(row).objects.update_or_create(
        pk=row.pk, defaults={field: "Altered"}
    ),
    "delete by query": lambda row, _: type(row).objects.filter(pk=row.pk).delete(),
    "delete all": lambda row, _: type(row).objects.all().delete(),
    "bulk update": bulk_update,
    "bulk create over it": lambda row, field: type(row).objects.bulk_create(
        [row], update_conflicts=True, update_fields=[field], unique_fields=["pk"]
    ),
}
ADDITIONS: dict[str, Callable[[Any], Any]] = {
    "save": lambda new: new.save(),
    "create": lambda new: type(new).objects.create(**_values(new)),
    "bulk create": lambda new: type(new).objects.bulk_create([new]),
    "get or create": lambda new: type(new).objects.get_or_create(**_values(new)),
}
MOVES: dict[str, Callable[[Any, Any], Any]] = {
    "save": lambda row, _: row.save(),
    "bulk update": lambda row, _: type(row).objects.bulk_update([row], [row.parent_name]),
    "update": lambda row, parent: rows(row).update(**{row.parent_name: parent}),
    "update by key": lambda row, parent: rows(row).update(**{f"{row.parent_name}_id": parent.pk}),
}


def rows(row: Any) -> models.QuerySet[Any]:
    return type(row).objects.filter(pk=row.pk)  # type: ignore[no-any-return]


def _values(row: Any) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }


def test_every_model_of_the_app_is_locked() -> None:
    """A mapping joins two editions: it has a lock of its own, see test_mappings.py."""
    locked = {*MODELS, EditionMapping}
    assert set(apps.get_app_config("benchmarks").get_models()) == locked
    assert all(issubclass(model, LockedModel) for model in MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("write", WRITES, ids=str)
def test_a_published_row_is_neither_altered_nor_deleted(
    published: Toolkit, model: Any, write: str
) -> None:
    before = as_document(published)
    row = rows_of(model, published).first()
    with pytest.raises(PublishedToolkitError, match="“published” is published"):
        WRITES[write](row, TEXT_FIELD[model])
    assert as_document(Toolkit.objects.with_contents().get()) == before


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("add", ADDITIONS, ids=str)
def test_nothing_is_added_to_a_published_toolkit(published: Toolkit, model: Any, add: str) -> None:
    new = copy_of(rows_of(model, published).first())
    with pytest.raises(PublishedToolkitError):
        ADDITIONS[add](new)


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("move", MOVES, ids=str)
def test_nothing_is_moved_into_a_published_toolkit(
    published: Toolkit, draft: Toolkit, model: Any, move: str
) -> None:
    row = rows_of(model, draft).first()
    parent = getattr(rows_of(model, published).first(), model.parent_name)
    setattr(row, model.parent_name, parent)
    with pytest.raises(PublishedToolkitError, match="“published”"):
        MOVES[move](row, parent)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("write", ["save", "update", "delete", "delete by query", "bulk update"])
def test_a_draft_may_still_be_written(draft: Toolkit, model: Any, write: str) -> None:
    row = rows_of(model, draft).first()
    WRITES[write](row, TEXT_FIELD[model])
    stored = model.objects.filter(pk=row.pk).first()
    if write.startswith("delete"):
        assert stored is None
    else:
        assert getattr(stored, TEXT_FIELD[model]) == "Altered"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_manager_offers_to_delete_everything(model: Any) -> None:
    assert not hasattr(model.objects, "delete")


def test_the_whole_toolkit_is_read_in_six_queries(published: Toolkit) -> None:
    with CaptureQueriesContext(connection) as queries:
        toolkit = Toolkit.objects.with_contents().get(slug="published")
        as_document(toolkit)
        assert toolkit.default_scale.slug == "two"
    assert len(queries) == 6


def test_contents_stand_in_their_own_order(draft: Toolkit) -> None:
    first = draft.benchmarks.get(number=1)
    Benchmark.objects.create(
        toolkit=draft, number=7, short_title="Seven", statement="S", guidance=first.guidance
    )
    first.number = 5
    first.save()
    level = RatingLevel.objects.get(scale__toolkit=draft, slug="poor")
    level.rank = 9
    level.save()
    assert [benchmark.number for benchmark in draft.benchmarks.all()] == [2, 5, 7]
    assert [level.slug for level in draft.default_scale.levels.all()] == ["good", "poor"]


def test_only_published_toolkits_are_offered(published: Toolkit, draft: Toolkit) -> None:
    assert list(Toolkit.objects.published()) == [published]
    assert (published.is_published, draft.is_published) == (True, False)


def test_each_colour_has_a_shape_of_its_own() -> None:
    shapes = [RatingLevel(colour=colour).shape for colour in RatingLevel.Colour.values]
    assert len(set(shapes)) == len(RatingLevel.Colour.values) == 7
    assert all(len(shape) == 1 for shape in shapes)


# What breaks each constraint: the changes to a copy of a row.
BREACHES: dict[str, tuple[Any, dict[str, Any]]] = {
    "scale_slug_once": (RatingScale, {"position": 9}),
    "scale_position_once": (RatingScale, {"slug": "other"}),
    "level_slug_once": (RatingLevel, {"rank": 9}),
    "level_rank_once": (RatingLevel, {"slug": "other"}),
    "level_colour_known": (RatingLevel, {"slug": "other", "rank": 9, "colour": "pink"}),
    "benchmark_number_once": (Benchmark, {}),
    "question_ref_once": (Question, {"position": 9}),
    "question_position_once": (Question, {"ref": "1.9"}),
    "question_category_known": (Question, {"ref": "1.9", "position": 9, "category": "wish"}),
    "prompt_position_once": (Prompt, {"text": "Other"}),
    "prompt_position_from_one": (Prompt, {"position": 0}),
}


@pytest.mark.parametrize("constraint", BREACHES)
def test_the_database_refuses(draft: Toolkit, constraint: str) -> None:
    model, changes = BREACHES[constraint]
    row = rows_of(model, draft).first()
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_every_constraint_is_tried() -> None:
    named = {each.name: model for model in MODELS for each in model._meta.constraints}
    assert {name: model for name, (model, _) in BREACHES.items()} == named


def test_two_prompts_may_read_the_same(draft: Toolkit) -> None:
    prompt = rows_of(Prompt, draft).first()
    prompt.pk, prompt.position = None, 9
    prompt.save(force_insert=True)
    assert Prompt.objects.filter(question=prompt.question, text=prompt.text).count() == 2


def test_words_for_people(published: Toolkit) -> None:
    benchmark = published.benchmarks.get(number=2)
    assert str(published) == "Small edition"
    assert str(benchmark) == "2. Title 2"
    assert str(benchmark.questions.all()[0]) == "2.1 Question 2.1?"
    assert str(published.default_scale) == "Two levels"
    assert str(published.default_scale.levels.all()[0]) == "Poor"
    assert benchmark.get_absolute_url() == "/toolkits/published/benchmarks/2/"
