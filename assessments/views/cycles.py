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
from assessments.presenters.new_edition import StartPreview
from assessments.services.cycles import (
    PlanChanged,
    check_start,
    plan_between,
    start_cycle,
    startable_toolkits,
)

NOT_AGAIN = {"csrfmiddlewaretoken", "preview", "change", "save"}


@require_http_methods(["GET", "POST"])
@council_page(Permission.START_CYCLE)
def start(request: HttpRequest, access: Access) -> HttpResponse:
    last = access.council.cycles.select_related("toolkit", "scale").last_of_each_toolkit()
    form = StartCycleForm(startable_toolkits(access.council), posted(request), last=last)
    if form.is_valid() and "change" not in request.POST:
        try:
            return started(request, access, form)
        except ValidationError as problem:
            form.add_error(None, problem)
    return render(request, "assessments/start_cycle.html", {"form": form})


def started(request: HttpRequest, access: Access, form: StartCycleForm) -> HttpResponse:
    """The new cycle; on another edition than the last, first what would come along."""
    wanted = {**form.cleaned_data, "council": access.council, "toolkit": form.toolkit}
    previewed = request.POST.get("preview", "")
    if form.changes_edition and not previewed:
        check_start(**wanted)
        return show_plan(request, form)
    try:
        cycle = start_cycle(**wanted, previewed=previewed, by=access.user)
    except PlanChanged:
        messages.warning(request, "The last cycle has changed meanwhile: look at this again.")
        return show_plan(request, form)
    messages.success(request, f"The cycle {cycle.period} has been started.")
    return redirect("councils:cycle", access.council.slug, cycle.pk)


def show_plan(request: HttpRequest, form: StartCycleForm) -> HttpResponse:
    source, scale = form.cleaned_data["start_from"], form.cleaned_data["scale"]
    plan = plan_between(source, form.toolkit, scale)
    context = {
        "preview": StartPreview(plan, source, form.toolkit),
        "fields": [(name, form.data[name]) for name in form.data if name not in NOT_AGAIN],
    }
    return render(request, "assessments/start_preview.html", context)


@require_safe
@cycle_page(Permission.READ)
def cycle(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    page = TaskList(access, show=request.GET.get("show", ""))
    return render(request, "assessments/task_list.html", {"page": page})
