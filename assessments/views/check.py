"""Check answers: what is missing, and what isn't public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.permissions import Permission
from assessments.presenters.check import Check
from assessments.presenters.cycle_rows import CycleRows
from assessments.presenters.restricted import Restricted


@require_safe
@cycle_page(Permission.READ)
def check(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    rows = CycleRows(access.cycle)
    may_assign = access.can(Permission.ASSIGN) and access.cycle.is_open
    context = {"check": Check(rows, may_assign=may_assign), "restricted": Restricted(rows)}
    return render(request, "assessments/check.html", context)
