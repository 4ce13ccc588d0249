"""The front sheet of a cycle, as it prints."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.models import Audience
from assessments.permissions import Permission
from assessments.presenters.assurance import assured_separately
from assessments.presenters.front_sheet import front_sheet_of


@require_safe
@cycle_page(Permission.ENTER)
def front_sheet(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    """Whole for those who may read the cycle, without restricted text for everybody else."""
    reads_all = access.can(Permission.READ)
    entries = front_sheet_of(access.cycle, Audience.BOARD if reads_all else Audience.PUBLIC)
    context = {
        "entries": entries,
        "reads_all": reads_all,
        "rows": (len(entries) + 1) // 2,
        "assurance": assured_separately(access.cycle),
    }
    return render(request, "assessments/front_sheet.html", context)
