"""Starting a cycle."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from assessments.models import (
    Answer,
    BenchmarkAssessment,
    Council,
    Cycle,
    QuestionAssessment,
    User,
)
from assessments.services.history import written_by
from assessments.services.locks import lock_council, lock_cycle
from assessments.services.roll_forward import carry_forward
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
    start_from: Cycle | None = None,
    by: User,
) -> Cycle:
    """Pin a new cycle to a published edition, with a blank row for every answer, or with what
    the council's cycle `start_from` holds, to be confirmed.

    Blank rows have no history: their version 0 says that nobody has saved them yet.
    Raises ValidationError for an unpublished edition, another edition's scale, a period the
    council has already started on this edition, or a position no later than that of the
    cycle it starts from.
    """
    if not toolkit.is_published:
        raise ValidationError("This toolkit has not been published yet.")
    if scale.toolkit_id != toolkit.pk:
        raise ValidationError("This rating scale belongs to another toolkit.")
    if start_from:
        check_source(start_from, council, toolkit, as_at)
    # Two who start the same cycle at the same instant must not both find none.
    lock_council(council.pk)
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
    if start_from:
        carry_forward(source=lock_cycle(start_from.pk), cycle=cycle, by=by)
    return cycle


def check_source(source: Cycle, council: Council, toolkit: Toolkit, as_at: datetime.date) -> None:
    if source.council_id != council.pk:
        raise ValidationError("The cycle to start from belongs to another council.")
    if source.toolkit_id != toolkit.pk:
        says = f"{source.period} was on another toolkit: choose that one, or start empty"
        raise ValidationError({"start_from": says})
    if as_at <= source.as_at:
        earliest = date_format(source.as_at, "j F Y")
        raise ValidationError(
            {"as_at": f"The position must be after that of {source.period}, {earliest}"}
        )


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


def startable_toolkits() -> ToolkitQuerySet:
    """Published editions with their scales and levels, latest first. Three queries."""
    return Toolkit.objects.published().prefetch_related("scales__levels")
