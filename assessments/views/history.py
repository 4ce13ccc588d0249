"""Who changed what, and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.changes import Changes
from assessments.permissions import Permission
from assessments.presenters.asked import Asked
from assessments.presenters.history import days_of
from benchmarks.models import Question


@require_safe
@cycle_page(Permission.READ)
def history(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    return show(request, access, None)


@require_safe
@cycle_page(Permission.READ)
def question_history(request: HttpRequest, access: CycleAccess, ref: str) -> HttpResponse:
    return show(request, access, Asked(access.cycle).question(ref))


def show(request: HttpRequest, access: CycleAccess, question: Question | None) -> HttpResponse:
    page = Changes(access.cycle, question).page(request.GET.get("page"))
    context = {"page": page, "days": days_of(page), "question": question}
    return render(request, "assessments/history.html", context)
