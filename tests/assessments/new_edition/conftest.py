"""A cycle on the edition of 2018 with texts everywhere, and the next one on that of 2023."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from assessments.models import (
    Action,
    ActionLink,
    Council,
    Cycle,
    EvidenceItem,
    EvidenceStatement,
    User,
)
from assessments.services.cycles import start_cycle
from benchmarks.models import Toolkit
from tests.assessments.new_edition.beginning import begin

FIXTURES = Path(__file__).parents[3] / "fixtures"


@pytest.fixture
def editions(db: None) -> dict[str, Toolkit]:
    for slug in ("home-office-2018", "home-office-2023"):
        file = FIXTURES / "toolkits" / f"{slug}.yaml"
        call_command("toolkit", "load", str(file), stdout=StringIO())
    mapping = FIXTURES / "mappings" / "home-office-2018-to-2023.yaml"
    call_command("mapping", "load", str(mapping), stdout=StringIO())
    return {toolkit.slug: toolkit for toolkit in Toolkit.objects.all()}


@pytest.fixture
def old(editions: dict[str, Toolkit], northmere: Council, lead: User) -> Cycle:
    """2024/25 on the edition of 2018, with texts at every one of its questions."""
    toolkit = editions["home-office-2018"]
    cycle = start_cycle(
        council=northmere,
        toolkit=toolkit,
        scale=toolkit.scales.get(slug="rag"),
        period="2024/25",
        as_at=datetime.date(2024, 12, 1),
        by=lead,
    )
    for number, row in enumerate(cycle.questions.select_related("question"), start=1):
        place = {"cycle": cycle, "question": row.question}
        said = {"text": f"What we say, {'x' * number}.", "covers": []}
        EvidenceStatement.objects.create(**place, **said)
        EvidenceItem.objects.create(**place, title=f"Minutes {number}", reference="CS/1")
        action = Action.objects.create(
            council=northmere,
            text=f"Do {'y' * number}.",
            status="completed" if number % 3 == 0 else "in-progress",
        )
        ActionLink.objects.create(action=action, **place)
    for row in cycle.benchmarks.all():
        row.rating = cycle.scale.levels.get(slug="green")
        row.actions, row.comments, row.reason = f"Act {row.pk}", f"Read {row.pk}", "We know."
        row.version = 1
        row.save()
    answer = cycle.answers.filter(question__ref="1.1").first()
    answer.not_applicable, answer.reason = True, "Owned by the county."
    answer.save()
    return cycle


@pytest.fixture
def new(old: Cycle, editions: dict[str, Toolkit], lead: User) -> Cycle:
    return begin(old, editions["home-office-2023"], lead)
