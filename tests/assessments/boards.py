"""What the dashboard's tests are made from: ratings, answers, actions and challenges in a cycle."""

import datetime
import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    BenchmarkAssessment,
    Challenge,
    Cycle,
    User,
)

TODAY = timezone.localdate()


def address(cycle: Cycle, part: str = "") -> str:
    return f"/councils/northmere/cycles/{cycle.pk}/dashboard/{part}"


def rate(cycle: Cycle, number: int, rating: str, **fields: Any) -> None:
    """`rating`: the slug of a level; or “n/a”."""
    level = None if rating == "n/a" else cycle.scale.levels.get(slug=rating)
    rows = BenchmarkAssessment.objects.filter(cycle=cycle, benchmark__number=number)
    rows.update(rating=level, not_applicable=rating == "n/a", version=1, **fields)


def answer(cycle: Cycle, ref: str, *ratings: str) -> None:
    rows = cycle.answers.filter(question__ref=ref).order_by("pk")
    for row, rating in zip(rows, ratings, strict=True):
        row.rating = cycle.scale.levels.get(slug=rating)
        row.save()


def act(cycle: Cycle, ref: str, text: str, *owners: str, days: int | None = None) -> Action:
    """`days`: until it is due; less than none is overdue."""
    due = TODAY + datetime.timedelta(days=days) if days is not None else None
    action = Action.objects.create(council=cycle.council, text=text, due_date=due)
    ActionOwner.objects.bulk_create(ActionOwner(action=action, name=name) for name in owners)
    question = cycle.questions.get(question__ref=ref).question
    ActionLink.objects.create(action=action, cycle=cycle, question=question)
    return action


def challenge(cycle: Cycle, by: User, state: str = "open") -> Challenge:
    benchmark = cycle.benchmarks.get(benchmark__number=2).benchmark
    now = timezone.now()
    return Challenge.objects.create(
        cycle=cycle, benchmark=benchmark, text="Why?", state=state, raised_by=by, raised_at=now
    )


def main_of(response: HttpResponse) -> str:
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def words_of(response: HttpResponse) -> str:
    return words_in(main_of(response))


def words_in(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))
