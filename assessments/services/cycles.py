"""Starting a cycle."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from assessments.carrying import Plan
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
from assessments.services.locks import lock_council, lock_cycle
from assessments.services.new_edition import carry_along, mapping_between, plan_for
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
    previewed: str = "",
    by: User,
) -> Cycle:
    """Pin a new cycle to a published edition, with a blank row for every answer, or with what
    the council's cycle `start_from` holds, to be confirmed. `previewed`: the digest of the plan
    that a person has seen, where that cycle is on another edition.

    Blank rows have no history: their version 0 says that nobody has saved them yet.
    Raises ValidationError for an unpublished edition or another council's own, another
    edition's scale, a period the council has already started on this edition, a position no
    later than that of the cycle it starts from, or an edition that no mapping leads to; and
    PlanChanged where the last cycle has changed since the preview.
    """
    # Two who start the same cycle at the same instant must not both find none.
    lock_council(council.pk)
    pinned: dict[str, Any] = {"council": council, "toolkit": toolkit, "scale": scale}
    pinned |= {"period": period, "as_at": as_at}
    check_start(**pinned, start_from=start_from)
    cycle = Cycle(**pinned, closes_on=closes_on)
    written_by(cycle, by).save()
    add_blank_rows(cycle)
    if start_from:
        carry_over(lock_cycle(start_from.pk), cycle, previewed, by=by)
    return cycle


def carry_over(source: Cycle, cycle: Cycle, previewed: str, *, by: User) -> None:
    """Into the new cycle, on the same edition or across to another."""
    if source.toolkit_id == cycle.toolkit_id:
        carry_forward(source=source, cycle=cycle, by=by)
    else:
        plan = confirmed_plan(source, cycle.toolkit, cycle.scale, previewed)
        carry_along(plan, cycle=cycle, by=by)


class PlanChanged(Exception):
    """What would come along isn't what was previewed."""


def confirmed_plan(source: Cycle, toolkit: Toolkit, scale: RatingScale, previewed: str) -> Plan:
    plan = plan_between(source, toolkit, scale)
    if previewed and plan.digest != previewed:
        raise PlanChanged
    return plan


def plan_between(source: Cycle, toolkit: Toolkit, scale: RatingScale) -> Plan:
    """Raises ValidationError where no mapping leads from one edition to the other."""
    mapping = mapping_between(source.toolkit, toolkit)
    if mapping is None:
        says = (
            f"Nothing says what became of {source.toolkit} in {toolkit}: start empty, or choose "
            f"the toolkit of {source.period}"
        )
        raise ValidationError({"start_from": says})
    return plan_for(source, mapping, scale)


def check_start(
    *,
    council: Council,
    toolkit: Toolkit,
    scale: RatingScale,
    period: str,
    as_at: datetime.date,
    start_from: Cycle | None = None,
    **_: object,
) -> None:
    """Raises ValidationError as `start_cycle` does."""
    if not toolkit.is_published:
        raise ValidationError("This toolkit has not been published yet.")
    if CouncilToolkit.objects.filter(toolkit=toolkit).exclude(council=council).exists():
        raise ValidationError("This toolkit belongs to another council.")
    if scale.toolkit_id != toolkit.pk:
        raise ValidationError("This rating scale belongs to another toolkit.")
    if start_from:
        check_source(start_from, council, as_at)
    if council.cycles.filter(toolkit=toolkit, period=period).exists():
        already = f"A cycle for {period} on this toolkit has already been started."
        raise ValidationError({"period": already})


def check_source(source: Cycle, council: Council, as_at: datetime.date) -> None:
    if source.council_id != council.pk:
        raise ValidationError("The cycle to start from belongs to another council.")
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


def startable_toolkits(council: Council) -> ToolkitQuerySet:
    """The editions that the council may start a cycle on, with their scales and levels, latest
    first: no draft, nothing that has been corrected since. Three queries."""
    return uncorrected(toolkits_of(council)).prefetch_related("scales__levels")
