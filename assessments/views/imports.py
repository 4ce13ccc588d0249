"""A completed toolkit comes in as a Word document: uploaded, reviewed, confirmed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import Access, CycleAccess, council_page, cycle_page
from assessments.forms.govuk import posted
from assessments.forms.imports import ConfirmForm, UploadForm
from assessments.models import DocumentImport
from assessments.permissions import Permission
from assessments.presenters.imports import Review, in_tray
from assessments.presenters.workbooks import left_over
from assessments.services.cycles import startable_toolkits
from assessments.services.imports import (
    ImportFinished,
    confirm_import,
    discard_import,
    start_import,
)

Status = DocumentImport.Status


@require_http_methods(["GET", "HEAD", "POST"])
@council_page(Permission.START_CYCLE)
def start(request: HttpRequest, access: Access) -> HttpResponse:
    latest = access.council.cycles.select_related("scale").first()
    usual = latest.scale if latest else None
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(startable_toolkits(access.council), posted(request), files, usual=usual)
    if form.is_valid():
        document = start_import(
            council=access.council,
            scale=form.cleaned_data["scale"],
            file_name=form.cleaned_data["document"].name,
            file=form.cleaned_data["document"],
            by=access.user,
        )
        return redirect("councils:import_progress", access.council.slug, document.pk)
    unfinished = access.council.imports.filter(cycle=None).defer("rows").select_related("by")
    return render(
        request, "assessments/start_import.html", {"form": form, "unfinished": unfinished[:50]}
    )


@require_safe
@council_page(Permission.START_CYCLE)
def review(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    document = unfinished_import(access, import_id)
    if document.status != Status.READY:
        return redirect("councils:import_progress", access.council.slug, document.pk)
    show, page = request.GET.get("show", ""), request.GET.get("page")
    found = Review(document, show=show, page=page)
    return render(request, "assessments/import_review.html", {"review": found})


@require_http_methods(["GET", "HEAD", "POST"])
@council_page(Permission.START_CYCLE)
def confirm(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    document = get_object_or_404(imports(access), pk=import_id, status=Status.READY)
    if document.cycle_id:  # pressed twice
        return redirect("councils:cycle", access.council.slug, document.cycle_id)
    form = ConfirmForm(posted(request))
    if form.is_valid():
        try:
            cycle = confirm_import(document=document, by=access.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        except ImportFinished:
            return finished(request, access)
        else:
            messages.success(request, f"The cycle {cycle.period} has been made from the document.")
            return redirect("councils:cycle", access.council.slug, cycle.pk)
    page = {"form": form, "review": Review(document)}
    return render(request, "assessments/confirm_import.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@council_page(Permission.START_CYCLE)
def discard(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    document = unfinished_import(access, import_id)
    if request.method != "POST":
        return render(request, "assessments/discard_import.html", {"document": document})
    try:
        discard_import(document=document)
    except ImportFinished:
        return finished(request, access)
    messages.success(request, "What was read from the document has been discarded.")
    return redirect("councils:start_import", access.council.slug)


@require_safe
@cycle_page(Permission.READ)
def tray(request: HttpRequest, access: CycleAccess) -> HttpResponse:
    documents = access.cycle.imports.select_related("toolkit", "scale", "by")
    page = {"documents": in_tray(documents), "workbooks": left_over(access.cycle)}
    return render(request, "assessments/tray.html", page)


def finished(request: HttpRequest, access: Access) -> HttpResponse:
    messages.info(request, "Somebody has made a cycle of this document, or discarded it.")
    return redirect("councils:council", access.council.slug)


def imports(access: Access) -> QuerySet[DocumentImport]:
    return access.council.imports.select_related("toolkit", "scale", "by")


def unfinished_import(access: Access, import_id: int) -> DocumentImport:
    return get_object_or_404(imports(access), pk=import_id, cycle=None)


def read_import(access: Access, import_id: int) -> DocumentImport:
    return get_object_or_404(imports(access), pk=import_id, cycle=None, status=Status.READY)


def review_address(access: Access, import_id: int) -> str:
    return reverse("councils:import_review", args=[access.council.slug, import_id])
