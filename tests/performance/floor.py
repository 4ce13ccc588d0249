"""The floor: what any page of a council costs before it shows anything of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.access import Access, council_page
from assessments.permissions import Permission


@require_GET
@council_page(Permission.ENTER)
def floor(request: HttpRequest, access: Access) -> HttpResponse:
    return render(request, "performance/floor.html")
