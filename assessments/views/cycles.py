"""Starting a cycle, and its task list."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import Access, CycleAccess, council_page, cycle_page
from assessments.forms.cycles import StartCycleForm
from assessments.forms.govuk import posted
from assessments.permissions import Permission
from assessments.presenters.cycles import TaskList
from assessments.services.cycles import start_cycle, startable_toolkits


@require_http_methods(["GET", "POST"])
@council_page(Permission.START_CYCLE)
def start(request: HttpRequest, access: Access) -> HttpResponse:
    last = access.council.cycles.first()
    form = StartCycleForm(startable_toolkits(), posted(request), last=last)
    if form.is_valid():
        scale = form.cleaned_data["scale"]
        try:
            cycle = start_cycle(
                council=access.council, toolkit=scale.toolkit, by=access.user, **form.cleaned_data
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"The cycle {cycle.period} has been started.")
            return redirect("councils:cycle", access.council.slug, cycle.pk)
    return render(request, "assessments/start_cycle.html", {"form": form})


@require_safe
@cycle_page(Permission.READ)
def cycle(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    page = TaskList(access, show=request.GET.get("show", ""))
    return render(request, "assessments/task_list.html", {"page": page})
