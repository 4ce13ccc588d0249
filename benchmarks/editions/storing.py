"""Documents into rows, once; rows back into documents."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchmarks.mappings.corrections import store_mappings
from benchmarks.models import Benchmark, Prompt, Question, RatingLevel, RatingScale, Toolkit

from .checking import Document
from .differences import differences
from .problems import EditionError

TOP = [
    "slug",
    "title",
    "description",
    "publisher",
    "issued_on",
    "source_title",
    "source_url",
    "licence",
    "attribution",
    "feeds",
    "roll_up",
]
ROLL_UP = ["rule", "categories", "otherwise", "says"]
LEVEL = ["slug", "label", "rank", "colour", "met", "meaning"]
BENCHMARK = ["number", "short_title", "statement", "outcome", "guidance"]
GUIDANCE = ["summary", "look_for", "links"]
QUESTION = ["ref", "category", "text"]


@transaction.atomic
def load(documents: Iterable[Document]) -> list[tuple[Toolkit, bool]]:
    """Each toolkit with whether it is new. All are loaded and published, or none is."""
    return [_load_one(document) for document in documents]


def _load_one(document: Document) -> tuple[Toolkit, bool]:
    stored = Toolkit.objects.with_contents().filter(slug=document["slug"]).first()
    if stored is None:
        return _store(document), True
    if not stored.is_published:
        stored.delete()
        return _store(document), True
    changes = differences(as_document(stored), document)
    if changes:
        raise EditionError(
            [
                f"The toolkit “{stored.slug}” is already published and cannot be altered. "
                "Give the new edition a slug of its own. What differs:",
                *changes,
            ]
        )
    return stored, False


def _corrected(document: Document) -> Toolkit | None:
    """Raises EditionError where it is said to correct what isn't published."""
    slug = document.get("corrects")
    found = Toolkit.objects.published().filter(slug=slug).first() if slug else None
    if slug and found is None:
        raise EditionError(
            [f"“{document['slug']}” corrects “{slug}”, which is not published here: load it first."]
        )
    return found


def _store(document: Document) -> Toolkit:
    toolkit = Toolkit(**{name: document[name] for name in TOP if name in document})
    toolkit.issued_on = date.fromisoformat(document["issued_on"])
    toolkit.corrects = _corrected(document)
    toolkit.save()
    _store_scales(toolkit, document["scales"])
    _store_benchmarks(toolkit, document["benchmarks"])
    toolkit.published_at = timezone.now()
    toolkit.save()
    store_mappings(toolkit)
    return toolkit


def _store_scales(toolkit: Toolkit, listed: list[dict[str, Any]]) -> None:
    scales = RatingScale.objects.bulk_create(
        RatingScale(toolkit=toolkit, slug=scale["slug"], name=scale["name"], position=position)
        for position, scale in enumerate(listed, start=1)
    )
    RatingLevel.objects.bulk_create(
        RatingLevel(scale=scale, **level)
        for scale, entry in zip(scales, listed, strict=True)
        for level in entry["levels"]
    )


def _store_benchmarks(toolkit: Toolkit, listed: list[dict[str, Any]]) -> None:
    benchmarks = Benchmark.objects.bulk_create(
        Benchmark(toolkit=toolkit, **{name: entry[name] for name in BENCHMARK if name in entry})
        for entry in listed
    )
    questions = Question.objects.bulk_create(
        Question(
            benchmark=benchmark,
            position=position,
            **{name: question[name] for name in QUESTION},
        )
        for benchmark, entry in zip(benchmarks, listed, strict=True)
        for position, question in enumerate(entry["questions"], start=1)
    )
    asked = [question for entry in listed for question in entry["questions"]]
    Prompt.objects.bulk_create(
        Prompt(question=question, position=position, text=text)
        for question, entry in zip(questions, asked, strict=True)
        for position, text in enumerate(entry.get("prompts", []), start=1)
    )


def as_document(toolkit: Toolkit) -> Document:
    """The file this toolkit could have come from. Reads everything: use with_contents()."""
    fields = _fields(toolkit, TOP)
    fields["issued_on"] = toolkit.issued_on.isoformat()
    fields["corrects"] = toolkit.corrects.slug if toolkit.corrects else ""
    fields["roll_up"] = _in_order(fields.pop("roll_up"), ROLL_UP)
    document = without_blanks(fields)
    document["scales"] = [
        {
            "slug": scale.slug,
            "name": scale.name,
            "levels": [_fields(level, LEVEL) for level in scale.levels.all()],
        }
        for scale in toolkit.scales.all()
    ]
    document["benchmarks"] = [_benchmark(benchmark) for benchmark in toolkit.benchmarks.all()]
    return document


def _benchmark(benchmark: Benchmark) -> dict[str, Any]:
    entry = without_blanks(_fields(benchmark, BENCHMARK))
    entry["guidance"] = _in_order(benchmark.guidance, GUIDANCE)
    entry["guidance"]["links"] = [
        _in_order(link, ["title", "url"]) for link in entry["guidance"]["links"]
    ]
    entry["questions"] = [
        without_blanks(
            {
                **_fields(question, QUESTION),
                "prompts": [prompt.text for prompt in question.prompts.all()],
            }
        )
        for question in benchmark.questions.all()
    ]
    return entry


def _fields(row: Any, names: list[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _in_order(stored: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """PostgreSQL keeps JSON objects in an order of its own."""
    return {name: stored[name] for name in names if name in stored}


def without_blanks(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value not in ("", [])}
