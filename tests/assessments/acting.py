"""Actions for tests: made, filled in as their form posts them, and read back."""

import re
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Cycle,
    User,
)

IN_PLACE = {"headers": {"HX-Request": "true"}}
TODAY = timezone.localdate()


def address(cycle: Cycle, more: str) -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/{more}"


def add_address(cycle: Cycle, ref: str = "1.1") -> str:
    return address(cycle, f"questions/{ref}/actions/add/")


def filled(**changes: Any) -> dict[str, Any]:
    """What the form posts, dates as (day, month, year)."""
    fields = {
        "text": "Train the front desk.",
        "status": "not-started",
        "sensitivity": "public",
        "beside": ["0"],
        "due_date": (),
        "completed_on": (),
        **changes,
    }
    for name in ("due_date", "completed_on"):
        parts = fields.pop(name)
        fields |= {f"{name}_{place}": part for place, part in enumerate(parts)}
    return fields


def as_filled(action: Action, **changes: Any) -> dict[str, Any]:
    kept = {"text": action.text, "status": action.status, "version": action.version}
    return filled(**{**kept, "due_words": action.due_words, **changes})


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def make(cycle: Cycle, ref: str = "1.1", owner: User | None = None, **fields: Any) -> Action:
    fields = {"text": "Train the front desk.", **fields}
    action = Action.objects.create(council=cycle.council, **fields)
    asked = cycle.questions.get(question__ref=ref).question
    ActionLink.objects.create(action=action, cycle=cycle, question=asked)
    if owner:
        ActionOwner.objects.create(action=action, name=owner.name, user=owner)
    return action


def places(action: Action) -> list[tuple[str, int]]:
    links = action.links.order_by("question__ref", "prompt__position")
    return [(each.question.ref, each.prompt.position if each.prompt else 0) for each in links]
