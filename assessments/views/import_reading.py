"""An uploaded document on its way to the review: waiting, being read, refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from assessments.access import Access, council_page
from assessments.permissions import Permission
from assessments.presenters.import_reading import ShownReading
from assessments.services.imports import read_again
from assessments.views.imports import review_address, unfinished_import


@require_safe
@council_page(Permission.START_CYCLE)
def progress(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    reading = ShownReading(unfinished_import(access, import_id), timezone.now())
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "assessments/import_progress.html", {"reading": reading})
    if reading.is_read:
        return HttpResponseClientRedirect(review_address(access, import_id))
    if request.GET.get("seen") == reading.state:
        return HttpResponse(status=204)  # nothing new, so nothing is announced again
    return render(request, "assessments/_import_progress.html", {"reading": reading})


@require_POST
@council_page(Permission.START_CYCLE)
def again(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    document = unfinished_import(access, import_id)
    read_again(document=document)
    return redirect("councils:import_progress", access.council.slug, document.pk)
