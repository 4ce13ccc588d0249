"""The record as JSON, in the interchange format that docs/interchange.md describes.

What is empty is left out, so that a person can read the file; reading it gives the same record.
"""

import json
from typing import Any

from assessments.models import Sensitivity
from assessments.record import (
    Action,
    Answer,
    Benchmark,
    CycleRecord,
    Decision,
    Document,
    Link,
    Question,
    Statement,
    Text,
    Update,
)

FORMAT = "prevent-toolkit-cycle"
VERSION = 1

Fields = dict[str, Any]


def render_json(record: CycleRecord) -> bytes:
    return (json.dumps(cycle(record), ensure_ascii=False, indent=2) + "\n").encode()


def cycle(record: CycleRecord) -> Fields:
    return {
        "format": FORMAT,
        "version": VERSION,
        "audience": record.audience,
        "council": {"slug": record.council_slug, "name": record.council_name},
        "toolkit": {
            "slug": record.toolkit_slug,
            "title": record.toolkit_title,
            "attribution": record.attribution,
        },
        "scale": {
            "slug": record.scale_slug,
            "name": record.scale_name,
            "levels": [
                {"slug": level.slug, "label": level.label, "meaning": level.meaning}
                for level in record.levels
            ],
        },
        "period": record.period,
        **filled(as_at=record.as_at, closes_on=record.closes_on),
        "benchmarks": [benchmark(each) for each in record.benchmarks],
        "actions": [action(each) for each in record.actions],
    }


def benchmark(each: Benchmark) -> Fields:
    return {
        "number": each.number,
        "title": each.short_title,
        **decision(each.decision),
        **text("actions", each.actions),
        **text("comments", each.comments),
        "questions": [question(one) for one in each.questions],
    }


def question(each: Question) -> Fields:
    assignee = each.assignee
    return {
        "ref": each.ref,
        "wording": each.text,
        **filled(assignee=assignee and {"name": assignee.name, "email": assignee.email}),
        "answers": [answer(one) for one in each.answers],
        **filled(
            evidence=[statement(one) for one in each.statements],
            documents=[document(one) for one in each.documents],
        ),
    }


def answer(each: Answer) -> Fields:
    prompt = {"prompt": each.position, "wording": each.prompt} if each.position else {}
    return {**prompt, **decision(each.decision)}


def decision(each: Decision) -> Fields:
    shown = each.shown
    rating = shown.level.slug if shown.level else None
    return {
        **filled(rating=rating, not_applicable=shown.not_applicable),
        **text("reason", shown.reason),
        **filled(to_confirm=each.to_confirm is not None, carried_from=each.carried_from),
    }


def statement(each: Statement) -> Fields:
    return {
        "text": each.text.value,
        **filled(covers=list(each.covers)),
        **sensitivity(each.text),
        **carried(each),
    }


def document(each: Document) -> Fields:
    return {
        "title": each.title.value,
        **filled(
            url=each.url.value,
            reference=each.reference.value,
            dated_on=each.dated_on,
            review_on=each.review_on,
        ),
        **sensitivity(each.title),
        **carried(each),
    }


def action(each: Action) -> Fields:
    return {
        "text": each.text.value,
        **sensitivity(each.text),
        "status": each.status,
        **filled(
            owners=[
                {"name": owner.name.value, **filled(email=owner.email)} for owner in each.owners
            ],
            due_date=each.due_date,
            due_words=each.due_words.value,
            completed_on=each.completed_on,
        ),
        "links": [link(one) for one in each.links],
        **filled(updates=[update(one) for one in each.updates]),
    }


def link(each: Link) -> Fields:
    return {"question": each.ref, **filled(prompt=each.position), **carried(each)}


def update(each: Update) -> Fields:
    return {
        "dated_on": each.dated_on.isoformat(),
        **filled(quarter=each.quarter),
        "text": each.text.value,
        **filled(next_steps=each.next_steps.value),
        **sensitivity(each.text),
        **filled(author_name=each.author_name),
    }


def carried(each: Statement | Document | Link) -> Fields:
    return filled(to_confirm=each.to_confirm, carried_from=each.carried_from)


def text(name: str, value: Text) -> Fields:
    return {**filled(**{name: value.value}), **sensitivity(value, f"{name}_sensitivity")}


def sensitivity(value: Text, name: str = "sensitivity") -> Fields:
    return {} if value.sensitivity == Sensitivity.PUBLIC else {name: value.sensitivity}


def filled(**fields: Any) -> Fields:
    """Without the empty ones; dates as 2025-12-31."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in fields.items()
        if value
    }
