"""What is written as JSON loads back the same, byte for byte and field by field."""

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.exports.interchange import render_json
from assessments.imports.interchange import read_cycle
from assessments.imports.schema import VALIDATOR
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Answer,
    BenchmarkAssessment,
    Council,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    ProgressUpdate,
    QuestionAssessment,
    Sensitivity,
    User,
)
from assessments.record import CycleRecord, Person
from assessments.record_builder import blank_record, build_record
from assessments.services.interchange import load_cycle
from assessments.texts import texts
from benchmarks.models import Toolkit
from tests.exports.strategies import records, with_fixtures


@pytest.fixture
def edition(toolkit: Toolkit) -> CycleRecord:
    return blank_record("small", "rag")


def as_loaded(record: CycleRecord) -> CycleRecord:
    """Without what a file tells its readers about the council and doesn't load."""
    return dataclasses.replace(record, accent_colour="")


@settings(with_fixtures, max_examples=40)
@given(data=st.data())
def test_reading_what_was_written_gives_the_same_record(
    edition: CycleRecord, data: st.DataObject
) -> None:
    people = [Person("Lena Lead", "lena@northmere.example"), Person("", "x")]
    record = data.draw(records(edition, people))
    assert read_cycle(render_json(record), lambda *_: edition) == record


@settings(with_fixtures, max_examples=20)
@given(data=st.data())
def test_export_import_export_gives_the_same_bytes(
    edition: CycleRecord, northmere: Council, lead: User, contributor: User, data: st.DataObject
) -> None:
    people = [Person(user.name, user.email) for user in (lead, contributor)]
    record = data.draw(records(edition, people))
    with transaction.atomic():
        cycle = load_cycle(council=northmere, record=record, by=lead).cycle
        built = build_record(cycle)
        first = render_json(built)
        assert counted(built) == counted(record)
        assert read_cycle(first, blank_record) == as_loaded(built)

        cycle.delete()
        northmere.actions.all().delete()
        again = load_cycle(council=northmere, record=read_cycle(first, blank_record), by=lead)
        assert again.not_members == ()
        assert render_json(build_record(again.cycle)) == first
        transaction.set_rollback(True)


def counted(record: CycleRecord) -> list[tuple[str, str]]:
    """Every text, whatever its order."""
    return sorted((text.value, text.sensitivity) for text in texts(record))


# Field by field ----------------------------------------------------------------------------
LOADED_ANEW = "belongs to the row, not to what was said"
CARRIED = {"to_confirm", "carried_from"}
WRITTEN: dict[type[models.Model], set[str]] = {
    Cycle: {"toolkit", "scale", "period", "as_at", "closes_on"},
    BenchmarkAssessment: {
        "benchmark", "rating", "not_applicable", "reason", "reason_sensitivity",
        "actions", "actions_sensitivity", "comments", "comments_sensitivity",
        *CARRIED,
    },
    QuestionAssessment: {"question", "assignee"},
    Answer: {
        "question", "prompt", "rating", "not_applicable", "reason", "reason_sensitivity", *CARRIED,
    },
    EvidenceStatement: {"question", "text", "covers", "sensitivity", *CARRIED},
    EvidenceItem: {
        "question", "title", "url", "reference", "dated_on", "review_on", "sensitivity", *CARRIED,
    },
    Action: {"text", "status", "due_date", "due_words", "completed_on", "sensitivity"},
    ActionOwner: {"name", "user"},
    ActionLink: {"question", "prompt", *CARRIED},
    ProgressUpdate: {
        "dated_on", "quarter", "text", "next_steps", "sensitivity", "author_name",
    },
}  # fmt: skip
NOT_WRITTEN: dict[str, str] = {
    "id": LOADED_ANEW,
    "version": "counts saves of a row, which start again",
    "started_at": "says when this copy was started; history is not part of the file",
    "stage": "a copy starts as a draft: the board has not seen it",
    "revision": "counts this copy's reopenings",
    "council": "the council that loads the file",
    "cycle": "the cycle that the file becomes",
    "action": "stands in the file as the entry around it",
}


@pytest.mark.parametrize("model", WRITTEN, ids=lambda model: model.__name__)
def test_every_field_is_written_or_left_out_on_purpose(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.concrete_fields}
    assert names - NOT_WRITTEN.keys() == WRITTEN[model]


def test_every_model_of_a_cycle_is_written() -> None:
    """A model that points at a cycle or an action is written, or stands here with its reason."""
    elsewhere = {
        "Draft": "unsaved text of one person",
        "Export": "files made from the cycle",
        "ReviewStep": "what this council's board did with this cycle",
        "Challenge": "what this council's board asked on this cycle",
        "Snapshot": "what was signed off, which no copy is",
        "WorkingWorkbook": "what a workbook said as it was sent to be filled in",
        "ReturnedWorkbook": "what a file said that came back, on its way into the cycle",
        "DocumentImport": "the Word file that a cycle was made from, with its tray",
    }
    pointing = {
        relation.related_model
        for model in (Cycle, Action)
        for relation in model._meta.related_objects
        if not relation.related_model.__name__.startswith("Historical")
    }
    assert {m for m in pointing if m.__name__ not in elsewhere} <= WRITTEN.keys()


@pytest.fixture
def full_cycle(cycle: Cycle, lead: User, contributor: User) -> Cycle:
    """Every field of every model has something in it that is not its default."""
    rows = json.loads(render_json(build_record(cycle)))
    cycle.delete()
    first, second = rows["benchmarks"]
    judged = {"reason": "r", "reason_sensitivity": "exempt-1", "actions": "a", "comments": "c"}
    marked = {"actions_sensitivity": "exempt-2", "comments_sensitivity": "exempt-3"}
    carried = {"to_confirm": True, "carried_from": "2024/25"}
    first |= {"rating": "amber", **judged, **marked, **carried}
    second |= {"not_applicable": True, "reason": "none here"}
    question = first["questions"][0]
    question["assignee"] = {"name": "any", "email": contributor.email}
    question["answers"][1] |= {"rating": "green", "reason": "w", "reason_sensitivity": "exempt-4"}
    question["answers"][2] |= {"not_applicable": True, **carried}
    question["evidence"] = [
        {"text": "Minutes", "covers": [1, 3], "sensitivity": "exempt-5"},
        {"text": "In general", **carried},
    ]
    question["documents"] = [
        {
            "title": "Profile",
            "url": "https://example.org/profile",
            "reference": "CS/12",
            "dated_on": "2025-01-02",
            "review_on": "2026-01-02",
            "sensitivity": "exempt-6",
            **carried,
        }
    ]
    rows["actions"] = [
        {
            "text": "And then",
            "status": "in-progress",
            "due_date": "2026-02-03",
            "links": [{"question": "1.1", **carried}],
        },
        {
            "text": "Share it",
            "sensitivity": "exempt-7",
            "status": "completed",
            "owners": [{"name": "CSP manager", "email": lead.email}, {"name": "All"}],
            "due_words": "Q4 21/22",
            "completed_on": "2025-11-30",
            "links": [{"question": "1.1", "prompt": 2}, {"question": "2.1"}],
            "updates": [
                {
                    "dated_on": "2025-10-01",
                    "quarter": "Q3",
                    "text": "Begun",
                    "next_steps": "End it",
                    "sensitivity": "not-for-publication",
                    "author_name": "Lena Lead",
                }
            ],
        },
    ]
    record = read_cycle(json.dumps(rows).encode(), blank_record)
    return load_cycle(council=cycle.council, record=record, by=lead).cycle


def written_rows(model: type[models.Model], cycle: Cycle) -> list[dict[str, Any]]:
    paths = {Cycle: "pk", Action: "links__cycle", ActionOwner: "action__links__cycle"}
    path = paths.get(model, "action__links__cycle" if model is ProgressUpdate else "cycle")
    rows = model._default_manager.filter(**{path: cycle.pk}).distinct().order_by("pk")
    return list(rows.values(*sorted(WRITTEN[model])))


def test_every_field_comes_back(full_cycle: Cycle, lead: User) -> None:
    before = {model: written_rows(model, full_cycle) for model in WRITTEN}
    for model, names in WRITTEN.items():
        for name in names:
            default = model._meta.get_field(name).get_default()
            assert any(row[name] != default for row in before[model]), f"{model}.{name} untried"
    data = render_json(build_record(full_cycle))
    council = full_cycle.council
    full_cycle.delete()
    council.actions.all().delete()
    loaded = load_cycle(council=council, record=read_cycle(data, blank_record), by=lead)
    assert {model: written_rows(model, loaded.cycle) for model in WRITTEN} == before


def test_every_loaded_row_has_its_author(full_cycle: Cycle, lead: User) -> None:
    for model in WRITTEN.keys() - {BenchmarkAssessment, QuestionAssessment, Answer}:
        for row in model._default_manager.all():
            assert row.history.first().history_user == lead
    touched = full_cycle.answers.filter(version=1)
    assert touched.count() == 2
    assert {row.history.first().history_user for row in touched} == {lead}
    assert full_cycle.benchmarks.filter(version=1).count() == 2


def test_loading_takes_as_many_queries_however_much_is_written(
    full_cycle: Cycle, lead: User, django_assert_max_num_queries: Any
) -> None:
    record = build_record(full_cycle)
    question = record.questions["1.1"]
    more = dataclasses.replace(question, statements=question.statements * 40)
    benchmark = dataclasses.replace(record.benchmarks[0], questions=(more,))
    record = dataclasses.replace(
        record, period="again", benchmarks=(benchmark, record.benchmarks[1])
    )
    with django_assert_max_num_queries(50):
        load_cycle(council=full_cycle.council, record=record, by=lead)


def test_the_file_is_readable_and_keeps_to_its_schema(full_cycle: Cycle) -> None:
    written = render_json(build_record(full_cycle)).decode()
    VALIDATOR.validate(json.loads(written))
    assert '"wording": "How are risks found?"\n' in written
    assert "null" not in written


def test_schema_and_models_agree() -> None:
    assert VALIDATOR.schema["$defs"]["sensitivity"]["enum"] == Sensitivity.values
    lengths = {
        "text": EvidenceStatement._meta.get_field("text"),
        "document.title": EvidenceItem._meta.get_field("title"),
        "document.url": EvidenceItem._meta.get_field("url"),
        "document.reference": EvidenceItem._meta.get_field("reference"),
        "action.due_words": Action._meta.get_field("due_words"),
        "owner.name": ActionOwner._meta.get_field("name"),
        "update.quarter": ProgressUpdate._meta.get_field("quarter"),
        "update.author_name": ProgressUpdate._meta.get_field("author_name"),
        "carried_from": EvidenceStatement._meta.get_field("carried_from"),
    }
    for place, field in lengths.items():
        name, _, part = place.partition(".")
        schema = VALIDATOR.schema["$defs"][name]
        schema = schema["properties"][part] if part else schema
        assert schema["maxLength"] == field.max_length, place
    assert VALIDATOR.schema["properties"]["period"]["maxLength"] == 50
    texts_of_models = [
        field.max_length
        for model in WRITTEN
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField)
    ]
    assert set(texts_of_models) == {VALIDATOR.schema["$defs"]["text"]["maxLength"]}


def test_the_documented_example_loads(
    full_edition: Toolkit, northmere: Council, lead: User
) -> None:
    documentation = (Path(__file__).parents[2] / "docs" / "interchange.md").read_text()
    (example,) = re.findall(r"```json\n(.*?)```", documentation, re.DOTALL)
    record = read_cycle(example.encode(), blank_record)
    loaded = load_cycle(council=northmere, record=record, by=lead)
    assert loaded.not_members == ("Lena Lead (lead@northmere.example)",)
    statements = loaded.cycle.statements.values_list("covers", "sensitivity")
    assert list(statements) == [([1, 3], "public"), ([3], "exempt-7")]


def test_every_field_is_documented() -> None:
    documentation = (Path(__file__).parents[2] / "docs" / "interchange.md").read_text()
    named = set(re.findall(r"`(\w+)`", documentation))
    assert set(field_names(VALIDATOR.schema)) - named == set()


def field_names(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from field_names(part)
