"""Files of a cycle: asked for, made by a job, downloaded."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import CycleAccess, cycle_page
from assessments.forms.exports import ExportForm
from assessments.forms.govuk import posted
from assessments.models import Audience, Export
from assessments.permissions import Permission
from assessments.presenters.exports import ShownExport
from assessments.services.exports import make_again, request_export
from assessments.services.snapshots import is_genuine

SHOWN = 50


@require_http_methods(["GET", "POST"])
@cycle_page(Permission.ENTER)
def exports(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    may_see_restricted = access.can(Permission.EXPORT_RESTRICTED)
    form = ExportForm(posted(request), may_see_restricted=may_see_restricted)
    if form.is_valid():
        export = request_export(cycle=access.cycle, by=access.user, **form.cleaned_data)
        return redirect("councils:export", access.council.slug, access.cycle.pk, export.pk)
    rows = access.cycle.exports.select_related("requested_by", "snapshot")
    if not may_see_restricted:
        rows = rows.filter(audience=Audience.PUBLIC)
    made = [shown(access, each) for each in rows[:SHOWN]]
    return render(request, "assessments/exports.html", {"form": form, "made": made})


@require_safe
@cycle_page(Permission.ENTER)
def export(request: HttpRequest, access: CycleAccess, export_id: int) -> HttpResponse:
    made = shown(access, readable_export(access, export_id))
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "assessments/export.html", {"made": made})
    if request.GET.get("seen") == made.state:
        return HttpResponse(status=204)  # nothing new, so nothing is announced again
    return render(request, "assessments/_export_progress.html", {"made": made})


@require_POST
@cycle_page(Permission.ENTER)
def make_export_again(request: HttpRequest, access: CycleAccess, export_id: int) -> HttpResponse:
    make_again(export=readable_export(access, export_id), by=access.user)
    return redirect("councils:export", access.council.slug, access.cycle.pk, export_id)


@require_safe
@cycle_page(Permission.ENTER)
def download_export(
    request: HttpRequest, access: CycleAccess, export_id: int
) -> FileResponse | HttpResponse:
    """Not of a snapshot that isn't what was signed, although the file may be from before."""
    found = readable_export(access, export_id)
    if found.snapshot and not is_genuine(found.snapshot):
        context = {"snapshot": found.snapshot}
        return render(request, "assessments/tampered.html", context, status=409)
    try:
        content = found.file.open()
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=shown(access, found).name)


def readable_export(access: CycleAccess, export_id: int) -> Export:
    """404 for one of another cycle, 403 for one that holds text this person may not read."""
    exports = access.cycle.exports.select_related("snapshot", "snapshot__council")
    found = get_object_or_404(exports, pk=export_id)
    if found.audience != Audience.PUBLIC:
        access.require(Permission.EXPORT_RESTRICTED)
    return found


def shown(access: CycleAccess, export: Export) -> ShownExport:
    export.cycle = access.cycle
    return ShownExport(export, timezone.now())
