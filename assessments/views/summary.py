"""A cycle in one table, as a report prints it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.models import Audience
from assessments.permissions import Permission
from assessments.presenters.summary import Summary


@require_safe
@cycle_page(Permission.ENTER)
def summary(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    """Whole for those who may read the cycle, without restricted text for everybody else."""
    reads_all = access.can(Permission.READ)
    page = Summary(access.cycle, Audience.BOARD if reads_all else Audience.PUBLIC)
    return render(request, "assessments/summary.html", {"page": page, "reads_all": reads_all})
