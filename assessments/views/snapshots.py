"""Snapshots: what was signed off, readable for ever."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessments.access import Access, council_page
from assessments.forms.exports import ExportForm
from assessments.models import Snapshot
from assessments.permissions import Permission
from assessments.services.exports import request_snapshot_file
from assessments.services.snapshots import is_genuine
from assessments.snapshots import thaw_what_can_be


@require_safe
@council_page(Permission.READ)
def snapshot(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    return show(request, access, find(access, number), files_form(access))


@require_POST
@council_page(Permission.READ)
def snapshot_file(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """To the file's page: it is made once, and whoever asks later gets the same. None of a
    snapshot that isn't what was signed."""
    found = find(access, number)
    form = files_form(access, request.POST)
    if not (form.is_valid() and is_genuine(found)):
        return show(request, access, found, form)
    export = request_snapshot_file(snapshot=found, by=access.user, **form.cleaned_data)
    return redirect("councils:export", access.council.slug, export.cycle_id, export.pk)


def find(access: Access, number: int) -> Snapshot:
    return get_object_or_404(access.council.snapshots.select_related("cycle"), number=number)


def files_form(access: Access, data: QueryDict | None = None) -> ExportForm:
    return ExportForm(data, may_see_restricted=access.can(Permission.EXPORT_RESTRICTED))


def show(request: HttpRequest, access: Access, found: Snapshot, form: ExportForm) -> HttpResponse:
    found.council = access.council
    frozen, intact = thaw_what_can_be(found.content), is_genuine(found)
    context = {
        "snapshot": found,
        "frozen": frozen,
        "rows": zip(frozen.record.benchmarks, frozen.suggestions, strict=intact) if frozen else (),
        "intact": intact,
        "form": form,
    }
    status = 409 if form.is_valid() and not intact else 200
    return render(request, "assessments/snapshot.html", context, status=status)
