"""Writing the past: what happens within `dated` gets the date it is told."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Answer,
    BenchmarkAssessment,
    Council,
    Cycle,
    DraftPart,
    EditionDraft,
    EvidenceItem,
    EvidenceStatement,
    ProgressUpdate,
    QuestionAssessment,
)

WRITTEN = {
    "council": (Action, Cycle, EditionDraft),
    "draft__council": (DraftPart,),
    "cycle__council": (
        Answer,
        BenchmarkAssessment,
        EvidenceItem,
        EvidenceStatement,
        QuestionAssessment,
    ),
    "action__council": (ActionLink, ActionOwner, ProgressUpdate),
}


@contextmanager
def dated(council: Council, moment: datetime.datetime) -> Iterator[None]:
    """Only for a council that nobody else can see yet."""
    since = timezone.now()
    yield
    until = timezone.now()
    for path, models in WRITTEN.items():
        for model in models:
            entries = model.history.filter(**{path: council}, history_date__range=(since, until))
            entries.update(history_date=moment)


def at(day: datetime.date, hour: int = 10) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour), timezone.get_current_timezone())
