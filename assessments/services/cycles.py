"""Starting a cycle."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.models import (
    Answer,
    BenchmarkAssessment,
    Council,
    CouncilToolkit,
    Cycle,
    QuestionAssessment,
    User,
)
from assessments.querysets import toolkits_of, uncorrected
from assessments.services.history import written_by
from benchmarks.models import Question, RatingScale, Toolkit, ToolkitQuerySet


@transaction.atomic
def start_cycle(
    *,
    council: Council,
    toolkit: Toolkit,
    scale: RatingScale,
    period: str,
    as_at: datetime.date,
    closes_on: datetime.date | None = None,
    by: User,
) -> Cycle:
    """Pin a new cycle to a published edition, with a blank row for every answer.

    Blank rows have no history: their version 0 says that nobody has saved them yet.
    Raises ValidationError for an unpublished edition or another council's own, another
    edition's scale, or a period the council has already started on this edition.
    """
    if not toolkit.is_published:
        raise ValidationError("This toolkit has not been published yet.")
    if CouncilToolkit.objects.filter(toolkit=toolkit).exclude(council=council).exists():
        raise ValidationError("This toolkit belongs to another council.")
    if scale.toolkit_id != toolkit.pk:
        raise ValidationError("This rating scale belongs to another toolkit.")
    # Two who start the same cycle at the same instant must not both find none.
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    if council.cycles.filter(toolkit=toolkit, period=period).exists():
        already = f"A cycle for {period} on this toolkit has already been started."
        raise ValidationError({"period": already})
    cycle = Cycle(
        council=council,
        toolkit=toolkit,
        scale=scale,
        period=period,
        as_at=as_at,
        closes_on=closes_on,
    )
    written_by(cycle, by).save()
    add_blank_rows(cycle)
    return cycle


def add_blank_rows(cycle: Cycle) -> None:
    questions = Question.objects.filter(benchmark__toolkit=cycle.toolkit_id)
    questions = questions.prefetch_related("prompts")
    BenchmarkAssessment.objects.bulk_create(
        BenchmarkAssessment(cycle=cycle, benchmark=benchmark)
        for benchmark in cycle.toolkit.benchmarks.all()
    )
    QuestionAssessment.objects.bulk_create(
        QuestionAssessment(cycle=cycle, question=question) for question in questions
    )
    Answer.objects.bulk_create(
        Answer(cycle=cycle, question=question, prompt=prompt)
        for question in questions
        for prompt in question.prompts.all() or [None]
    )


def startable_toolkits(council: Council) -> ToolkitQuerySet:
    """The editions that the council may start a cycle on, with their scales and levels, latest
    first: no draft, nothing that has been corrected since. Three queries."""
    return uncorrected(toolkits_of(council)).prefetch_related("scales__levels")
